"""Files on their way in: one outcome a row, once, whatever happens in between."""

import gc
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.clock import china_date
from domain.deliveries.receipt import Origin, Receipt, ReceiptState, RowOutcome, Way
from domain.failures.errors import DatabaseBusy, FileError
from importers.entries import Accepted, Entry, PetitionRecord
from pipeline.deliveries import import_petitions as module
from pipeline.deliveries.claims import new_delivery
from pipeline.deliveries.delivery import BATCH_ROWS
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.receipt_record import receipt_json, receipt_rows, receipt_sentence
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import raw
from tests.fakes import FakeClock
from tests.importers.office_files import COUNTY, HEADER, row, write_csv, write_xlsx

CLERK = Origin(way=Way.UPLOAD, who="clerk")
OTHER = Origin(way=Way.DROP_FOLDER, who="克虎镇")


class PowerCut(BaseException):
    """The process is gone."""


def deliver(store: Store, path: Path, clock: FakeClock, origin: Origin = CLERK) -> Receipt:
    return import_petitions(store, path, county=COUNTY, clock=clock, origin=origin)


def numbers(receipt: Receipt) -> tuple[int, int, int, int]:
    return (
        receipt.count(RowOutcome.ACCEPTED),
        receipt.count(RowOutcome.CORRECTED),
        receipt.count(RowOutcome.DUPLICATE),
        receipt.count(RowOutcome.REJECTED),
    )


def documents(store: Store) -> int:
    with store.reading() as work:
        return work.raw.count()


def long_file(path: Path, rows: int = 2 * BATCH_ROWS + 7) -> Path:
    texts = [row(f"X{number}", f"第{number}户反映药费负担不起。") for number in range(rows)]
    return write_csv(path, [HEADER, *texts])


@contextmanager
def power_cut_after(monkeypatch: pytest.MonkeyPatch, commits: int) -> Iterator[None]:
    """The power fails right after so many commits, somewhere inside this block."""
    original, left = UnitOfWork.commit, [commits]

    def commit_and_die(self: UnitOfWork) -> None:
        original(self)
        left[0] -= 1
        if left[0] <= 0:
            raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "commit", commit_and_die)
        with pytest.raises(PowerCut):
            yield


def test_the_same_file_twice_adds_nothing_and_says_that_it_was_here(store: Store, tmp_path: Path, clock: FakeClock):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("A"), row("B", day="2026-13-40"), row("C")])

    first, second = deliver(store, path, clock), deliver(store, path, clock, OTHER)

    assert (numbers(first), numbers(second)) == ((2, 0, 0, 1), (0, 0, 2, 1))
    assert (first.earlier_id, second.earlier_id) == (None, first.id)
    assert (first.origin, second.origin) == (CLERK, OTHER)
    assert documents(store) == 2


def test_a_corrected_row_becomes_a_version_of_the_one_it_corrects(store: Store, tmp_path: Path, clock: FakeClock):
    deliver(store, write_xlsx(tmp_path / "一.xlsx", [HEADER, row("A"), row("B")]), clock)

    receipt = deliver(store, write_xlsx(tmp_path / "二.xlsx", [HEADER, row("A", phone="13900000000"), row("B")]), clock)

    assert numbers(receipt) == (0, 1, 1, 0)
    assert receipt.accepted == 1
    with store.reading() as work:
        [corrected] = work.receipts.rows(receipt.id, outcomes=[RowOutcome.CORRECTED])
        assert corrected.document_id is not None
        assert corrected.earlier_id is not None
        assert work.raw.get(corrected.document_id).petitioner.phone == "13900000000"
        assert work.raw.get(corrected.earlier_id).petitioner.phone == "13800000000"


def test_a_phone_that_is_mended_corrects_the_record_also_without_a_number(
    store: Store, tmp_path: Path, clock: FakeClock
):
    deliver(store, write_xlsx(tmp_path / "一.xlsx", [HEADER[1:], row("", phone="1.38E+10")[1:]]), clock)

    receipt = deliver(store, write_xlsx(tmp_path / "二.xlsx", [HEADER[1:], row("")[1:]]), clock)

    assert numbers(receipt) == (0, 1, 0, 0)
    assert documents(store) == 2


