"""What a spider does when its files refuse, without a network."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from scrapy.http import HtmlResponse, Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.declaring.fetch_rules import FetchRules
from crawlers.declaring.source import SourceSpec, load_source, make_source
from crawlers.platforms import PLATFORMS
from crawlers.platforms.epaper import issue_addresses
from crawlers.platforms.listing import ListingSpider
from crawlers.spooling.run_files import CrawlFolders, RunFiles
from crawlers.spooling.seen import SeenMemory, no_memory, read_seen, write_seen
from crawlers.spooling.spool import SpoolRecord
from crawlers.spooling.tally import Tally
from crawlers.spooling.visits import read_visits, visit_files
from domain.media.crawl import CrawlOutcome, FetchProblem, PageKind, SeenPage, StartPageState
from examples.kehu.texts_format import HERE
from tests.crawlers.faulty_site import page
from tests.fakes import NOON, FakeClock


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


DECLARATION = """
title: 试验
summary: invented
publisher: {name: 试验, level: county, official: true}
region: "141124"
every_minutes: 60
expect: {per_day: {min: 0, max: 9}, stale_after_days: 3}
contact: test@example.invalid
robots: {note: invented}
"""
PAPER = 'platform: epaper\nstart: ["http://a.invalid/paper/node_1.html"]\nselect: {links: "ul a", pages: a.node}'
FIRST = '<html><a class=node href="node_1.html">1</a><a class=node href="node_2.html">2</a><ul></ul></html>'


def declared(more: str) -> SourceSpec:
    return make_source("test", yaml.safe_load(DECLARATION + more), Path("test.yml"))


@contextmanager
def spider_of(folder: Path, spec: SourceSpec, *known: SeenPage, tally: Tally | None = None) -> Iterator[ListingSpider]:
    """A spider that remembers these pages."""
    clock, seen = FakeClock(), SeenMemory(b"", known, spec.fetch, {})
    with RunFiles(CrawlFolders(folder / "spool"), spec.name, clock.now()) as files:
        yield PLATFORMS[spec.platform](spec=spec, seen=seen, files=files, tally=tally or Tally(), clock=clock)


def answered(request: Request, body: str = "", *, status: int = 200, **headers: str) -> Response:
    kept: dict[str, Any] = {"Content-Type": "text/html; charset=utf-8", **headers}
    return HtmlResponse(request.url, status=status, headers=kept, body=body.encode(), request=request)


def learned(folder: Path) -> dict[str, SeenPage]:
    paths = visit_files(CrawlFolders(folder / "spool").visits, "test")
    return {one.url: one for path in paths for one in read_visits(path) if isinstance(one, SeenPage)}


def test_the_first_page_of_an_issue_is_remembered_with_the_pages_inside_it(tmp_path: Path):
    with spider_of(tmp_path, declared(PAPER)) as spider:
        first = spider.list_request(spider.spec.start[0]).replace(meta={"list_latest": True})
        with_an_article = FIRST.replace("<ul>", "<ul><a href='/n/1.html'>枣农</a>")
        inside, _ = first.callback(answered(first, with_an_article, ETag='"1"'))
        spider.closed("finished")

    [state] = learned(tmp_path).values()
    assert (state.etag, state.inner) == ('"1"', (inside.url,))


def test_lists_on_which_no_article_is_found_are_not_called_unchanged_by_the_next_run(tmp_path: Path):
    good = SeenPage(url="http://a.invalid/list.html", kind=PageKind.LIST, etag='"1"')
    tally = Tally()
    with spider_of(tmp_path, declared(f'platform: article_list\nstart: ["{good.url}"]'), good, tally=tally) as spider:
        asked = spider.list_request(good.url)
        list(asked.callback(answered(asked, "<html><p>请把图片拖到正确的位置</p></html>", ETag='"2"')))
        spider.closed("finished")

    assert tally.outcome() is CrawlOutcome.LAYOUT_CHANGED
    assert learned(tmp_path) == {}


TWO = 'platform: article_list\nstart: ["http://a.invalid/one/", "http://a.invalid/two/"]\narticles: "^/n/"'
ONE_OF_TWO, OTHER = "http://a.invalid/one/", "http://a.invalid/two/"
GIVES = "<html><ul><li><a href='/n/1.html'>枣农</a></ul></html>"
CHANGED = "<html><ul><li><a href='/new/1.html'>枣农</a></ul></html>"


async def started(spider: ListingSpider) -> list[Request]:
    return [request async for request in spider.start()]


def start_pages_after(folder: Path, spec: SourceSpec, answers: Mapping[str, Response | Failure]) -> Tally:
    """What is counted when start pages, and pages inside them, give these answers."""
    tally = Tally()
    with spider_of(folder, spec, tally=tally) as spider:
        asked = asyncio.run(started(spider))
        while asked:
            request = asked.pop()
            if request.url not in answers:
                continue
            answer = answers[request.url]
            if isinstance(answer, Failure):
                answer.request = request  # type: ignore[attr-defined]
                asked += list(request.errback(answer) or ())
            elif request.callback == spider._read_list:
                asked += list(request.callback(answer.replace(request=request)))
        spider.closed("finished")
    return tally


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        pytest.param(
            HtmlResponse(OTHER, body=GIVES.encode()), StartPageState.NAMES, id="the same articles as the first"
        ),
        pytest.param(HtmlResponse(OTHER, body=CHANGED.encode()), StartPageState.BARREN, id="only rejected addresses"),
        pytest.param(HtmlResponse(OTHER, body=b"<html></html>"), StartPageState.BARREN, id="no address"),
        pytest.param(HtmlResponse(OTHER, body=b"<html><ul><li><a"), StartPageState.UNKNOWN, id="cut off"),
        pytest.param(HtmlResponse(OTHER, status=304), StartPageState.NAMES, id="unchanged"),
        pytest.param(Failure(TimeoutError()), StartPageState.MISSING, id="no answer"),
        pytest.param(Failure(HttpError(HtmlResponse(OTHER, status=404))), StartPageState.MISSING, id="gone"),
        pytest.param(Failure(HttpError(HtmlResponse(OTHER, status=403))), StartPageState.UNKNOWN, id="refused"),
    ],
)
def test_each_start_page_is_told_apart_from_its_healthy_neighbour(tmp_path: Path, answer, state: StartPageState):
    first = HtmlResponse(ONE_OF_TWO, body=GIVES.encode())

    tally = start_pages_after(tmp_path, declared(TWO), {ONE_OF_TWO: first, OTHER: answer})

    assert tally.start_pages == {ONE_OF_TWO: StartPageState.NAMES, OTHER: state}


def test_the_second_page_of_a_list_left_from_before_does_not_hide_that_the_first_has_changed(tmp_path: Path):
    changed = CHANGED.replace("</ul>", "</ul><a class=next href='2.html'>下一页</a>")
    answers = {
        OTHER: HtmlResponse(OTHER, body=changed.encode()),
        f"{OTHER}2.html": HtmlResponse(f"{OTHER}2.html", body=GIVES.encode()),
    }

    tally = start_pages_after(tmp_path, declared(f"{TWO}\nselect: {{next: a.next}}"), answers)

    assert (tally.listed, tally.start_pages[OTHER]) == (1, StartPageState.BARREN)


def test_a_list_without_articles_beside_a_healthy_one_is_asked_for_whole_the_next_time(tmp_path: Path):
    tagged = {"ETag": '"2"'}
    answers = {
        ONE_OF_TWO: HtmlResponse(ONE_OF_TWO, body=GIVES.encode(), headers=tagged),
        OTHER: HtmlResponse(OTHER, body=CHANGED.encode(), headers=tagged),
    }

    tally = start_pages_after(tmp_path, declared(TWO), answers)

    assert list(learned(tmp_path)) == [ONE_OF_TWO]
    assert tally.messages == [f"列表页上没有文章链接: {OTHER}"]


ISSUES = 'platform: epaper\nstart: ["http://a.invalid/{yyyy}{mm}{dd}/1.html"]\nselect: {links: "ul a", pages: a.node}'


@pytest.mark.parametrize(
    ("issues", "state"),
    [
        pytest.param({1: GIVES, 2: GIVES}, StartPageState.NAMES, id="today's issue is not out"),
        pytest.param({0: FIRST, 1: GIVES}, StartPageState.NAMES, id="today's issue is still empty"),
        pytest.param({1: FIRST, 2: GIVES}, StartPageState.BARREN, id="the newest whole issue has no articles"),
        pytest.param({2: FIRST, 4: GIVES}, StartPageState.BARREN, id="days without a paper are passed over"),
        pytest.param({}, StartPageState.MISSING, id="no issue is there"),
    ],
)
def test_a_paper_is_judged_by_its_newest_issue(tmp_path: Path, issues: dict[int, str], state: StartPageState):
    spec = declared(ISSUES)
    answers = {
        issue.address: HtmlResponse(
            issue.address, status=200 if issue.back in issues else 404, body=issues.get(issue.back, "").encode()
        )
        for issue in issue_addresses(spec, NOON)
    }

    tally = start_pages_after(tmp_path, spec, answers)

    assert tally.start_pages == {spec.start[0]: state}


def test_articles_on_the_other_pages_of_an_issue_count_for_its_first(tmp_path: Path):
    address, inside = "http://a.invalid/paper/node_1.html", "http://a.invalid/paper/node_2.html"
    answers = {
        address: HtmlResponse(address, body=FIRST.encode()),
        inside: HtmlResponse(inside, body=GIVES.encode()),
    }

    tally = start_pages_after(tmp_path, declared(PAPER), answers)
    without = start_pages_after(tmp_path / "again", declared(PAPER), {**answers, inside: Failure(TimeoutError())})

    assert tally.start_pages == {address: StartPageState.NAMES}
    assert without.start_pages == {address: StartPageState.MISSING}


def test_an_unchanged_issue_costs_a_conditional_request_for_each_of_its_pages(tmp_path: Path):
    inside = SeenPage(url="http://a.invalid/paper/node_2.html", kind=PageKind.LIST, etag='"2"')
    first = SeenPage(url="http://a.invalid/paper/node_1.html", kind=PageKind.LIST, etag='"1"', inner=(inside.url,))
    with spider_of(tmp_path, declared(PAPER), first, inside) as spider:
        asked = spider.list_request(first.url).replace(meta={"list_latest": True})
        [further] = asked.callback(answered(asked, status=304))
        spider.closed("finished")

    assert (asked.headers["If-None-Match"], further.headers["If-None-Match"]) == (b'"1"', b'"2"')
    assert further.url == inside.url
    assert learned(tmp_path)[first.url].inner == (inside.url,)


def test_a_list_that_was_redirected_is_known_by_the_address_that_was_asked_for(tmp_path: Path):
    first = SeenPage(
        url="http://a.invalid/paper/node_1.html", kind=PageKind.LIST, etag='"1"', inner=("http://a.invalid/2",)
    )
    with spider_of(tmp_path, declared(PAPER), first) as spider:
        asked = Request("http://a.invalid/elsewhere", meta={"redirect_urls": [first.url], "list_latest": True})
        further = list(spider.list_request(first.url).callback(answered(asked, status=304)))

    assert [request.url for request in further] == ["http://a.invalid/2"]


def test_a_list_that_stops_before_its_end_is_named_and_read_again(tmp_path: Path):
    tally = Tally()
    with spider_of(tmp_path, declared(PAPER), tally=tally) as spider:
        first = spider.list_request(spider.spec.start[0])
        list(first.callback(answered(first, "<html><body><ul><li><a href='/n/1.html'>枣农</a><li><a hr", ETag='"1"')))
        spider.closed("finished")

    assert tally.problems == {FetchProblem.INCOMPLETE: 1}
    assert learned(tmp_path) == {}


def test_of_a_page_of_countless_links_the_first_are_looked_at_and_the_rest_is_named(tmp_path: Path):
    listed = "".join(f"<li><a href='/n/{number}.html'>枣农</a></li>" for number in range(17_000))
    tally = Tally()
    spec = declared('platform: article_list\nstart: ["http://a.invalid/"]\nfetch: {max_links: 50}')
    with spider_of(tmp_path, spec, tally=tally) as spider:
        asked = spider.list_request(spec.start[0])
        requests = list(asked.callback(answered(asked, f"<html><body>{listed}</body></html>")))

    assert sorted(request.url for request in requests) == sorted(
        f"http://a.invalid/n/{number}.html" for number in range(50)
    )
    assert tally.problems == {FetchProblem.LINK_LIMIT: 1}
    assert tally.messages == ["列表页新链接过多, 其余下次再取: http://a.invalid/ (17000条, 上限50条)"]
    assert not tally.complete


def test_what_is_new_at_the_end_of_a_long_list_is_asked_for(tmp_path: Path):
    listed = "".join(f"<li><a href='/n/{number}.html'>枣农</a></li>" for number in range(60))
    tally = Tally()
    spec = declared('platform: article_list\nstart: ["http://a.invalid/"]\nfetch: {max_links: 50}')
    first = [
        SeenPage(url=f"http://a.invalid/n/{number}.html", asked_at=NOON, published_at=NOON) for number in range(50)
    ]
    write_seen(tmp_path / "seen", first, {}, spec.fetch, NOON)
    with spider_of(tmp_path, spec, tally=tally) as spider:
        spider._seen = read_seen(tmp_path / "seen", spec.fetch)
        asked = spider.list_request(spec.start[0])
        requests = list(asked.callback(answered(asked, f"<html><body>{listed}</body></html>")))

    assert {request.url for request in requests} == {f"http://a.invalid/n/{number}.html" for number in range(50, 60)}
    assert (tally.known, tally.complete, tally.problems) == (50, True, {})


def test_lists_lead_to_all_declared_sites_and_to_no_other(tmp_path: Path):
    more = (
        'platform: article_list\nstart: ["http://www.a.invalid/"]\nselect: {next: a.next}\nfetch: {hosts: [b.invalid]}'
    )
    followed = {}
    for target in (
        "http://m.a.invalid/2",
        "http://b.invalid/2",
        "http://c.invalid/2",
        "ftp://b.invalid/2",
        "http://b.invalid:8080/2",
    ):
        with spider_of(tmp_path / target.replace("/", ""), declared(more)) as spider:
            asked = spider.list_request(spider.spec.start[0])
            page_of_links = f"<html><a href=/n/1.html>枣农</a><a class=next href='{target}'>下一页</a></html>"
            followed[target] = target in [one.url for one in asked.callback(answered(asked, page_of_links))]

    assert [target for target, is_followed in followed.items() if is_followed] == [
        "http://m.a.invalid/2",
        "http://b.invalid/2",
    ]


@pytest.mark.parametrize(("number", "named"), [(1, {FetchProblem.GONE: 1}), (2, {})])
def test_a_list_ends_where_a_page_that_was_counted_up_is_missing(
    tmp_path: Path, number: int, named: dict[FetchProblem, int]
):
    more = 'platform: article_list\nstart: ["http://a.invalid/"]\npaging: {template: "index_{page}.html"}'
    tally = Tally()
    with spider_of(tmp_path, declared(more), tally=tally) as spider:
        first = Request("http://a.invalid/", meta={"list_number": number - 1})
        listed = spider.list_request(first.url).callback(answered(first, "<html><a href=/n/1.html>枣农</a></html>"))
        [following] = [one for one in listed if one.url.endswith("index_1.html")]
        failure = Failure(HttpError(answered(following, status=404)))
        failure.request = following
        assert list(following.errback(failure)) == []
        spider.closed("finished")

    assert (tally.complete, tally.problems) == (True, named)
    assert "http://a.invalid/" in learned(tmp_path)


def test_a_list_page_that_a_link_named_and_that_is_missing_is_a_problem(tmp_path: Path):
    tally = Tally()
    with spider_of(tmp_path, declared('platform: article_list\nstart: ["http://a.invalid/"]'), tally=tally) as spider:
        asked = spider.list_request("http://a.invalid/")
        failure = Failure(HttpError(answered(asked, status=404)))
        failure.request = asked
        assert list(asked.errback(failure)) == []

    assert tally.complete is False
