from datetime import timedelta
from pathlib import Path

from crawlers.spooling.visits import VisitWriter, read_visits, visit_files
from domain.media.crawl import FetchProblem, PageKind, SeenPage, SitePause
from tests.fakes import NOON

VISITS = [
    SeenPage(url="http://a.cn/枣.html", etag='"x"', published_at=NOON, first_seen_at=NOON, asked_at=NOON),
    SeenPage(url="http://a.cn/2.html", problem=FetchProblem.CAPTCHA, failures=3, asked_at=NOON),
    SeenPage(url="http://a.cn/", kind=PageKind.LIST, asked_at=NOON),
    SitePause(host="a.cn", until=NOON + timedelta(hours=1), times=2),
]


def test_visits_come_back_as_they_were(tmp_path: Path):
    with VisitWriter(tmp_path, "paper", NOON) as writer:
        for visit in VISITS:
            writer.write(visit)

    [path] = visit_files(tmp_path, "paper")
    assert list(read_visits(path)) == VISITS


def test_a_killed_run_loses_at_most_its_last_visit(tmp_path: Path):
    with VisitWriter(tmp_path, "paper", NOON) as writer:
        for visit in VISITS:
            writer.write(visit)
    [path] = visit_files(tmp_path, "paper")
    path.write_bytes(path.read_bytes()[:-2])

    assert list(read_visits(path)) == VISITS[:-1]