def test_another_persons_petition_under_a_known_number_is_told_beside_the_correction(
    store: Store, tmp_path: Path, clock: FakeClock
):
    deliver(store, write_xlsx(tmp_path / "一.xlsx", [HEADER, row("901")]), clock)
    number, _, *others, _ = row("901")

    receipt = deliver(
        store, write_xlsx(tmp_path / "二.xlsx", [HEADER, (number, "李四", *others, "反映村里停水。")]), clock
    )

    printed = json.loads("".join(receipt_json(store, receipt)))
    with store.reading() as work:
        [corrected] = work.receipts.rows(receipt.id, outcomes=[RowOutcome.CORRECTED])
    assert numbers(receipt) == (0, 1, 0, 0)
    assert [(one["row"], one["value"]) for one in printed["warnings"]] == [(2, "901")]
    assert f"接收的记录 {corrected.earlier_id} 相同, 信访人和内容却都不同" in printed["warnings"][0]["reason"]
    assert receipt.count(RowOutcome.WARNED) == 1
    assert "更正1条), 重复0条, 退回0条, 提示1条" in receipt_sentence(receipt)


def test_a_receipt_names_the_record_of_which_a_row_is_a_new_version(store: Store, tmp_path: Path, clock: FakeClock):
    first = deliver(store, write_xlsx(tmp_path / "一.xlsx", [HEADER, row("A"), row("B")]), clock)
    receipt = deliver(store, write_xlsx(tmp_path / "二.xlsx", [HEADER, row("B", "反映又住了院。"), row("A")]), clock)

    printed = json.loads("".join(receipt_json(store, receipt)))

    [before] = [one for one in receipt_rows(store, first.id) if one.row == 3]
    [after] = receipt_rows(store, receipt.id, [RowOutcome.CORRECTED])
    assert [(one["row"], one["document_id"], one["corrects"]) for one in printed["corrects"]] == [
        (2, after.document_id, before.document_id)
    ]
    assert json.loads("".join(receipt_json(store, first)))["corrects"] == []


def test_a_register_without_its_numbers_adds_nothing_to_the_one_with_them(
    store: Store, tmp_path: Path, clock: FakeClock
):
    rows = [row("A"), row("B", "反映窑洞裂缝，下雨天不敢住。")]
    deliver(store, write_xlsx(tmp_path / "一.xlsx", [HEADER, *rows]), clock)

    without = deliver(store, write_xlsx(tmp_path / "二.xlsx", [HEADER[1:], *(one[1:] for one in rows)]), clock)

    assert numbers(without) == (0, 0, 2, 0)
    assert documents(store) == 2
    assert without.count(RowOutcome.WARNED) == 3
    said = json.loads("".join(receipt_json(store, without)))["warnings"][1:]
    assert [one["value"] for one in said] == ["A", "B"]
    assert {one["reason"] for one in said} == {"与这个编号的一件内容完全相同, 没有再收; 是另一件的请补填编号后重新提交"}


def test_two_clerks_at_once_with_and_without_the_numbers_make_no_record_twice(
    stores: list[Store], tmp_path: Path, clock: FakeClock
):
    rows = [row(f"X{number}", f"第{number}户反映药费负担不起。") for number in range(2 * BATCH_ROWS)]
    files = [
        write_csv(tmp_path / "有编号.csv", [HEADER, *rows]),
        write_csv(tmp_path / "没有编号.csv", [HEADER[1:], *(one[1:] for one in rows)]),
    ]

    with ThreadPoolExecutor() as pool:
        receipts = list(pool.map(lambda store, path: deliver(store, path, clock, CLERK), stores, files))

    assert sum(one.count(RowOutcome.ACCEPTED) for one in receipts) == len(rows)
    assert sum(one.count(RowOutcome.CORRECTED) + one.count(RowOutcome.DUPLICATE) for one in receipts) == len(rows)


def test_a_row_that_several_numbers_stand_for_says_so(store: Store, tmp_path: Path, clock: FakeClock):
    deliver(store, write_xlsx(tmp_path / "一.xlsx", [HEADER, row("A"), row("B")]), clock)

    receipt = deliver(store, write_xlsx(tmp_path / "二.xlsx", [HEADER[1:], row("")[1:]]), clock)

    assert numbers(receipt) == (1, 0, 0, 0)
    assert "分不清是哪一件" in remarks(store, receipt)[-1]


