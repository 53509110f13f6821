"""Receipts on a page and as a workbook."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.receipt import Origin, Way
from pipeline.import_petitions import import_petitions
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import FakeClock
from tests.review.office import Office
from tests.review.receiving import REFUSED, ROWS, receiving_office, register, taken_in


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Office:
    return receiving_office(sqlite_store, clock, tmp_path / "uploads")


def test_what_was_refused_comes_first_with_its_place_value_and_what_to_do(office: Office):
    client = office.client("clerk")

    shown = client.get(taken_in(client, *ROWS, REFUSED)).text

    assert "第4行" in shown
    assert "信访日期" in shown
    assert "2026-13-45" in shown
    assert "怎么办" in shown


def test_a_receipt_of_what_was_taken_in_leads_to_what_becomes_of_it(office: Office):
    client = office.client("clerk")

    main = client.get(taken_in(client, *ROWS)).text.partition("<main")[2]

    assert 'href="/board/petitions"' in main


def test_the_workbook_can_be_mended_and_handed_in_again(office: Office, tmp_path: Path):
    client = office.client("clerk")
    address = taken_in(client, *ROWS, REFUSED)

    answer = client.get(f"{address}/workbook")

    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    texts = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert any("退回" in str(row[0]) for row in texts)
    assert list((tmp_path / "uploads").glob("*/*")) == []


def test_many_refused_rows_are_shown_page_by_page(office: Office):
    client = office.client("clerk")
    rows = [(f"K-{number}", "王五五", "", "2026-13-45", "求决", "反映没有钱。") for number in range(120)]
    address = taken_in(client, *rows)

    first = client.get(address).text
    second = client.get(f"{address}?show=rejected&after=49").text

    assert first.count("<q>2026-13-45</q>") == 50
    assert "后面的行" in first
    assert second.count("<q>2026-13-45</q>") == 50
    assert "第52行" in second


@pytest.mark.parametrize("query", ["?show=nothing", "?after=-5", "?after=99999999999999999999", "?after=x&show=taken"])
def test_an_odd_address_is_still_a_page(office: Office, query: str):
    client = office.client("clerk")
    address = taken_in(client)

    assert client.get(f"{address}{query}").status_code == 200


def test_the_same_file_again_says_that_nothing_is_to_be_done(office: Office):
    client = office.client("clerk")
    taken_in(client)

    again = client.get(taken_in(client, name="再来一次.xlsx")).text

    assert "没有重复登记" in again


@pytest.mark.parametrize(("house", "listed"), [(True, True), (False, False)])
def test_receipts_of_other_ways_belong_to_the_office_of_the_house(
    sqlite_store: Store, clock: FakeClock, tmp_path: Path, house: bool, listed: bool
):
    office = receiving_office(
        sqlite_store,
        clock,
        tmp_path / "uploads",
        **({} if house else {"house": COUNTY}),  # type: ignore[arg-type]
    )
    path = tmp_path / "收件箱.xlsx"
    path.write_bytes(register())
    receipt = import_petitions(sqlite_store, path, county=COUNTY, clock=clock, origin=Origin(way=Way.DROP_FOLDER))
    client = office.client("clerk")

    assert ("收件箱.xlsx" in client.get("/imports").text) is listed
    assert client.get(f"/receipts/{receipt.id}").status_code == (200 if listed else 404)
