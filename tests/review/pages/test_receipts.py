"""Receipts on a page and as a workbook."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.deliveries.receipt import Origin, Way
from domain.words.vocabulary import Route
from pipeline.deliveries.import_petitions import import_petitions
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock
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


def test_a_remark_beside_a_correction_is_counted_listed_and_no_reason_to_say_that_nothing_is_to_be_done(
    office: Office,
):
    client = office.client("clerk")
    taken_in(client, *ROWS)
    number, _, *rest, _ = ROWS[0]

    main = client.get(taken_in(client, (number, "王五五", *rest, "反映村里停水。"), name="二.xlsx")).text
    main = " ".join(main.partition("<main")[2].split())

    assert "<dt>提示</dt><dd>1</dd>" in main
    assert "有1条提示请核对" in main
    assert "全部收下, 不用再做什么" not in main
    assert "信访人和内容却都不同" in main


def test_a_row_is_named_by_its_own_number_beside_that_of_the_record(office: Office):
    client = office.client("clerk")

    main = client.get(f"{taken_in(client, *ROWS)}?show=taken").text.partition("<main")[2]

    assert "编号 K-001 · 记录号 " in main
    assert "全部收下, 不用再做什么。" in main


def test_of_an_accusation_that_may_mean_the_reader_no_number_is_named(office: Office):
    accusing = ("K-009", "白禾岚", "13700000000", "2026-11-05", "揭发控告", "举报信访办秦六顺压件不办，收了好处。")
    address = taken_in(office.client("clerk"), *ROWS, accusing)
    colleague(office, "秦六顺")

    told = office.client("second").get(f"{address}?show=taken").text

    assert "K-001" in told
    assert "K-009" not in told


@pytest.mark.parametrize("shown", ["taken", "warned"])
def test_nor_is_it_named_beside_the_same_without_a_number(office: Office, shown: str):
    said = ("白禾岚", "13700000000", "2026-11-05", "揭发控告", "举报信访办秦六顺压件不办，收了好处。")
    number, *own = ROWS[0]
    taken_in(office.client("clerk"), *ROWS, ("K-009", *said))
    address = taken_in(office.client("clerk"), ("", *said), ("", *own), name="没有编号.xlsx")
    colleague(office, "秦六顺")

    told = office.client("second").get(f"{address}?show={shown}").text

    assert "与这个编号的一件内容完全相同" in told
    assert f"<q>{number}</q>" in told
    assert "K-009" not in told


def test_a_list_that_comes_again_without_its_numbers_is_told_in_one_line_and_in_the_workbook_row_by_row(office: Office):
    client = office.client("clerk")
    rows = [(f"K-{number}", *ROWS[0][1:-1], f"反映第{number}孔窑洞裂缝。") for number in range(20)]
    taken_in(client, *rows)
    address = taken_in(client, *(("", *said) for _, *said in rows), name="没有编号.xlsx")

    told = client.get(f"{address}?show=warned").text
    book = load_workbook(io.BytesIO(client.get(f"{address}/workbook").content))

    assert told.count("与这个编号的一件内容完全相同") == 1
    assert "K-0 等" in told
    advice = [str(row[1].value) for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [one.startswith(f"K-{number}: 与这个编号的一件") for number, one in enumerate(advice)] == [True] * 20


def test_a_receipt_whose_remarks_were_cleared_says_that(office: Office):
    client = office.client("clerk")
    number, *rest, _ = ROWS[0]
    taken_in(client, *ROWS)
    taken_in(client, (number, *rest, "反映已经出院。"), name="二.xlsx")
    address = taken_in(client, *ROWS, name="三.xlsx")
    with office.store.unit_of_work() as work:
        work.retention.empty_receipts(work.retention.receipts_before(NOON.replace(year=2036), 10))
        work.commit()

    remarks, taken = (client.get(f"{address}?show={shown}").text for shown in ("warned", "taken"))

    assert "提示已按保存期限清除" in remarks
    assert "更正的是记录" not in taken


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


def colleague(office: Office, name: str) -> None:
    """A second clerk of the office, of this name."""
    with office.store.unit_of_work() as work:
        clerk = work.accounts.get("clerk")
        assert clerk is not None
        work.accounts.add(replace(clerk, username="second", display_name=name))
        work.commit()


def open_texts(office: Office, receipt: str, *but: str) -> None:
    """The run has found every row of the receipt to be no accusation, but those that hold one of these words."""
    with office.store.unit_of_work() as work:
        for row in work.receipts.rows(receipt):  # type: ignore[arg-type]
            if row.document_id is not None:
                text = work.raw.get(row.document_id).text
                route = Route.RESTRICTED if any(word in text for word in but) else Route.OPEN
                work.routes.add(row.document_id, route, "测试", "1", NOON)
        work.commit()


def cells(office: Office, name: str, address: str) -> str:
    book = load_workbook(io.BytesIO(office.client(name).get(f"{address}/workbook").content))
    return str([[cell.value for cell in row] for row in book.worksheets[0].iter_rows()])


@pytest.mark.parametrize(
    "letter",
    [
        pytest.param("举报信访办秦六顺压件不办，收了好处。", id="the whole name"),
        pytest.param("举报信访办那个姓秦的压件不办。", id="the surname alone"),
    ],
)
def test_whom_an_accusation_may_mean_has_it_in_no_receipt_of_a_colleague(office: Office, letter: str):
    accusing = ("K-009", "白禾岚", "13700000000", "2026-11-05", "揭发控告", letter)
    address = taken_in(office.client("clerk"), *ROWS, accusing)
    repeated = taken_in(office.client("clerk"), *ROWS, accusing, name="再来一次.xlsx")
    colleague(office, "秦六顺")

    before_the_run = cells(office, "second", address)
    open_texts(office, address.rsplit("/", 1)[1], letter)

    for told in (before_the_run, cells(office, "second", address), cells(office, "second", repeated)):
        assert "药费负担不起" in told
        for word in ("K-009", "白禾岚", "13700000000", letter[:8]):
            assert word not in told
    assert letter in cells(office, "clerk", address)


def test_a_refused_row_stays_to_be_mended_without_the_cells_that_name_the_reader(office: Office):
    refused = ("K-009", "白禾岚", "", "2026-13-45", "求决", "反映信访办秦六顺压件不办，家里没有钱。")
    address = taken_in(office.client("clerk"), *ROWS, refused)
    colleague(office, "秦六顺")

    told = cells(office, "second", address)

    assert "退回" in told
    assert "白禾岚" not in told
    assert "秦六顺" not in told


def test_a_letter_that_only_calls_somebody_by_the_same_surname_stays_in_the_receipt(office: Office):
    address = taken_in(
        office.client("clerk"), ("K-001", "张三三", "", "2026-11-02", "求决", "反映老秦家药费负担不起。")
    )
    colleague(office, "秦六顺")
    open_texts(office, address.rsplit("/", 1)[1])

    assert "药费负担不起" in cells(office, "second", address)
