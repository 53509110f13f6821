from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.declaring.fetch_rules import FetchRules
from crawlers.spooling.seen import no_memory, read_seen, write_seen
from domain.media.crawl import FetchProblem, PageKind, SeenPage
from tests.fakes import NOON

RULES = FetchRules()
OLD = NOON - timedelta(days=100)


def page(number: int, **more: object) -> SeenPage:
    return replace(SeenPage(url=f"http://a.cn/{number}.html", asked_at=OLD, first_seen_at=OLD), **more)


def test_known_pages_are_found_under_every_mirror_and_others_are_not(tmp_path: Path):
    write_seen(tmp_path / "seen", [page(number) for number in range(500)], {"a.cn": 2}, RULES, NOON)

    memory = read_seen(tmp_path / "seen", RULES)

    assert all(f"https://m.a.cn/{number}.html?spm=1" in memory for number in range(500))
    assert not any(f"http://a.cn/{number}.html" in memory for number in range(500, 1000))
    assert memory.pauses == {"a.cn": 2}
    assert list(memory.due()) == []


def test_due_articles_and_lists_come_whole(tmp_path: Path):
    failed = page(1, problem=FetchProblem.TIMEOUT, failures=1, etag='"x"', published_at=OLD)
    listed = page(2, kind=PageKind.LIST, last_modified="Mon, 02 Mar 2026 10:00:00 GMT")
    write_seen(tmp_path / "seen", [failed, listed, page(3)], {}, RULES, NOON)

    memory = read_seen(tmp_path / "seen", RULES)

    assert list(memory.due()) == [failed]
    assert memory.get(listed.url) == listed
    assert failed.url not in memory
    assert listed.url not in memory
    assert page(3).url in memory


def test_a_source_that_was_never_crawled_knows_nothing():
    assert "http://a.cn/1.html" not in no_memory(RULES)


def test_another_file_is_refused(tmp_path: Path):
    (tmp_path / "seen").write_bytes(b"{}")

    with pytest.raises(ValueError, match="不是已抓取记录"):
        read_seen(tmp_path / "seen", RULES)
