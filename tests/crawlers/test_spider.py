"""What a spider does when its files refuse, without a network."""

from pathlib import Path

import pytest
from scrapy.http import HtmlResponse, Request

from crawlers.fetch_rules import FetchRules
from crawlers.platforms import PLATFORMS
from crawlers.run_files import CrawlFolders, RunFiles
from crawlers.seen import no_memory
from crawlers.source import load_source
from crawlers.spool import SpoolRecord
from crawlers.tally import Tally
from crawlers.visits import read_visits, visit_files
from domain.crawl import FetchProblem, SeenPage
from examples.kehu.texts_format import HERE
from tests.crawlers.faulty_site import page
from tests.fakes import FakeClock


def test_an_article_that_cannot_be_written_has_failed_and_its_list_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(files: RunFiles, record: SpoolRecord) -> None:
        raise UnicodeEncodeError("utf-8", record.title, 0, 1, "surrogates not allowed")

    monkeypatch.setattr(RunFiles, "keep", refuse)
    spec = load_source(HERE / "sources" / "xiangchuan_yaowen.yml").with_variables({"site": "http://a.invalid"})
    spec = spec.model_copy(update={"articles": ".*"})
    folders, clock, tally = CrawlFolders(tmp_path / "spool"), FakeClock(), Tally()
    start = HtmlResponse(spec.start[0], request=Request(spec.start[0]))

    with RunFiles(folders, spec.name, clock.now()) as files:
        spider = PLATFORMS[spec.platform](
            spec=spec, seen=no_memory(FetchRules()), files=files, tally=tally, clock=clock
        )
        [asked] = spider.articles(start, ["/n/a.html"])
        answered = HtmlResponse(asked.url, body=page("枣农盼客商"), headers={"Content-Type": "text/html"})
        list(asked.callback(answered, **asked.cb_kwargs))

    [path] = visit_files(folders.visits, spec.name)
    [state] = [visit for visit in read_visits(path) if isinstance(visit, SeenPage)]
    assert (state.problem, state.failures) == (FetchProblem.UNREADABLE, 1)
    assert (tally.complete, tally.fetched) == (False, 0)
