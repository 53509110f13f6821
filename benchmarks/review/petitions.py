"""信访件去向 over an office of many years: a month, and searches by number and by who petitioned; checks the floors.

`python -m benchmarks.review.petitions [--entries 200000] [--databases sqlite postgres]`: what a page asks the database
for, counting included, in one process, median of several.
"""

import argparse
import json
import secrets
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Table, create_engine, insert, text

from benchmarks.review.county import FirstFormCipher, FirstFormStore
from benchmarks.review.run import database
from domain.accounts.access_scope import AccessScope
from domain.clock import SystemClock
from domain.leads.petition_outcome import PetitionLimits
from domain.places.region import RegionCode
from domain.texts.document import DocumentId, Petitioner, RawDocument
from domain.words.vocabulary import Channel, Role
from review.boards.petition_limits import petition_limits
from storage.columns import Base
from storage.deliveries.petition_outcomes import PetitionFilter, PetitionReader
from storage.deliveries.petitioner_marks import PetitionerMarks
from storage.schema import upgrade
from storage.session import Session
from storage.texts.accusations import OfficeScope
from storage.unit_of_work import UnitOfWork

_FLOORS = Path(__file__).parent.parent / "floors.json"
_COUNTY = RegionCode("141124")
_OFFICE = OfficeScope(_COUNTY, is_house=True)
_READER = PetitionReader(
    scope=AccessScope.everything_in(_COUNTY), role=Role.CLERK, is_meant=lambda document: len(document.text) < 1
)
_BAR_ENTRIES = 200_000
_OF_A_FILE = 500
_PAGE = 20
_TIMES = 7
_DAYS_APART = 8
"""Of two files: the bar is what an office hands in within nine years."""
_ALL_YEARS = "all years"
_AGAIN = 40
"""Petitions of one person, at most."""


def main() -> int:
    """Print a row for each database; 1 when a floor is missed."""
    given = _arguments().parse_args()
    floors = json.loads(_FLOORS.read_text(encoding="utf-8"))["review"]
    missed = False
    for kind in given.databases:
        with database(kind) as url:
            found = _measure(url, given.entries)
        print(f"{kind}, {given.entries} petitions:", ", ".join(f"{what} {ms:.0f} ms" for what, ms in found.items()))
        all_years = found.pop(_ALL_YEARS)
        held = max(found.values()) <= floors["petitions_page_ms"] and all_years <= floors["petitions_all_years_ms"]
        missed |= given.entries >= _BAR_ENTRIES and not held
    print("floor missed" if missed else "floor held")
    return 1 if missed else 0


def _measure(url: str, entries: int) -> dict[str, float]:
    key, today = secrets.token_bytes(32), SystemClock().now()
    upgrade(url, key)
    _fill(url, key, entries, today)
    store, limits = FirstFormStore(url, key), petition_limits()
    month = today.date().replace(day=1) - timedelta(days=1)
    always = PetitionFilter(office=_OFFICE, first=date(2000, 1, 1), last=today.date())
    wanted = {
        "a month": PetitionFilter(office=_OFFICE, first=month.replace(day=1), last=month),
        "a year": PetitionFilter(office=_OFFICE, first=month - timedelta(days=365), last=month),
        _ALL_YEARS: always,
        "a number": replace(always, number=_number(entries // 3)),
        "a petitioner": replace(always, petitioner=Petitioner(name=_name(7))),
        "nobody": replace(always, petitioner=Petitioner(name="无此人")),
    }
    times: dict[str, float] = {}
    with store.reading() as work:
        for what, one in wanted.items():
            times[what] = statistics.median(_page(work, one, limits) for _ in range(_TIMES)) * 1000
    store.close()
    return times


def _page(work: UnitOfWork, wanted: PetitionFilter, limits: PetitionLimits) -> float:
    began = time.perf_counter()
    work.petition_outcomes.count(wanted)
    work.petition_outcomes.page(wanted, _READER, limits, limit=_PAGE, offset=0)
    return time.perf_counter() - began


def _fill(url: str, key: bytes, entries: int, today: datetime) -> None:
    """Receipts of 500 rows, every row a text that waits."""
    store, engine, cipher = FirstFormStore(url, key), create_engine(url), FirstFormCipher(key)
    with store.unit_of_work() as work:
        work.raw.add(_raw(0, today))
        work.commit()
    with engine.begin() as connection:
        raw, receipts, rows = (Base.metadata.tables[one] for one in ("raw_documents", "receipts", "receipt_entries"))
        kept = dict(connection.execute(raw.select()).one()._mapping)
        files = range(-(-entries // _OF_A_FILE))
        days = [today - timedelta(days=_DAYS_APART * number) for number in reversed(files)]
        _insert(connection, receipts, (_receipt(number, at) for number, at in enumerate(days, 1)))
        more = ({**kept, **_text(number, cipher)} for number in range(1, entries))
        _insert(connection, raw, more)
        first = [{"document_id": kept["id"]}]
        named = (*first, *({"document_id": _id(number)} for number in range(1, entries)))
        _insert(connection, rows, ({**one, **_row(number)} for number, one in enumerate(named)))
        marks = PetitionerMarks(Session(connection, cipher))
        for start in range(1, entries, _OF_A_FILE):
            part = range(start, min(entries, start + _OF_A_FILE))
            marks.add_names([(DocumentId(_id(number)), [_name(number)]) for number in part])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    store.close()


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, object]]) -> None:
    several: list[dict[str, object]] = []
    for row in rows:
        several.append(row)
        if len(several) == _OF_A_FILE:
            connection.execute(insert(table), several)
            several = []
    if several:
        connection.execute(insert(table), several)


def _raw(number: int, at: datetime) -> RawDocument:
    return RawDocument(
        id=DocumentId(_id(number)),
        channel=Channel.PETITION,
        source="bench",
        external_key=_number(number),
        title="",
        text="家里有人病了，药费负担不起。",
        published_at=None,
        received_at=at,
    )


def _receipt(number: int, at: datetime) -> dict[str, object]:
    counts = dict.fromkeys(("corrected", "duplicates", "rejected", "warned"), 0)
    return {
        "sequence": number,
        "id": f"{number:016x}",
        "way": "command",
        "who": "bench",
        "file_sha256": f"{number:064x}",
        "received_at": at,
        "state": "finished",
        "finished_at": at,
        "accepted": _OF_A_FILE,
        "chain": "0" * 64,
        **counts,
    }


def _text(number: int, cipher: FirstFormCipher) -> dict[str, object]:
    return {"id": _id(number), "external_hash": cipher.blind_index(_number(number)), "content_hash": f"{number:064x}"}


def _row(number: int) -> dict[str, object]:
    file, position = divmod(number, _OF_A_FILE)
    place = {"receipt": file + 1, "position": position, "table_number": 0, "row_number": position + 2}
    return {**place, "outcome": "accepted", "earlier_id": None, "sealed": None}


def _id(number: int) -> str:
    return f"{number:064x}"


def _number(number: int) -> str:
    return f"XF{number:08}"


def _name(number: int) -> str:
    return f"信访人{number // _AGAIN}"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=_BAR_ENTRIES)
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"])
    return parser


if __name__ == "__main__":
    sys.exit(main())