def remarks(store: Store, receipt: Receipt) -> list[str]:
    return [one["reason"] for one in json.loads("".join(receipt_json(store, receipt)))["warnings"]]


def test_a_row_that_says_what_was_corrected_since_is_a_repeat_with_a_remark_and_its_advice_works(
    store: Store, tmp_path: Path, clock: FakeClock
):
    said, other = "反映药费负担不起。", "反映已经出院。"
    deliver(store, write_xlsx(tmp_path / "一.xlsx", [HEADER, row("A", said)]), clock)
    clock.move(days=1)
    latest = deliver(store, write_xlsx(tmp_path / "二.xlsx", [HEADER, row("A", other)]), clock)

    old = deliver(store, write_xlsx(tmp_path / "三.xlsx", [HEADER, row("A", said)]), clock)
    back = deliver(store, write_xlsx(tmp_path / "四.xlsx", [HEADER, row("A", f"{said}以这一版为准")]), clock)

    day = china_date(latest.received_at).isoformat()
    assert numbers(old) == (0, 0, 1, 0)
    assert old.count(RowOutcome.WARNED) == 1
    assert remarks(store, old) == [
        f"与较早的一版相同, 没有改动; 现在用的是{day}收到的更正; 要改回这一版, "
        "请在内容末尾写明「以这一版为准」后重新提交"
    ]
    assert numbers(back) == (0, 1, 0, 0)


def test_without_a_number_the_old_version_is_told_without_a_way_back_that_would_make_another_record(
    store: Store, tmp_path: Path, clock: FakeClock
):
    header = HEADER[1:]
    deliver(store, write_xlsx(tmp_path / "一.xlsx", [header, row("", phone="13800000000")[1:]]), clock)
    deliver(store, write_xlsx(tmp_path / "二.xlsx", [header, row("", phone="13900000000")[1:]]), clock)

    old = deliver(store, write_xlsx(tmp_path / "三.xlsx", [header, row("", phone="13800000000")[1:]]), clock)

    assert numbers(old) == (0, 0, 1, 0)
    assert remarks(store, old)[-1].endswith("收到的更正, 更正不对的请告诉管理员")


