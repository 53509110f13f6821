"""Ledger and reports on the pages: the account's own division, for offices, written down each time."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from domain.clock import china_date
from domain.counting.report import Period, ReportKind
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from pipeline.handed_out.town_ledger import write_town_ledger
from pipeline.reports.due import period_of, write_report_file
from storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.review.office import ACCOUNTS, PETITIONER, Office, fill, verify

LEDGER = "/reports/ledger.xlsx"
OFFICES = {"town", "clerk", "leader", "other_town"}


class StoreExports:
    """Writes from the store of the test."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def report_period(self, kind: ReportKind) -> Period:
        return period_of(kind, china_date(NOON), 25)

    def write_report(self, path: Path, kind: ReportKind, region: RegionCode) -> None:
        write_report_file(path, self._store, region, self.report_period(kind), NOON)

    def write_ledger(self, path: Path, region: RegionCode, first: date | None, last: date | None, role: Role) -> None:
        write_town_ledger(path, self._store, region, first=first, last=last, role=role)


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    office = fill(sqlite_store, clock)
    verify(office, "own")
    return replace(office, exports=StoreExports(sqlite_store))


def rows(content: bytes) -> list[list[object]]:
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_town_downloads_its_ledger_and_it_is_written_down(office: Office):
    answer = office.client("town").get(LEDGER)

    assert answer.status_code == 200
    assert len(rows(answer.content)) == 3
    assert PETITIONER.encode() not in answer.content
    with office.store.reading() as work:
        assert work.audit.recent(limit=1)[0].action == "export_ledger"


def test_another_town_finds_nothing_of_it(office: Office):
    assert len(rows(office.client("other_town").get(LEDGER).content)) == 1


@pytest.mark.parametrize("kind", [kind.value for kind in ReportKind])
def test_a_report_is_a_document_of_the_accounts_division(office: Office, kind: str):
    answer = office.client("town").get(f"/reports/{kind}.docx")

    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert "舆情信访预警线索" in Document(io.BytesIO(answer.content)).paragraphs[0].text


def test_the_page_offers_them(office: Office):
    page = office.client("town").get("/reports").text

    assert all(address in page for address in (LEDGER, "/reports/weekly.docx", "/reports/monthly.docx"))


@pytest.mark.parametrize("name", sorted(set(ACCOUNTS) - OFFICES))
def test_nobody_else_exports(office: Office, name: str):
    client = office.client(name)

    for address in ("/reports", LEDGER, "/reports/weekly.docx"):
        assert client.get(address).status_code == 403


def test_a_day_that_is_none_is_told(office: Office):
    assert office.client("town").get(LEDGER, params={"from": "昨天"}).status_code == 409
    assert office.client("town").get("/reports/yearly.docx").status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1948-12-31"])
def test_a_day_of_no_time_of_ours_is_said_and_is_no_error_of_the_program(office: Office, day: str):
    for field in ("from", "to"):
        answer = office.client("town").get(LEDGER, params={field: day})
        assert answer.status_code == 409
        assert "日期不对" in answer.text
