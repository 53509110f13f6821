"""Rows of a receipt that come back: unchanged, mended, copied, tampered with, or another office's."""

import csv
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from domain.deliveries.receipt import MARK_COLUMN, Origin, Receipt, RowOutcome, RowProblem, RowReceipt, Way
from domain.texts.document import RawDocument
from pipeline.deliveries.delivery import Delivery
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.receipt_record import receipt_rows
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.office_files import COUNTY, HEADER, row, write_csv, write_xlsx

_CLERK = Origin(way=Way.UPLOAD, who="clerk")
_NEIGHBOUR = Origin(way=Way.DROP_FOLDER, who="另一个单位", office="141124105")
_LETTER = """尊敬的领导：
我家住克虎镇寨上村, 去年冬天家中失火, 窑洞烧毁, 至今借住在亲戚家, 请求救助。
信访人: 张三
联系电话: 13800000000
证件号码: 14112419600101001X
2026年9月5日
"""
_OTHER = "邻居的羊吃了我家地里的玉米苗, 多次找村里调解没有结果, 盼望上级派人来看一看。"
Sheet = list[dict[str, str]]


def deliver(store: Store, path: Path, clock: FakeClock, origin: Origin = _CLERK) -> Receipt:
    return import_petitions(store, path, county=COUNTY, clock=clock, origin=origin)


def letter(folder: Path, text: str = _LETTER) -> Path:
    path = folder / "来信.txt"
    path.write_text(text, encoding="utf-8")
    return path


def given_out(store: Store, receipt: Receipt, folder: Path, change: Callable[[Sheet], object] = len) -> Path:
    """The receipt's workbook as the clerk hands it in again, a change made in its only sheet."""
    path = folder / "回执.xlsx"
    write_receipt_workbook(path, store, receipt)
    [sheet] = load_workbook(path).worksheets
    header, *rows = ([str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True))
    lines = [dict(zip(header, cells, strict=True)) for cells in rows]
    change(lines)
    return write_xlsx(path, [header, *(tuple(line.values()) for line in lines)])


def setting(line: int, **cells: str) -> Callable[[Sheet], object]:
    return lambda sheet: sheet[line].update(cells)


def counts(receipt: Receipt) -> tuple[int, int, int, int]:
    """Taken in anew, corrected, repeated, refused."""
    kinds = (RowOutcome.ACCEPTED, RowOutcome.CORRECTED, RowOutcome.DUPLICATE, RowOutcome.REJECTED)
    return tuple(map(receipt.count, kinds))  # type: ignore[return-value]


def rows_of(store: Store, receipt: Receipt) -> list[RowReceipt]:
    return [one for one in receipt_rows(store, receipt.id) if one.outcome is not RowOutcome.WARNED]


def record(store: Store, receipt: Receipt, at: int = 0) -> RawDocument:
    document_id = rows_of(store, receipt)[at].document_id
    assert document_id is not None
    with store.reading() as work:
        return work.raw.get(document_id)


def problems(store: Store, receipt: Receipt) -> list[RowProblem]:
    return [one.problem for one in receipt_rows(store, receipt.id, [RowOutcome.REJECTED]) if one.problem]


def test_a_letter_that_comes_back_as_it_is_is_the_letter(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)

    again = deliver(store, given_out(store, first, tmp_path), clock)

    assert counts(again) == (0, 0, 1, 0)
    assert rows_of(store, again)[0].document_id == rows_of(store, first)[0].document_id


def test_a_mended_letter_keeps_whose_it_is_and_when_it_was_written(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)
    was = record(store, first)
    mended = was.text.replace("窑洞烧毁", "三孔窑洞烧毁")

    second = deliver(store, given_out(store, first, tmp_path, setting(0, 内容=mended)), clock)
    (tmp_path / "b").mkdir()
    once_more = deliver(store, given_out(store, first, tmp_path / "b", setting(0, 内容=mended, 回执说明="已改")), clock)

    now = record(store, second)
    assert (counts(second), counts(once_more)) == ((0, 1, 0, 0), (0, 0, 1, 0))
    assert rows_of(store, second)[0].earlier_id == was.id
    assert (now.petitioner, now.published_at, now.source) == (was.petitioner, was.published_at, was.source)
    assert (was.petitioner.name, was.petitioner.phone, was.published_at is None) == ("张三", "13800000000", False)
    assert "三孔窑洞" in now.text


