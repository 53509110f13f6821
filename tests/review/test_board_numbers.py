"""Every number of every board is a link, and the list behind it has exactly so many entries, whatever is counted."""

import html
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.board_world import Installation, fill_by_chance
from tests.review.office import PASSWORD, POLICY, fill
from tests.review.receiving import receiving_office, taken_in
from tests.review.reported import Reported

BOARDS = {
    "clerk": "/board",
    "town": "/board",
    "village": "/board",
    "other_village": "/board",
    "leader": "/board",
    "admin": "/board/system",
}
_COUNTS = ("dd", "small")
"""Where a board writes a count, beside the cells of the class `number`."""
_NEXT = re.compile(r'href="([^"]+)"(?: rel="next")?>下一页<')


class Numbers(HTMLParser):
    """The numbers of a page: those with the address that they link to, and those without any."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.linked: list[tuple[str, int]] = []
        self.bare: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br"):
            self._open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        found = re.search(r"\d+", data)
        if found is None or not any(self._counts(tag, attrs) for tag, attrs in self._open):
            return
        link = next((attrs.get("href") for tag, attrs in self._open if tag == "a"), None)
        if link:
            self.linked.append((html.unescape(link), int(found[0])))
        elif int(found[0]) and not any((attrs.get("class") or "") == "measure" for _, attrs in self._open):
            self.bare.append(data)

    def _counts(self, tag: str, attrs: dict[str, str | None]) -> bool:
        inside_main = any(one == "main" for one, _ in self._open)
        return inside_main and (tag in _COUNTS or (tag == "td" and "number" in (attrs.get("class") or "")))


def entries(client: TestClient, address: str) -> int:
    """How many entries the list at the address has, over all of its pages."""
    total, following = 0, address
    while following:
        text = client.get(following).text
        main = text[text.index("<main") :]
        total += main.count('<a class="card') + sum(
            part.split("</ul>")[0].count("<li>") for part in main.split('<ul class="rows records">')[1:]
        )
        found = _NEXT.search(main)
        following = html.unescape(found[1]) if found else ""
    return total


@pytest.mark.parametrize("name", sorted(BOARDS))
def test_every_number_leads_to_exactly_so_many_entries(sqlite_store: Store, clock: FakeClock, name: str):
    fill(sqlite_store, clock)
    rng = random.Random(name)
    fill_by_chance(sqlite_store, rng)
    client = signed_in(sqlite_store, name, rng)

    numbers = Numbers(client.get(BOARDS[name]).text)

    assert numbers.bare == []
    assert len(numbers.linked) >= 5
    wrong = [
        (address, count, found)
        for address, count in sorted(set(numbers.linked))
        if (found := entries(client, address)) != count
    ]
    assert wrong == []


def test_the_petition_office_counts_the_records_that_it_lists(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path)
    client = office.client("clerk")
    rows = [
        (f"K-{number}", f"张三{number}", "", "2026-11-04", "求决", f"反映第{number}件难事。") for number in range(23)
    ]
    taken_in(client, *rows)

    pages = [client.get(f"/board/petitions?month=2026-11&page={number}").text for number in (1, 2)]

    assert all("本办导入的23件" in one for one in pages)
    assert sum(one.count('<div class="card">') for one in pages) == 23


def signed_in(store: Store, name: str, rng: random.Random) -> TestClient:
    app = create_app(store, FakeClock(), POLICY.departments, reports=Reported(), operation=Installation(store, rng))
    client = TestClient(app, follow_redirects=False)
    client.post("/login", data={"username": name, "password": PASSWORD})
    return client
