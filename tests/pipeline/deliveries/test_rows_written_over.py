"""Rows of a receipt that somebody wrote something else over, sorted apart, cut down, or handed in much later."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.deliveries.receipt import MARK_COLUMN, Receipt
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.office_files import HEADER, write_csv, write_xlsx
from tests.pipeline.deliveries.test_returned_rows import Sheet, counts, deliver, given_out, letter, record, setting

_WITHOUT_NUMBER = HEADER[1:]
_FORMULA = "克虎镇某村村民反映低保被取消, 要求恢复。"
_FIRE = "家中失火, 请求救助。"
_SHEEP = "邻居的羊吃了我家地里的玉米苗, 多次找村里调解没有结果, 盼望上级派人来看一看。"
_ANONYMOUS = "尊敬的领导：\n我村低保评定不公, 村干部亲属开着小车吃低保, 真正困难的人没有。请查一查。\n一名村民\n"


def petition(name: str, phone: str, day: str, text: str) -> tuple[str, ...]:
    return (name, phone, "", "克虎镇", day, "求决", "民政/社会救助", text)


def table(folder: Path, *petitions: Sequence[str], header: Sequence[str] = _WITHOUT_NUMBER) -> Path:
    return write_csv(folder / "台账.csv", [header, *petitions])


def marks_exchanged(sheet: Sheet) -> None:
    sheet[0][MARK_COLUMN], sheet[1][MARK_COLUMN] = sheet[1][MARK_COLUMN], sheet[0][MARK_COLUMN]


def cut_down(store: Store, receipt: Receipt, folder: Path, change: Callable[[list[str], list[str]], object]) -> Path:
    """The only row of the receipt's workbook with its header, changed together."""
    path = folder / "回执.xlsx"
    write_receipt_workbook(path, store, receipt)
    [sheet] = load_workbook(path).worksheets
    header, cells = ([str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True))
    change(header, cells)
    return write_xlsx(path, [header, cells])


@pytest.mark.parametrize("numbered", [True, False])
def test_another_persons_petition_in_the_words_of_the_office_is_one_of_its_own(
    store: Store, tmp_path: Path, clock: FakeClock, numbered: bool
):
    first_row = petition("张三", "13800000000", "2026-09-03", _FORMULA)
    header, lines = (HEADER, ("X1", *first_row)) if numbered else (_WITHOUT_NUMBER, first_row)
    first = deliver(store, table(tmp_path, lines, header=header), clock)
    number = {"信访件编号": "X50"} if numbered else {}
    change = setting(0, 姓名="李四", 联系电话="13911111111", 信访日期="2026-10-09", **number)

    assert counts(deliver(store, given_out(store, first, tmp_path, change), clock)) == (1, 0, 0, 0)


def test_rows_whose_marks_were_exchanged_stay_whose_they_are(store: Store, tmp_path: Path, clock: FakeClock):
    rows = (
        petition("张三", "13800000000", "2026-09-03", _FORMULA),
        petition("李四", "13911111111", "2026-10-09", _FORMULA),
    )
    first = deliver(store, table(tmp_path, *rows), clock)

    assert counts(deliver(store, given_out(store, first, tmp_path, marks_exchanged), clock)) == (0, 0, 2, 0)


def test_a_petition_over_a_letter_of_nobody_leaves_the_letter(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path, _ANONYMOUS), clock)
    change = setting(0, 信访人="王五", 联系电话="13911111111", 内容=_SHEEP)

    assert counts(deliver(store, given_out(store, first, tmp_path, change), clock)) == (1, 0, 0, 0)


def test_a_message_over_another_of_nobody_leaves_that(store: Store, tmp_path: Path, clock: FakeClock):
    board = [("留言标题", "留言内容", "留言时间"), ("低保", "家中失火, 请求救助, 望解决。", "2026-09-03")]
    first = deliver(store, write_csv(tmp_path / "留言.csv", board), clock)
    change = setting(0, 留言标题="羊", 留言内容=_SHEEP)

    assert counts(deliver(store, given_out(store, first, tmp_path, change), clock)) == (1, 0, 0, 0)