def test_name_phone_address_and_day_of_a_letter_are_mended_in_its_row(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)
    change = setting(0, 信访人="张四", 联系电话="13900000000", 住址="克虎镇寨上村", 信访日期="2026-9-6")

    second = deliver(store, given_out(store, first, tmp_path, change), clock)
    third = deliver(store, given_out(store, second, tmp_path), clock)

    was, now = record(store, first), record(store, second)
    assert (counts(second), counts(third)) == ((0, 1, 0, 0), (0, 0, 1, 0))
    assert (now.petitioner.name, now.petitioner.phone) == ("张四", "13900000000")
    assert (now.petitioner.address, now.petitioner.id_number) == ("克虎镇寨上村", was.petitioner.id_number)
    assert (now.text, now.published_at == was.published_at) == (was.text, False)


def test_the_first_receipt_again_after_a_correction_changes_nothing_and_says_so(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, letter(tmp_path), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13900000000")), clock)

    again = deliver(store, given_out(store, first, tmp_path), clock)

    [line] = rows_of(store, again)
    assert (counts(again), line.document_id) == ((0, 0, 1, 0), record(store, first).id)
    assert line.problem is not None
    assert "与较早的一版相同" in line.problem.reason


def test_what_was_refused_is_refused_again_until_it_is_mended_and_then_taken_in_once(
    store: Store, tmp_path: Path, clock: FakeClock
):
    # Read as it stands the day would be another one.
    path = write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("B", day="2026-13-40"), row("", day="5.6")])
    first = deliver(store, path, clock)
    refused = problems(store, first)

    again = deliver(store, given_out(store, first, tmp_path), clock)
    change = setting(1, 信访日期="2026-9-5")
    mended = deliver(store, given_out(store, first, tmp_path, change), clock)
    mended_again = deliver(store, given_out(store, again, tmp_path, change), clock)

    left = len(refused) - 1
    assert [(one.column, one.reason, one.value) for one in problems(store, again)] == [
        (one.column, one.reason, one.value) for one in refused
    ]
    assert counts(again)[:2] == (0, 0)
    assert (counts(mended)[:2], counts(mended)[3]) == ((1, 0), left)
    assert (counts(mended_again)[:2], counts(mended_again)[3]) == ((0, 0), left)


def test_a_bare_number_in_a_row_that_was_refused_is_not_read_in_another_way(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, write_csv(tmp_path / "台账.csv", [HEADER, row("A", day="2026-13-40")]), clock)
    with store.unit_of_work() as work:
        [line] = work.receipts.rows(first.id, outcomes=[RowOutcome.REJECTED])
        told = replace(line, fields={**line.fields, "信访日期": "44809"}, position=1)
        kept = replace(first, id=type(first.id)("f" * 16))
        work.receipts.append(kept, [told], chain_before="", chain="c")
        work.commit()

    again = deliver(store, given_out(store, kept, tmp_path), clock)

    assert counts(again) == (0, 0, 0, 1)
    assert problems(store, again)[0].reason == problems(store, first)[0].reason


def test_the_receipt_of_another_office_is_read_as_any_table(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)
    mended = given_out(store, first, tmp_path, setting(0, 内容=_OTHER))

    theirs = deliver(store, mended, clock, _NEIGHBOUR)

    assert counts(theirs) == (1, 0, 0, 0)
    assert rows_of(store, theirs)[0].earlier_id is None