def test_a_file_with_remarks_beside_its_outcomes_goes_on_where_it_was_cut_off(
    store: Store, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    names = [f"X{number}" for number in range(BATCH_ROWS + 7)]
    deliver(store, write_csv(tmp_path / "一.csv", [HEADER, *(row(one) for one in names)]), clock)
    others = [(number, "李四", *rest, "反映村里停水。") for number, _, *rest, _ in map(row, names)]
    path = write_csv(tmp_path / "二.csv", [HEADER, *others])
    with power_cut_after(monkeypatch, 1):
        deliver(store, path, clock)

    receipt = deliver(store, path, clock)

    assert numbers(receipt) == (0, len(names), 0, 0)
    assert receipt.count(RowOutcome.WARNED) == len(names)
    assert [one.position for one in receipt_rows(store, receipt.id)] == list(range(len(names)))
    with store.reading() as work:
        assert len(work.receipts.recent(9)) == 2


@pytest.mark.parametrize("commits", [1, 2])
def test_a_file_that_was_cut_off_goes_on_where_it_stopped(
    store: Store, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, commits: int
):
    path = long_file(tmp_path / "台账.csv")
    with power_cut_after(monkeypatch, commits):
        deliver(store, path, clock)
    with store.reading() as work:
        [broken_off] = work.receipts.recent(5)
    clock.move(hours=3)

    receipt = deliver(store, path, clock, OTHER)

    assert (broken_off.state, broken_off.accepted) == (ReceiptState.UNDER_WAY, commits * BATCH_ROWS)
    assert (receipt.id, receipt.received_at, receipt.origin) == (broken_off.id, broken_off.received_at, OTHER)
    assert numbers(receipt) == (2 * BATCH_ROWS + 7, 0, 0, 0)
    assert documents(store) == 2 * BATCH_ROWS + 7
    rows = list(receipt_rows(store, receipt.id))
    assert [one.position for one in rows] == list(range(len(rows)))
    assert len({one.document_id for one in rows}) == len(rows)


def test_whoever_waits_is_told_how_much_of_the_file_is_read(store: Store, tmp_path: Path, clock: FakeClock):
    path = long_file(tmp_path / "台账.csv", rows=6 * BATCH_ROWS)
    shares: list[float] = []

    receipt = import_petitions(store, path, county=COUNTY, clock=clock, origin=CLERK, far=shares.append)

    assert numbers(receipt)[0] == 6 * BATCH_ROWS
    assert shares == sorted(shares)
    assert 0 < shares[0] < 1
    assert 0.5 < shares[-1] <= 1


def test_a_file_that_is_still_being_imported_is_not_taken_over(store: Store, tmp_path: Path, clock: FakeClock):
    path = long_file(tmp_path / "台账.csv")
    seen: list[Receipt] = []

    def second_clerk_comes(_kept: int) -> None:
        if not seen:
            seen.append(deliver(store, path, clock, OTHER))

    first = import_petitions(store, path, county=COUNTY, clock=clock, origin=CLERK, progress=second_clerk_comes)

    [second] = seen
    total = 2 * BATCH_ROWS + 7
    assert first.id != second.id
    assert numbers(first)[0] + numbers(second)[0] == total
    assert numbers(first)[2] + numbers(second)[2] == total
    assert documents(store) == total


def test_a_cut_off_file_that_now_reads_differently_begins_again_and_both_receipts_say_so(
    store: Store, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    path = long_file(tmp_path / "台账.csv")
    with power_cut_after(monkeypatch, 1):
        deliver(store, path, clock)

    original = module.open_petitions

    @contextmanager
    def backwards(*args: object, **keywords: object) -> Iterator[object]:
        with original(*args, **keywords) as reading:  # type: ignore[arg-type]
            entries = list(reading)
            reading.delivered = iter(entries[::-1])
            yield reading

    monkeypatch.setattr(module, "open_petitions", backwards)
    receipt = deliver(store, path, clock)

    with store.reading() as work:
        newest, broken_off = work.receipts.recent(5)
    assert newest.id == receipt.id
    assert (broken_off.state, broken_off.accepted) == (ReceiptState.FAILED, BATCH_ROWS)
    assert "从头导入" in broken_off.failure
    assert numbers(receipt) == (BATCH_ROWS + 7, 0, BATCH_ROWS, 0)


def test_a_file_that_breaks_in_the_middle_keeps_what_was_read(
    store: Store, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    path = long_file(tmp_path / "台账.csv")
    original = module.open_petitions

    @contextmanager
    def broken(*args: object, **keywords: object) -> Iterator[object]:
        with original(*args, **keywords) as reading:  # type: ignore[arg-type]
            entries = list(reading)[:3]

            def until_it_breaks() -> Iterator[Entry]:
                yield from entries
                raise FileError("台账.csv 第5行: 读不下去")

            reading.delivered = until_it_breaks()
            yield reading

    monkeypatch.setattr(module, "open_petitions", broken)

    with pytest.raises(FileError, match=r"第5行.*见回执"):
        deliver(store, path, clock)

    with store.reading() as work:
        [receipt] = work.receipts.recent(5)
    assert (receipt.state, receipt.accepted, receipt.failure) == (ReceiptState.FAILED, 3, "台账.csv 第5行: 读不下去")
    assert documents(store) == 3


def test_a_file_that_cannot_be_read_at_all_leaves_no_receipt(store: Store, tmp_path: Path, clock: FakeClock):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"x")

    with pytest.raises(FileError):
        deliver(store, path, clock)

    with store.reading() as work:
        assert work.receipts.recent(5) == []


def test_a_busy_database_is_tried_again(
    store: Store, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    original, refusals = UnitOfWork.commit, [3]

    def busy_at_first(self: UnitOfWork) -> None:
        if refusals[0]:
            refusals[0] -= 1
            raise DatabaseBusy("数据库正被占用")
        original(self)

    monkeypatch.setattr(UnitOfWork, "commit", busy_at_first)

    receipt = deliver(store, write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("A")]), clock)

    assert numbers(receipt) == (1, 0, 0, 0)
    assert documents(store) == 1


def test_a_batch_whose_commit_was_not_answered_is_not_kept_twice(
    store: Store, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    original, unanswered = UnitOfWork.commit, [2]

    def commit_without_an_answer(self: UnitOfWork) -> None:
        original(self)
        if unanswered[0]:
            unanswered[0] -= 1
            raise DatabaseBusy("数据库正被占用")

    monkeypatch.setattr(UnitOfWork, "commit", commit_without_an_answer)

    receipt = deliver(store, long_file(tmp_path / "台账.csv"), clock)

    total = 2 * BATCH_ROWS + 7
    assert (receipt.state, numbers(receipt)) == (ReceiptState.FINISHED, (total, 0, 0, 0))
    assert [one.position for one in receipt_rows(store, receipt.id)] == list(range(total))
    assert documents(store) == total


@dataclass(frozen=True)
class Line:
    number: int
    version: int


lines = st.builds(Line, st.integers(0, 4), st.integers(0, 2))
files = st.lists(st.lists(lines, min_size=1, max_size=6), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(delivered=files)
def test_in_whatever_order_and_however_often_files_come_every_content_is_in_once(
    sqlite_store: Store, clock: FakeClock, delivered: Sequence[Sequence[Line]]
):
    source = f"register-{documents(sqlite_store)}"
    seen: set[Line] = set()
    before = documents(sqlite_store)
    for file in delivered:
        records = [
            raw(f"N{line.number}", f"第{line.version}版", source=source, received_at=clock.now()) for line in file
        ]
        entries = [
            Accepted(PetitionRecord(sheet="", row=place, raw=record)) for place, record in enumerate(records, start=2)
        ]
        with new_delivery(sqlite_store, "a.csv", "0", CLERK, clock=clock, progress=lambda _count: None) as delivery:
            receipt = delivery.take_in(entries)
        new = list(dict.fromkeys(line for line in file if line not in seen))
        first = [
            line for place, line in enumerate(new) if line.number not in {one.number for one in seen | {*new[:place]}}
        ]
        assert numbers(receipt) == (len(first), len(new) - len(first), len(file) - len(new), 0)
        seen |= {*file}
    assert documents(sqlite_store) - before == len(seen)


def test_a_number_filled_in_later_makes_a_version_and_never_a_second_record(
    sqlite_store: Store, clock: FakeClock, tmp_path: Path
) -> None:
    text = "反映家中老人长期住院，药费负担不起。"
    without = write_csv(tmp_path / "一.csv", [HEADER, row("", text), row("X9", text)])
    filled = write_csv(tmp_path / "二.csv", [HEADER, row("X8", text), row("X9", text)])

    assert numbers(deliver(sqlite_store, without, clock))[:3] == (1, 1, 0)
    assert numbers(deliver(sqlite_store, filled, clock))[:3] == (1, 0, 1)
    assert numbers(deliver(sqlite_store, filled, clock))[:3] == (0, 0, 2)
    assert numbers(deliver(sqlite_store, without, clock))[:3] == (0, 0, 2)


def test_another_office_gives_no_number_to_our_record(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> None:
    deliver(sqlite_store, write_csv(tmp_path / "一.csv", [HEADER, row("")]), clock, CLERK)
    other = replace(CLERK, office="141124105")

    assert numbers(deliver(sqlite_store, write_csv(tmp_path / "二.csv", [HEADER, row("X1")]), clock, other))[0] == 1
    assert numbers(deliver(sqlite_store, write_csv(tmp_path / "三.csv", [HEADER, row("X2")]), clock))[1] == 1


def test_the_garbage_collector_gets_everything_back_however_an_import_ends(
    sqlite_store: Store, tmp_path: Path, clock: FakeClock
):
    deliver(sqlite_store, write_csv(tmp_path / "台账.csv", [HEADER, row()]), clock)
    assert gc.get_freeze_count() == 0

    with pytest.raises(FileError):
        deliver(sqlite_store, write_csv(tmp_path / "别的.csv", [("甲", "乙"), ("1", "2")]), clock)
    assert gc.get_freeze_count() == 0