def test_a_second_petition_of_the_same_person_over_the_first_is_a_second(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, petition("张三", "13800000000", "2026-09-03", _FIRE)), clock)
    change = setting(0, 信访日期="2026-10-09", 概况信息=_SHEEP)

    assert counts(deliver(store, given_out(store, first, tmp_path, change), clock)) == (1, 0, 0, 0)


@pytest.mark.parametrize("day", ["2026-10-09", "2026-09-03"])
def test_a_changed_copy_above_its_row_corrects_nothing(store: Store, tmp_path: Path, clock: FakeClock, day: str):
    first = deliver(store, table(tmp_path, petition("张三", "13800000000", "2026-09-03", _FIRE)), clock)

    def copied(sheet: Sheet) -> None:
        sheet.insert(0, {**sheet[0], "信访日期": day, "概况信息": _SHEEP})

    assert counts(deliver(store, given_out(store, first, tmp_path, copied), clock)) == (1, 0, 1, 0)


def test_columns_that_were_deleted_from_a_letters_row_take_nothing_from_it(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, letter(tmp_path), clock)

    def without_person(header: list[str], cells: list[str]) -> None:
        for name in ("信访人", "联系电话", "证件号码"):
            at = header.index(name)
            del header[at], cells[at]

    again = deliver(store, cut_down(store, first, tmp_path, without_person), clock)

    assert counts(again) == (0, 0, 1, 0)
    assert record(store, again).petitioner == record(store, first).petitioner


def test_a_letter_below_headers_of_another_table_is_the_letter(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)

    def renamed(header: list[str], cells: list[str]) -> None:
        header[:] = [{"内容": "概况信息", "信访人": "姓名"}.get(one, one) for one in header]

    assert counts(deliver(store, cut_down(store, first, tmp_path, renamed), clock)) == (0, 0, 1, 0)


def test_numbers_that_a_table_program_wrote_short_take_none_from_a_letter(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, letter(tmp_path), clock)
    change = setting(0, 证件号码="1.41124E+17", 联系电话="1.38E+10")

    again = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert record(store, again).petitioner == record(store, first).petitioner


def test_an_old_workbook_does_not_undo_what_was_mended_in_a_letter_since(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, letter(tmp_path), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13900000000")), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, 住址="克虎镇寨上村")), clock)

    now = record(store, third).petitioner
    assert (now.phone, now.address) == ("13900000000", "克虎镇寨上村")


def test_a_day_that_had_a_blank_in_it_is_mended(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition("张三", "13800000000", "2026-09-0 5", _FIRE)), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 信访日期="2026-09-05")), clock)

    assert (counts(first), counts(again)) == ((0, 0, 0, 1), (1, 0, 0, 0))


def test_ditto_below_nothing_is_mended_by_the_row_above(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition("同上", "13800000000", "2026-09-03", _FORMULA)), clock)

    def row_above(sheet: Sheet) -> None:
        above = petition("张三", "", "2026-09-03", _FIRE)
        sheet.insert(0, {**dict.fromkeys(sheet[0], ""), **dict(zip(_WITHOUT_NUMBER, above, strict=True))})

    again = deliver(store, given_out(store, first, tmp_path, row_above), clock)

    assert (counts(first), counts(again)) == ((0, 0, 0, 1), (2, 0, 0, 0))


def test_a_day_that_lay_ahead_is_taken_once_it_has_come(store: Store, tmp_path: Path, clock: FakeClock):
    day = f"{clock.now() + timedelta(days=3):%Y-%m-%d}"
    first = deliver(store, table(tmp_path, petition("张三", "13800000000", day, _FIRE)), clock)
    book = given_out(store, first, tmp_path)

    again = deliver(store, book, FakeClock(clock.now() + timedelta(days=30)))

    assert (counts(first), counts(again)) == ((0, 0, 0, 1), (1, 0, 0, 0))