@pytest.mark.parametrize("what", ["receipt", "position", "mark", "another store", "words"])
def test_a_mark_that_was_not_made_here_names_nothing(
    store: Store, sqlite_store: Store, tmp_path: Path, clock: FakeClock, what: str
):
    path = write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("B", _OTHER)])
    first = deliver(store, path, clock)

    def tamper(sheet: Sheet) -> None:
        receipt, position, mark, cells = sheet[0][MARK_COLUMN].split(".")
        forged = {
            "receipt": f"{'0' * 16}.{position}.{mark}.{cells}",
            "position": f"{receipt}.{sheet[1][MARK_COLUMN].split('.')[1]}.{mark}.{cells}",
            "mark": f"{receipt}.{position}.{'A' * 16}.{cells}",
            "another store": sheet[0][MARK_COLUMN],
            "words": "=1+1; DROP TABLE receipts",
        }
        sheet[0][MARK_COLUMN] = forged[what]
        sheet[0].update(信访件编号="Z9", 概况信息="家中老人住院, 药费负担不起。", 姓名="王五")

    [book] = [given_out(store, first, tmp_path, tamper)]
    target = store if what != "another store" else sqlite_store
    again = deliver(target, book, clock)

    assert rows_of(target, again)[0].outcome is RowOutcome.ACCEPTED
    assert again.count(RowOutcome.CORRECTED) == 0


def test_a_row_that_was_copied_to_write_another_petition_is_one_of_its_own(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, letter(tmp_path), clock)

    def copy(sheet: Sheet) -> None:
        sheet.append({**sheet[0], "内容": _OTHER})

    again = deliver(store, given_out(store, first, tmp_path, copy), clock)

    assert counts(again) == (1, 0, 1, 0)


def test_another_petition_written_over_a_row_leaves_the_first_one_alone(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 信访人="王五", 内容=_OTHER)), clock)

    assert counts(again) == (1, 0, 0, 0)


def test_rows_whose_marks_were_sorted_apart_correct_nothing(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("", _OTHER)]), clock)

    def swap(sheet: Sheet) -> None:
        sheet[0][MARK_COLUMN], sheet[1][MARK_COLUMN] = sheet[1][MARK_COLUMN], sheet[0][MARK_COLUMN]

    assert counts(deliver(store, given_out(store, first, tmp_path, swap), clock)) == (0, 0, 2, 0)


def test_a_letter_whose_text_was_deleted_in_its_row_is_refused(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 内容="", 联系电话="")), clock)

    assert counts(again) == (0, 0, 0, 1)
    assert [(one.column, one.reason[:5]) for one in problems(store, again)] == [("内容", "内容删空了")]


def test_a_row_that_gets_the_number_of_another_record_is_read_as_any_row(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("B", _OTHER)]), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 信访件编号="B")), clock)

    [line, other] = rows_of(store, again)
    assert (line.outcome, line.earlier_id) == (RowOutcome.CORRECTED, rows_of(store, first)[1].document_id)
    assert other.outcome is RowOutcome.DUPLICATE


def test_another_number_in_a_receipt_leaves_the_record_of_the_first(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("B", _OTHER)]), clock)

    second = deliver(store, given_out(store, first, tmp_path, setting(0, 信访件编号="A1")), clock)
    real = ("A", "李四", "13911111111", "", "克虎镇", "2026-10-09", "求决", "民政/社会救助", "家中失火, 请求救助。")
    third = deliver(store, write_csv(tmp_path / "新.csv", [HEADER, row("A1"), row("B", _OTHER), real]), clock)

    assert counts(second) == (1, 0, 1, 0)
    assert counts(third)[2] == 2
    assert record(store, third).petitioner.name == record(store, first).petitioner.name


def test_a_row_without_a_number_whose_matter_is_mended_is_corrected(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, write_csv(tmp_path / "台账.csv", [HEADER, row(""), row("B", _OTHER)]), clock)
    text = f"{record(store, first).text}共花了三万元。"

    second = deliver(store, given_out(store, first, tmp_path, setting(0, 概况信息=text)), clock)

    assert counts(second) == (0, 1, 1, 0)
    assert rows_of(store, second)[0].earlier_id == record(store, first).id


