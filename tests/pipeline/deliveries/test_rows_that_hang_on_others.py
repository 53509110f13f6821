"""Rows of a receipt that say 同上 or stand below a village's name, come back among other rows than they had."""

from collections.abc import Callable, Sequence
from pathlib import Path

from domain.deliveries.receipt import Receipt, RowOutcome
from domain.texts.document import RawDocument
from pipeline.deliveries.receipt_record import receipt_rows
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.office_files import HEADER, write_csv, write_xlsx
from tests.pipeline.deliveries.test_returned_rows import (
    Sheet,
    counts,
    deliver,
    given_out,
    problems,
    record,
    rows_of,
    setting,
)

_FIRE = "家中失火, 请求救助。"
_SHEEP = "邻居的羊吃了玉米苗, 无人处理。"
_STAYS = "「同上」仍是原来上一行的内容"


def petition(
    number: str, name: str, phone: str, text: str = _FIRE, *, address: str = "克虎镇", day: str = "2026-09-03"
) -> Sequence[str]:
    return (number, name, phone, "", address, day, "求决", "民政/社会救助", text)


_ABOVE = petition("A", "张三", "13800000000")
_BELOW = petition("B", "李四", "13911111111", "同上", address="同上", day="〃")
_OTHER = petition("C", "王五", "13922222222", _SHEEP, address="某某村", day="2026-08-08")


def table(folder: Path, *petitions: Sequence[str], header: Sequence[str] = HEADER) -> Path:
    return write_csv(folder / "台账.csv", [header, *petitions])


def in_order(*places: int, **cells: str) -> Callable[[Sheet], None]:
    """The rows in another order, the second changed."""

    def change(sheet: Sheet) -> None:
        sheet[1].update(cells)
        sheet[:] = [sheet[at] for at in places]

    return change


def remarks(store: Store, receipt: Receipt) -> list[tuple[RowOutcome, str | None, str]]:
    rows = receipt_rows(store, receipt.id, remarked=True)
    return [(one.outcome, one.problem.column, one.problem.reason[: len(_STAYS)]) for one in rows if one.problem]


def told(raw: RawDocument) -> tuple[object, ...]:
    return raw.external_key, raw.petitioner.name, raw.petitioner.address, raw.published_at, raw.text


def test_ditto_below_a_row_whose_matter_was_mended_stays_and_that_is_said(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, _ABOVE, _BELOW), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 概况信息=f"{_FIRE}三孔窑洞烧毁。")), clock)

    assert counts(again) == (0, 1, 1, 0)
    assert remarks(store, again) == [(RowOutcome.DUPLICATE, "概况信息", _STAYS)]


def test_ditto_that_was_written_out_since_is_said_no_more(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, _ABOVE, _BELOW), clock)
    mended = f"{_FIRE}三孔窑洞烧毁。"
    above = setting(0, 概况信息=mended)
    deliver(
        store,
        given_out(store, first, tmp_path, lambda sheet: [above(sheet), setting(1, 概况信息=mended)(sheet)]),
        clock,
    )

    again = deliver(store, given_out(store, first, tmp_path, above), clock)

    assert [reason for _, _, reason in remarks(store, again) if reason == _STAYS] == []


def test_ditto_whose_row_above_stands_as_it_was_is_not_spoken_of(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, _ABOVE, _BELOW, _OTHER), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13933333333")), clock)

    assert counts(again) == (0, 1, 2, 0)
    assert remarks(store, again) == []


def test_ditto_that_was_sorted_below_another_row_stays_and_that_is_said(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, _ABOVE, _BELOW, _OTHER), clock)

    again = deliver(store, given_out(store, first, tmp_path, in_order(2, 1, 0)), clock)

    assert counts(again) == (0, 0, 3, 0)
    assert [(outcome, reason) for outcome, _, reason in remarks(store, again)] == [(RowOutcome.DUPLICATE, _STAYS)]


def test_a_changed_row_below_another_one_takes_nothing_from_it(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, _ABOVE, _BELOW, _OTHER), clock)
    change = in_order(2, 1, 0, 联系电话="13933333333")

    again = deliver(store, given_out(store, first, tmp_path, change), clock)

    now = record(store, again, 1)
    assert counts(again) == (0, 1, 2, 0)
    assert told(now) == told(record(store, first, 1))
    assert now.petitioner.phone == "13933333333"
    assert [(outcome, reason) for outcome, _, reason in remarks(store, again)] == [(RowOutcome.CORRECTED, _STAYS)]


def test_a_name_and_a_number_that_say_ditto_are_not_those_of_another_row(
    store: Store, tmp_path: Path, clock: FakeClock
):
    second = petition("同上", "同上", "13911111111", "低保停发, 请求恢复。")
    first = deliver(store, table(tmp_path, _ABOVE, second, _OTHER), clock)
    change = in_order(2, 1, 0, 概况信息="低保停发半年, 请求恢复。")

    again = deliver(store, given_out(store, first, tmp_path, change), clock)

    was, now = record(store, first, 1), record(store, again, 1)
    assert counts(again) == (0, 1, 2, 0)
    assert (now.external_key, now.petitioner.name) == (was.external_key, "张三")


def test_ditto_that_is_written_out_is_what_it_says(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, _ABOVE, _BELOW), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(1, 概况信息=f"{_FIRE}粮食烧光。")), clock)

    assert counts(again) == (0, 1, 1, 0)
    assert record(store, again, 1).text == f"{_FIRE}粮食烧光。"


def test_an_unchanged_ditto_beside_a_changed_cell_of_the_same_matter_is_refused(
    store: Store, tmp_path: Path, clock: FakeClock
):
    header = [*HEADER, "具体诉求"]
    rows = ([*_ABOVE, "请求发放救济款。"], [*_BELOW, "请求安排住处。"])
    first = deliver(store, table(tmp_path, *rows, header=header), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(1, 具体诉求="请求安排临时住处。")), clock)

    assert counts(again) == (0, 0, 1, 1)
    assert [(one.column, "写全" in one.reason) for one in problems(store, again)] == [("概况信息", True)]


def test_the_village_above_the_rows_stays_that_of_a_changed_row(store: Store, tmp_path: Path, clock: FakeClock):
    line = petition("A", "张三", "13800000000", address="三组")
    first = deliver(store, write_xlsx(tmp_path / "台账.xlsx", [HEADER, ("某某庄村",), line]), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 联系电话="13933333333")), clock)

    assert record(store, first).petitioner.address == "某某庄村三组"
    assert record(store, again).petitioner.address == "某某庄村三组"
    assert counts(again) == (0, 1, 0, 0)


def test_an_address_that_was_mended_is_what_it_says(store: Store, tmp_path: Path, clock: FakeClock):
    line = petition("A", "张三", "13800000000", address="三组")
    first = deliver(store, write_xlsx(tmp_path / "台账.xlsx", [HEADER, ("某某庄村",), line]), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 住址="某家峁村二组")), clock)

    assert record(store, again).petitioner.address == "某家峁村二组"


def test_zeros_that_a_table_program_took_from_a_number_make_no_second_petition(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, petition("0012", "张三", "13800000000")), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 信访件编号="12")), clock)

    assert (counts(again), rows_of(store, again)[0].document_id) == ((0, 0, 1, 0), record(store, first).id)


def test_another_number_with_the_same_figures_at_its_end_is_another(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition("2026012", "张三", "13800000000")), clock)

    again = deliver(store, given_out(store, first, tmp_path, setting(0, 信访件编号="12")), clock)

    assert counts(again) == (1, 0, 0, 0)
