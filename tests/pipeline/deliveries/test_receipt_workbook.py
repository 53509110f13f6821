"""Receipts as workbooks: every row, what became of it, and nothing that a spreadsheet would run."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.deliveries.header_profile import Profile
from domain.deliveries.receipt import RECEIPT_COLUMNS, Origin, Receipt, RowOutcome, Way
from domain.failures.errors import FileError
from importers.profiles import header_fingerprint
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.office_files import COUNTY, HEADER, row, write_csv, write_xlsx

CLERK = Origin(way=Way.UPLOAD, who="clerk")


def deliver(store: Store, path: Path, clock: FakeClock) -> Receipt:
    return import_petitions(store, path, county=COUNTY, clock=clock, origin=CLERK)


def written(path: Path, store: Store, receipt: Receipt) -> dict[str, Worksheet]:
    write_receipt_workbook(path, store, receipt)
    return {sheet.title: sheet for sheet in load_workbook(path).worksheets}


def lines(sheet: Worksheet) -> list[dict[str, str]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), (str(cell or "") for cell in row), strict=True)) for row in rows]


def test_every_row_stands_with_its_cells_its_outcome_and_what_to_do(
    sqlite_store: Store, tmp_path: Path, clock: FakeClock
):
    deliver(
        sqlite_store, write_xlsx(tmp_path / "旧.xlsx", [HEADER, row("A"), row("C", "旧的内容，药费负担不起。")]), clock
    )
    rows = [row("A"), row("B", day="2026-13-40"), row("C", "新的内容，药费负担不起。"), row("", phone="138")]
    receipt = deliver(sqlite_store, write_xlsx(tmp_path / "台账.xlsx", [HEADER, *rows]), clock)

    sheet = written(tmp_path / "回执.xlsx", sqlite_store, receipt)["台账"]

    found = lines(sheet)
    outcome, advice, number, _ = RECEIPT_COLUMNS
    assert [line[outcome] for line in found] == ["重复", "退回", "按更正接收", "已接收"]
    assert [line[number] for line in found] == ["2", "3", "4", "5"]
    assert "信访日期: 日历上没有这一天" in found[1][advice]
    assert "没有编号" in found[3][advice]
    assert (found[1]["信访日期"], found[1]["联系电话"], found[1]["概况信息"]) == (
        "2026-13-40",
        "13800000000",
        rows[1][8],
    )
    assert not any(line["证件号码"] for line in found)
    assert tuple(list(found[0])[4:]) == tuple(HEADER), "a column that nobody filled is there to be filled"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil.example")'])
def test_nothing_that_was_delivered_becomes_a_formula(
    sqlite_store: Store, tmp_path: Path, clock: FakeClock, begins: str
):
    path = write_csv(
        tmp_path / "台账.csv", [HEADER, row("A", f"{begins}家中药费负担不起"), row("B", begins, day="2026-13-40")]
    )
    receipt = deliver(sqlite_store, path, clock)

    write_receipt_workbook(tmp_path / "回执.xlsx", sqlite_store, receipt)

    with ZipFile(tmp_path / "回执.xlsx") as book:
        assert not [name for name in book.namelist() if "vba" in name.lower()]
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert all(b"<f>" not in sheet and b"<f " not in sheet for sheet in sheets)
    [sheet] = load_workbook(tmp_path / "回执.xlsx").worksheets
    cells = [
        cell
        for line in sheet.iter_rows(min_row=2)
        for cell in line
        if str(cell.value).strip().startswith(begins.strip())
    ]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_a_workbook_that_comes_back_unchanged_adds_nothing(sqlite_store: Store, tmp_path: Path, clock: FakeClock):
    rows = [row("A"), row("B", day="2026/9/5"), row("", "没有编号的一件，药费负担不起。")]
    receipt = deliver(sqlite_store, write_xlsx(tmp_path / "台账.xlsx", [HEADER, *rows]), clock)
    written(tmp_path / "回执.xlsx", sqlite_store, receipt)

    again = deliver(sqlite_store, tmp_path / "回执.xlsx", clock)

    assert (again.accepted, again.count(RowOutcome.DUPLICATE), again.count(RowOutcome.REJECTED)) == (0, 3, 0)
    with sqlite_store.reading() as work:
        assert again.tables[0].columns == receipt.tables[0].columns
        assert work.raw.count() == 3


def test_a_mended_workbook_is_read_by_what_was_confirmed_of_the_file(
    sqlite_store: Store, tmp_path: Path, clock: FakeClock
):
    header = ("卷宗", *HEADER[1:])
    columns = {0: "number", 1: "name", 2: "phone", 5: "occurred_on", 6: "purpose", 8: "summary"}
    with sqlite_store.unit_of_work() as work:
        work.header_profiles.remember(
            Profile(
                fingerprint=header_fingerprint(header),
                layout="petition_register",
                columns=columns,
                confirmed_by="clerk",
                confirmed_at=clock.now(),
            )
        )
        work.commit()
    rows = [row("A"), row("B", day="2026-09-32")]
    receipt = deliver(sqlite_store, write_xlsx(tmp_path / "台账.xlsx", [header, *rows]), clock)
    sheet = written(tmp_path / "回执.xlsx", sqlite_store, receipt)["台账"]
    first, second = lines(sheet)
    mended = [{**first, "概况信息": f"{row('A')[8]}（补充一句）"}, {**second, "信访日期": "2026-09-22"}]
    write_xlsx(tmp_path / "改.xlsx", [list(first), *(list(one.values()) for one in mended)], sheet="台账")

    again = deliver(sqlite_store, tmp_path / "改.xlsx", clock)

    outcomes = (RowOutcome.ACCEPTED, RowOutcome.CORRECTED, RowOutcome.REJECTED)
    assert [again.count(one) for one in outcomes] == [1, 1, 0]
    assert again.tables[0].columns == header


def test_a_receipt_emptied_by_the_retention_policy_still_names_the_rows(
    sqlite_store: Store, tmp_path: Path, clock: FakeClock
):
    rows = [row("A", day="2026-13-40"), row("", "没有编号的一件，药费负担不起。")]
    receipt = deliver(sqlite_store, write_xlsx(tmp_path / "台账.xlsx", [HEADER, *rows]), clock)
    assert receipt.count(RowOutcome.WARNED) > 0
    with sqlite_store.unit_of_work() as work:
        work.retention.empty_receipts(work.retention.receipts_before(clock.now().replace(year=2027), 10))
        work.commit()
        emptied = work.receipts.get(receipt.id)
    assert emptied is not None

    [sheet] = written(tmp_path / "回执.xlsx", sqlite_store, emptied).values()

    assert [line[RECEIPT_COLUMNS[1]] for line in lines(sheet)] == ["原因已按保留期限清理", ""]


def test_of_an_emptied_receipt_it_is_said_that_a_repeat_had_a_remark(
    sqlite_store: Store, tmp_path: Path, clock: FakeClock
):
    deliver(sqlite_store, write_xlsx(tmp_path / "一.xlsx", [HEADER, row("A"), row("B", "反映窑洞裂缝。")]), clock)
    deliver(sqlite_store, write_xlsx(tmp_path / "二.xlsx", [HEADER, row("A", "反映已经出院。")]), clock)
    receipt = deliver(
        sqlite_store, write_xlsx(tmp_path / "三.xlsx", [HEADER, row("A"), row("B", "反映窑洞裂缝。")]), clock
    )
    with sqlite_store.unit_of_work() as work:
        work.retention.empty_receipts(work.retention.receipts_before(clock.now().replace(year=2027), 10))
        work.commit()
        emptied = work.receipts.get(receipt.id)
    assert emptied is not None

    [sheet] = written(tmp_path / "回执.xlsx", sqlite_store, emptied).values()

    assert ["提示已按保留期限清理" in line[RECEIPT_COLUMNS[1]] for line in lines(sheet)] == [True, False]


def test_what_no_cell_can_hold_is_cut_and_said(sqlite_store: Store, tmp_path: Path, clock: FakeClock):
    path = tmp_path / "来信.txt"
    path.write_text("家中老人住院\n" + "药费负担不起。" * 6000, encoding="utf-8")
    receipt = deliver(sqlite_store, path, clock)

    [sheet] = written(tmp_path / "回执.xlsx", sqlite_store, receipt).values()

    assert "请在原文件里改" in lines(sheet)[0][RECEIPT_COLUMNS[1]]


def test_a_place_where_nothing_can_be_written_is_said(sqlite_store: Store, tmp_path: Path, clock: FakeClock):
    receipt = deliver(sqlite_store, write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("A")]), clock)

    with pytest.raises(FileError, match="写不了"):
        write_receipt_workbook(tmp_path / "没有" / "回执.xlsx", sqlite_store, receipt)


def test_a_repeat_gives_back_what_was_delivered_and_nothing_of_what_another_office_wrote(
    sqlite_store: Store, tmp_path: Path, clock: FakeClock
):
    header, office = (*HEADER, "处理意见"), Origin(way=Way.API, who="key", office="141124105")
    first = write_csv(tmp_path / "a.csv", [header, (*row("A"), "已查实, 拟移送")])
    second = write_csv(tmp_path / "b.csv", [header, (*row("A"), "请登记")])
    own = deliver(sqlite_store, first, clock)
    others = import_petitions(sqlite_store, second, county=COUNTY, clock=clock, origin=office)

    [line] = lines(next(iter(written(tmp_path / "回执.xlsx", sqlite_store, others).values())))

    assert (line["回执结果"], line["处理意见"]) == ("重复", "请登记")
    assert line["回执说明"] == "已经登记过, 不用再交"
    with sqlite_store.reading() as work:
        [taken] = work.receipts.rows(own.id)
        [repeat] = work.receipts.rows(others.id, outcomes=[RowOutcome.DUPLICATE])
    assert taken.document_id is not None
    assert repeat.document_id is None