def test_a_letter_beside_a_table_with_a_refused_row_comes_back_beside_it(
    store: Store, tmp_path: Path, clock: FakeClock
):
    table = write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("B", day="2026-13-40")])
    with ZipFile(tmp_path / "交来.zip", "w") as archive:
        archive.write(table, "台账.csv")
        archive.write(letter(tmp_path), "来信.txt")
    first = deliver(store, tmp_path / "交来.zip", clock)
    write_receipt_workbook(tmp_path / "回执.xlsx", store, first)
    book = load_workbook(tmp_path / "回执.xlsx")
    [day] = [
        cell for page in book.worksheets for line in page.iter_rows() for cell in line if cell.value == "2026-13-40"
    ]
    day.value = "2026-09-05"
    book.save(tmp_path / "回执.xlsx")

    again = deliver(store, tmp_path / "回执.xlsx", clock)

    assert (counts(first), counts(again)) == ((2, 0, 0, 1), (1, 0, 2, 0))


def test_a_receipt_saved_as_csv_is_known_too(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)
    [sheet] = load_workbook(given_out(store, first, tmp_path)).worksheets
    with (tmp_path / "回执.csv").open("w", encoding="utf-8-sig", newline="") as output:
        csv.writer(output).writerows(sheet.iter_rows(values_only=True))

    assert counts(deliver(store, tmp_path / "回执.csv", clock)) == (0, 0, 1, 0)


def test_of_a_text_that_no_cell_holds_the_rest_is_kept(store: Store, tmp_path: Path, clock: FakeClock):
    long = _LETTER.replace("请求救助。", f"请求救助。{'药费负担不起。' * 6000}")
    first = deliver(store, letter(tmp_path, long), clock)

    phone = deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13900000000")), clock)
    text = deliver(store, given_out(store, first, tmp_path, setting(0, 内容="家中失火。")), clock)

    assert (counts(phone), counts(text)) == ((0, 1, 0, 0), (0, 0, 0, 1))
    assert record(store, phone).text == record(store, first).text
    assert "请在原文件里改好" in problems(store, text)[0].reason


def test_a_receipt_whose_records_were_emptied_adds_nothing(store: Store, tmp_path: Path, clock: FakeClock):
    path = write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("B", day="2026-13-40")])
    first = deliver(store, path, clock)
    book = given_out(store, first, tmp_path)
    with store.unit_of_work() as work:
        work.retention.empty_receipts(work.retention.receipts_before(clock.now().replace(year=2027), 10))
        work.commit()

    again = deliver(store, book, clock)

    assert counts(again) == (0, 0, 1, 1)


def test_who_may_not_read_a_refused_row_gets_nothing_of_it_by_handing_it_in(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, write_csv(tmp_path / "台账.csv", [HEADER, row("A"), row("B", day="2026-13-40")]), clock)
    write_receipt_workbook(tmp_path / "回执.xlsx", store, first, _nothing)

    again = deliver(store, tmp_path / "回执.xlsx", clock, replace(_CLERK, who="另一位"))

    [line] = rows_of(store, again)
    assert (counts(again), dict(line.fields)) == ((0, 0, 0, 1), {})
    assert line.problem is not None
    assert (line.problem.reason, line.problem.value) == (problems(store, first)[0].reason, "")


def _nothing(cells: str, *, accusation: bool) -> bool:
    return False


def test_an_import_of_a_receipt_that_is_broken_off_goes_on(
    store: Store, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    rows = [row("", f"{_OTHER}第{number}件") for number in range(1, 8)]
    first = deliver(store, write_csv(tmp_path / "台账.csv", [HEADER, *rows]), clock)

    def copied(sheet: Sheet) -> None:
        sheet[1]["联系电话"] = "13911111111"
        sheet.append({**sheet[0], "概况信息": "家中老人住院, 药费负担不起。"})
        sheet.append({**sheet[1], "概况信息": "门前道路塌陷, 雨天无法出行。"})

    book = given_out(store, first, tmp_path, copied)
    monkeypatch.setitem(Delivery.__init__.__kwdefaults__, "batch_rows", 2)
    keep, kept = Delivery._keep_once, count(1)

    def broken_off(delivery: Delivery, *batch: Any) -> None:
        if next(kept) == 4:
            raise KeyboardInterrupt
        keep(delivery, *batch)

    monkeypatch.setattr(Delivery, "_keep_once", broken_off)

    with pytest.raises(KeyboardInterrupt):
        deliver(store, book, clock)

    assert counts(deliver(store, book, clock)) == (2, 1, 6, 0)
