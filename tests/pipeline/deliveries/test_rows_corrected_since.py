"""Rows of an older workbook of a receipt, changed in other cells than those that were corrected since."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from domain.deliveries.receipt import Receipt, RowOutcome
from domain.texts.document import RawDocument
from pipeline.deliveries.receipt_record import receipt_rows
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.office_files import HEADER, write_csv
from tests.pipeline.deliveries.test_returned_rows import (
    Sheet,
    counts,
    deliver,
    given_out,
    letter,
    problems,
    record,
    rows_of,
    setting,
)

_FIRE = "家中失火, 请求救助。"
_LONGER = f"{_FIRE}共烧毁三孔窑洞。"
_SINCE = "后来更正过"


def table(
    folder: Path,
    *,
    number: str = "A",
    phone: str = "13800000000",
    day: str = "2026-09-03",
    header: Sequence[str] = HEADER,
) -> Path:
    row = (number, "张三", phone, "", "克虎镇", day, "求决", "民政/社会救助", _FIRE, "请求发放救济款。")
    return write_csv(folder / "台账.csv", [header, row[: len(header)]])


def told(raw: RawDocument) -> tuple[object, ...]:
    return raw.petitioner.name, raw.petitioner.phone, f"{raw.published_at:%m-%d}", raw.text


def remarks(store: Store, receipt: Receipt) -> list[tuple[RowOutcome, str | None]]:
    rows = receipt_rows(store, receipt.id, remarked=True)
    return [(one.outcome, one.problem.column) for one in rows if one.problem and _SINCE in one.problem.reason]


@pytest.mark.parametrize("number", ["A", ""])
@pytest.mark.parametrize("phone", ["13800000000", ""])
@pytest.mark.parametrize("cells", [{"联系电话": "13933333333"}, {"姓名": "张珊"}])
def test_what_was_corrected_since_stays_where_another_cell_is_changed_in_the_older_workbook(
    store: Store, tmp_path: Path, clock: FakeClock, number: str, phone: str, cells: dict[str, str]
):
    first = deliver(store, table(tmp_path, number=number, phone=phone), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, **cells)), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, 概况信息=_LONGER)), clock)

    assert counts(third) == (0, 1, 0, 0)
    expected = (cells.get("姓名", "张三"), cells.get("联系电话", phone), "09-03", _LONGER)
    assert told(record(store, third)) == expected
    assert remarks(store, third) == [(RowOutcome.CORRECTED, next(iter(cells)))]
    again = deliver(store, given_out(store, third, tmp_path, len), clock)
    assert (counts(again), problems(store, again)) == ((0, 0, 1, 0), [])


def test_a_refused_row_that_is_mended_in_two_copies_keeps_what_either_mended(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, day="2026-13-40"), clock)
    change = setting(0, 信访日期="2026-09-03", 联系电话="13933333333")
    deliver(store, given_out(store, first, tmp_path, change), clock)

    change = setting(0, 信访日期="2026-09-03", 概况信息=_LONGER)
    third = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert counts(third) == (0, 1, 0, 0)
    assert told(record(store, third)) == ("张三", "13933333333", "09-03", _LONGER)
    assert remarks(store, third) == [(RowOutcome.CORRECTED, "联系电话")]


def test_a_number_that_was_added_since_stays(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, number=""), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 信访件编号="A7")), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, 概况信息=_LONGER)), clock)

    assert (counts(third), record(store, third).number) == ((0, 1, 0, 0), "A7")


def test_the_same_cell_changed_in_both_copies_says_what_came_last(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13933333333")), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13944444444")), clock)

    assert (record(store, third).petitioner.phone, remarks(store, third)) == ("13944444444", [])


def test_the_workbook_changed_step_by_step_is_not_spoken_of(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13933333333")), clock)

    change = setting(0, 联系电话="13933333333", 概况信息=_LONGER)
    third = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert (counts(third), remarks(store, third)) == ((0, 1, 0, 0), [])


def test_what_stands_under_the_number_of_another_since_is_not_mixed_with_it(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path), clock)
    other = ("A", "李四", "13911111111", "", "某某镇", "2026-08-01", "求决", "民政/社会救助", "邻居的羊吃了玉米苗。")
    deliver(store, write_csv(tmp_path / "新.csv", [HEADER, other]), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13933333333")), clock)

    assert told(record(store, third)) == ("张三", "13933333333", "09-03", _FIRE)


def test_two_cells_of_one_matter_each_changed_in_another_copy_are_refused(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, header=[*HEADER, "具体诉求"]), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 具体诉求="请求安排住处。")), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, 概况信息=_LONGER)), clock)

    assert counts(third) == (0, 0, 0, 1)
    assert [(one.column, _SINCE in one.reason) for one in problems(store, third)] == [("具体诉求", True)]


def test_a_letter_that_was_mended_since_says_so(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, letter(tmp_path), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13933333333")), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, 住址="克虎镇寨上村")), clock)

    assert record(store, third).petitioner.phone == "13933333333"
    assert (len(rows_of(store, third)), remarks(store, third)) == (1, [(RowOutcome.CORRECTED, "联系电话")])


@pytest.mark.parametrize("number", ["A", ""])
def test_a_change_that_was_refused_and_is_mended_corrects_its_record(
    store: Store, tmp_path: Path, clock: FakeClock, number: str
):
    first = deliver(store, table(tmp_path, number=number), clock)
    change = setting(0, 联系电话="13933333333", 信访日期="2026-13-40")
    second = deliver(store, given_out(store, first, tmp_path, change), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 概况信息=_LONGER)), clock)

    fourth = deliver(store, given_out(store, second, tmp_path, setting(0, 信访日期="2026-09-04")), clock)

    assert (counts(second), counts(fourth)) == ((0, 0, 0, 1), (0, 1, 0, 0))
    assert told(record(store, fourth)) == ("张三", "13933333333", "09-04", _LONGER)
    assert remarks(store, fourth) == [(RowOutcome.CORRECTED, "概况信息")]


def test_a_refused_row_that_was_made_a_record_and_is_refused_again_corrects_it(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, number="", day="2026-13-40"), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 信访日期="2026-09-03")), clock)
    third = deliver(store, given_out(store, first, tmp_path, setting(0, 信访日期="2026-13-41")), clock)

    fourth = deliver(store, given_out(store, third, tmp_path, setting(0, 信访日期="2026-09-04")), clock)

    assert (counts(third), counts(fourth)) == ((0, 0, 0, 1), (0, 1, 0, 0))


def test_two_cells_of_one_matter_are_mended_together_in_the_receipt_that_refused_them(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, number="", header=[*HEADER, "具体诉求"]), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, 具体诉求="请求安排住处。")), clock)
    third = deliver(store, given_out(store, first, tmp_path, setting(0, 概况信息=_LONGER)), clock)

    fourth = deliver(store, given_out(store, third, tmp_path, setting(0, 具体诉求="请求安排住处, 发救济款。")), clock)

    assert counts(fourth) == (0, 1, 0, 0)
    assert "三孔窑洞" in record(store, fourth).text


def test_a_day_that_lay_ahead_in_a_change_is_taken_when_it_has_come(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, number=""), clock)
    day = f"{clock.now() + timedelta(days=3):%Y-%m-%d}"
    second = deliver(store, given_out(store, first, tmp_path, setting(0, 信访日期=day)), clock)

    third = deliver(store, given_out(store, second, tmp_path), FakeClock(clock.now() + timedelta(days=30)))

    assert (counts(second), counts(third)) == ((0, 0, 0, 1), (0, 1, 0, 0))


def test_a_row_of_two_receipts_pasted_into_one_file_keeps_what_either_changed(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, number=""), clock)
    second = deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13933333333")), clock)
    older: Sheet = []
    given_out(store, first, tmp_path, older.extend)
    older[0]["住址"] = "克虎镇寨上村"

    def pasted(sheet: Sheet) -> None:
        sheet[0]["概况信息"] = _LONGER
        sheet.insert(0, older[0])

    third = deliver(store, given_out(store, second, tmp_path, pasted), clock)

    now = record(store, third, 1)
    assert counts(third) == (0, 2, 0, 0)
    assert (told(now), now.petitioner.address) == (("张三", "13933333333", "09-03", _LONGER), "克虎镇寨上村")
