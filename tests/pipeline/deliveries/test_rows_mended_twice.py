"""Rows that were refused, mended and taken in, and mended once more in a workbook that still calls them refused."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from domain.deliveries.receipt import RowOutcome
from pipeline.deliveries.returned_rows import ReturnedRows
from storage.store import Store, open_store
from tests.conftest import KEY
from tests.fakes import FakeClock
from tests.importers.office_files import HEADER, write_csv
from tests.pipeline.deliveries.test_returned_rows import (
    Sheet,
    counts,
    deliver,
    given_out,
    record,
    rows_of,
    setting,
)

_WITHOUT_NUMBER = HEADER[1:]
_FIRE = "家中失火, 请求救助。"
_SHEEP = "邻居的羊吃了我家地里的玉米苗, 多次找村里调解没有结果, 盼望上级派人来看一看。"
_LONGER = f"{_FIRE}共烧毁三孔窑洞。"
_MENDED = {"信访日期": "2026-09-05"}


def petition(
    name: str = "张三", phone: str = "13800000000", day: str = "2026-13-40", text: str = _FIRE
) -> Sequence[str]:
    return (name, phone, "", "克虎镇", day, "求决", "民政/社会救助", text)


def table(folder: Path, *petitions: Sequence[str], header: Sequence[str] = _WITHOUT_NUMBER) -> Path:
    return write_csv(folder / "台账.csv", [header, *petitions])


def both(*changes: Callable[[Sheet], object]) -> Callable[[Sheet], object]:
    return lambda sheet: [change(sheet) for change in changes]


@pytest.mark.parametrize(
    "again", [{"联系电话": "13911111111"}, {"信访日期": "2026-09-06"}, {"概况信息": f"{_FIRE}共烧毁三孔窑洞。"}]
)
def test_a_refused_row_mended_twice_in_the_first_workbook_is_one_petition(
    store: Store, tmp_path: Path, clock: FakeClock, again: dict[str, str]
):
    first = deliver(store, table(tmp_path, petition()), clock)

    second = deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)
    third = deliver(store, given_out(store, first, tmp_path, setting(0, **(_MENDED | again))), clock)
    told = setting(0, **(_MENDED | again), 回执说明="已改")
    once_more = deliver(store, given_out(store, first, tmp_path, told), clock)

    assert [counts(one) for one in (first, second, third, once_more)] == [
        (0, 0, 0, 1),
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (0, 0, 1, 0),
    ]
    assert rows_of(store, third)[0].earlier_id == record(store, second).id


def test_a_third_mending_corrects_the_second(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition()), clock)
    changes = [setting(0, **_MENDED, 概况信息=text) for text in (_FIRE, _LONGER, f"{_LONGER}望解决。")]

    receipts = [deliver(store, given_out(store, first, tmp_path, change), clock) for change in changes]

    assert [counts(one) for one in receipts] == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 1, 0, 0)]
    assert rows_of(store, receipts[2])[0].earlier_id == record(store, receipts[1]).id


def test_what_was_refused_twice_is_one_row_in_either_workbook(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition()), clock)
    second = deliver(store, given_out(store, first, tmp_path, setting(0, 信访日期="2026-13-41")), clock)

    third = deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)
    change = setting(0, **_MENDED, 概况信息=_LONGER)
    fourth = deliver(store, given_out(store, second, tmp_path, change), clock)
    change = setting(0, **_MENDED, 概况信息=f"{_LONGER}望解决。")
    fifth = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert [counts(one) for one in (second, third, fourth, fifth)] == [
        (0, 0, 0, 1),
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (0, 1, 0, 0),
    ]


def test_a_row_mended_by_a_blank_alone_is_mended_again(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition(day="2026-09-0 5")), clock)

    second = deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)
    same = deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED, 回执说明="改")), clock)
    change = setting(0, **_MENDED, 概况信息=_LONGER)
    third = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert [counts(one) for one in (second, same, third)] == [(1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0)]


def test_a_row_that_gets_its_number_with_the_second_mending_is_the_same(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, ("", *petition()), header=HEADER), clock)

    second = deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)
    third = deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED, 信访件编号="A7")), clock)

    assert [counts(one) for one in (second, third)] == [(1, 0, 0, 0), (0, 1, 0, 0)]


def test_the_first_workbook_as_it_was_is_refused_after_its_row_was_mended(
    store: Store, tmp_path: Path, clock: FakeClock
):
    first = deliver(store, table(tmp_path, petition()), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)

    assert counts(deliver(store, given_out(store, first, tmp_path), clock)) == (0, 0, 0, 1)


def test_a_day_that_has_come_since_takes_nothing_back_from_what_was_mended(
    store: Store, tmp_path: Path, clock: FakeClock
):
    day = f"{clock.now() + timedelta(days=3):%Y-%m-%d}"
    first = deliver(store, table(tmp_path, petition(day=day)), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)

    again = deliver(store, given_out(store, first, tmp_path), FakeClock(clock.now() + timedelta(days=30)))

    assert counts(again) == (0, 0, 0, 1)


def test_another_petition_over_a_row_that_was_mended_is_one_of_its_own(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition()), clock)
    deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)
    other = {"姓名": "李四", "联系电话": "13911111111", "信访日期": "2026-10-09", "概况信息": _SHEEP}

    second = deliver(store, given_out(store, first, tmp_path, setting(0, **other)), clock)
    change = setting(0, **_MENDED, 概况信息=f"{_LONGER}望解决。")
    third = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert [counts(one) for one in (second, third)] == [(1, 0, 0, 0), (0, 1, 0, 0)]


def test_a_mended_copy_of_a_refused_row_is_one_of_its_own(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition()), clock)

    def copied(sheet: Sheet) -> None:
        sheet.append({**sheet[0], "信访日期": "2026-10-09", "概况信息": _SHEEP})

    second = deliver(store, given_out(store, first, tmp_path, both(copied, setting(0, **_MENDED))), clock)
    change = both(copied, setting(0, **_MENDED, 概况信息=_LONGER))
    third = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert [counts(one) for one in (second, third)] == [(2, 0, 0, 0), (0, 1, 1, 0)]


def test_what_a_mended_row_repeated_is_corrected_by_the_next_mending(store: Store, tmp_path: Path, clock: FakeClock):
    known = deliver(store, write_csv(tmp_path / "旧.csv", [_WITHOUT_NUMBER, petition(day="2026-09-05")]), clock)
    first = deliver(store, table(tmp_path, petition()), clock)

    second = deliver(store, given_out(store, first, tmp_path, setting(0, **_MENDED)), clock)
    change = setting(0, **_MENDED, 概况信息=_LONGER)
    third = deliver(store, given_out(store, first, tmp_path, change), clock)

    assert [counts(one) for one in (second, third)] == [(0, 0, 1, 0), (0, 1, 0, 0)]
    assert rows_of(store, third)[0].earlier_id == record(store, known).id


def test_a_row_is_known_after_its_receipts_were_emptied(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, table(tmp_path, petition()), clock)
    book = given_out(store, first, tmp_path, setting(0, **_MENDED, 概况信息=_LONGER))
    (tmp_path / "b").mkdir()
    deliver(store, given_out(store, first, tmp_path / "b", setting(0, **_MENDED)), clock)
    with store.unit_of_work() as work:
        work.retention.empty_receipts(work.retention.receipts_before(clock.now().replace(year=2027), 10))
        work.commit()

    assert counts(deliver(store, book, clock)) == (0, 1, 0, 0)


@pytest.mark.parametrize("texts", [(_FIRE, _FIRE), (_LONGER, f"{_LONGER}望解决。")])
def test_two_who_mend_a_row_at_the_same_moment_make_one_petition(
    store: Store,
    database_url: str,
    tmp_path: Path,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    texts: tuple[str, str],
):
    first = deliver(store, table(tmp_path, petition()), clock)
    books = []
    for number, text in enumerate(texts):
        (tmp_path / f"{number}").mkdir()
        change = setting(0, **_MENDED, 概况信息=text)
        books.append(given_out(store, first, tmp_path / f"{number}", change))
    among, both_know = ReturnedRows.among, Barrier(2)

    def together(rows: ReturnedRows, *asked: Any) -> Any:
        known = among(rows, *asked)
        with suppress(BrokenBarrierError):
            both_know.wait(timeout=1)
        return known

    monkeypatch.setattr(ReturnedRows, "among", together)
    other = open_store(database_url, KEY)

    with ThreadPoolExecutor() as both_at_once:
        receipts = list(both_at_once.map(lambda at: deliver((store, other)[at], books[at], clock), range(2)))
    other.close()

    assert sum(one.count(RowOutcome.ACCEPTED) for one in receipts) == 1
    assert sum(one.count(RowOutcome.CORRECTED) for one in receipts) == (texts[0] != texts[1])
