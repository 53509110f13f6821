"""Receipts of delivered files."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.deliveries.receipt import Origin, ReceiptId, ReceiptState, RowOutcome, Way
from domain.failures.errors import DatabaseBusy
from storage.deliveries.receipts import NO_CHAIN
from storage.schema import upgrade
from storage.store import Store, open_store
from tests.conftest import KEY
from tests.fakes import NOON
from tests.storage.receipts import CLERK, PROBLEM, accepted, keep_receipt, rejected


def test_a_receipt_and_its_rows_come_back_as_they_were(store: Store):
    rows = [accepted(0), rejected(1), replace(rejected(2), outcome=RowOutcome.WARNED, fields={})]
    with store.unit_of_work() as work:
        kept = keep_receipt(work, *rows)

        assert work.receipts.get(kept.id) == kept
        assert work.receipts.rows(kept.id) == rows
        assert work.receipts.get("0" * 16) is None


def test_rows_are_read_page_by_page_and_by_outcome(store: Store):
    with store.unit_of_work() as work:
        kept = keep_receipt(work, *(accepted(n) for n in range(4)), rejected(4))

        first = work.receipts.rows(kept.id, limit=2)
        second = work.receipts.rows(kept.id, after=first[-1].position, limit=2)

        assert [row.position for row in first + second] == [0, 1, 2, 3]
        assert [row.position for row in work.receipts.rows(kept.id, outcomes=[RowOutcome.REJECTED])] == [4]


def test_the_newest_receipt_stands_first(store: Store):
    other = Origin(way=Way.DROP_FOLDER, who="克虎镇")
    with store.unit_of_work() as work:
        for number, origin in enumerate((CLERK, other, CLERK)):
            keep_receipt(work, receipt_id=f"{number:016x}", file=f"{number}.xlsx", origin=origin)

        newest = work.receipts.recent(2)
        assert [one.file for one in newest] == ["2.xlsx", "1.xlsx"]
        assert [one.file for one in work.receipts.recent(2, before=newest[-1].id)] == ["0.xlsx"]


def test_only_one_process_goes_on_with_a_receipt(store: Store):
    with store.unit_of_work() as work:
        begun = replace(keep_receipt(work, accepted(0)), id=ReceiptId("a" * 16), state=ReceiptState.UNDER_WAY)
        work.receipts.append(begun, [accepted(0)], chain_before=NO_CHAIN, chain="c1")
        work.receipts.append(begun, [accepted(1)], chain_before="c1", chain="c2")

        with pytest.raises(DatabaseBusy):
            work.receipts.append(begun, [accepted(1)], chain_before="c1", chain="c2")


def test_neither_values_nor_names_of_files_are_readable_in_the_database(tmp_path: Path):
    database = tmp_path / "receipts.db"
    upgrade(f"sqlite:///{database}", KEY)
    store = open_store(f"sqlite:///{database}", KEY)
    with store.unit_of_work() as work:
        keep_receipt(work, rejected(0), file="张三的来信.docx")
        work.commit()
    store.close()

    stored = b"".join(file.read_bytes() for file in tmp_path.glob("receipts.db*"))
    for secret in (PROBLEM.value, "张三的来信", "登记日期", "Sheet1"):
        assert secret.encode() not in stored


def test_a_mail_is_remembered_by_a_fingerprint(store: Store):
    with store.unit_of_work() as work:
        work.receipts.remember_mail("<1@office.example>", NOON)
        work.receipts.remember_mail("<1@office.example>", NOON)

        assert work.receipts.knows_mail("<1@office.example>")
        assert not work.receipts.knows_mail("<2@office.example>")
