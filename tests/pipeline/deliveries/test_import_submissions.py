"""Importing what was handed in: beside the pages, again after a restart, once."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.deliveries.receipt import Origin, Receipt, Way
from domain.deliveries.submission import Submission, SubmissionState
from domain.failures.errors import DatabaseBusy
from pipeline.deliveries.import_submissions import CLAIM_SECONDS, Progress, SubmissionImports, SubmissionWorker
from storage.store import Store
from tests.factories import TOWN
from tests.fakes import NOON, FakeClock
from tests.review.receiving import register, submission_imports

ID = "a" * 32


@pytest.fixture
def imports(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> SubmissionImports:
    return submission_imports(sqlite_store, clock, tmp_path / "uploads")


def hand_in(
    imports: SubmissionImports, content: bytes, state: SubmissionState = SubmissionState.QUEUED, name: str = ID
) -> None:
    path = imports.held.reserve(name, "登记表.xlsx")
    path.write_bytes(content)
    made = Submission(
        id=name,
        origin=Origin(way=Way.UPLOAD, who="clerk"),
        region=TOWN,
        file=path.name,
        size=len(content),
        state=state,
        created_at=NOON,
        changed_at=NOON,
    )
    with imports.store.unit_of_work() as work:
        work.submissions.add(made)
        work.commit()


def found(imports: SubmissionImports, name: str = ID) -> Submission:
    with imports.store.reading() as work:
        submission = work.submissions.get(name)
    assert submission is not None
    return submission


def test_what_is_queued_is_imported_and_its_file_deleted(imports: SubmissionImports):
    hand_in(imports, register())

    assert imports.import_all() == 1

    done = found(imports)
    assert done.state is SubmissionState.DONE
    assert done.receipt_id is not None
    assert imports.held.ids() == []
    with imports.store.reading() as work:
        receipt = work.receipts.get(done.receipt_id)
    assert receipt is not None
    assert (receipt.accepted, receipt.file, receipt.origin.who) == (2, "登记表.xlsx", "clerk")


def test_what_waits_for_a_person_is_left_alone(imports: SubmissionImports):
    hand_in(imports, register(), SubmissionState.WAITING)

    assert imports.import_all() == 0
    assert imports.held.ids() == [ID]


def test_a_file_that_cannot_be_read_fails_with_its_reason(imports: SubmissionImports):
    hand_in(imports, b"PK\x03\x04 broken")

    imports.import_all()

    assert found(imports).state is SubmissionState.FAILED
    assert found(imports).message
    assert imports.held.ids() == []


def test_a_file_that_is_gone_is_told(imports: SubmissionImports):
    hand_in(imports, register())
    imports.held.drop(ID)

    imports.import_all()

    assert "重新上传" in found(imports).message


def test_a_busy_database_leaves_it_for_later(imports: SubmissionImports, clock: FakeClock):
    hand_in(imports, register())

    def busy(path: Path, origin: Origin, progress: Progress) -> Receipt:
        raise DatabaseBusy("数据库正被占用")

    assert replace(imports, import_file=busy).import_all() == 1
    assert found(imports).state is SubmissionState.RUNNING
    assert imports.import_all() == 0
    clock.move(seconds=int(CLAIM_SECONDS) + 1)
    assert imports.import_all() == 1
    assert found(imports).state is SubmissionState.DONE


def test_a_mistake_of_the_program_stops_neither_the_others_nor_goes_unsaid(
    imports: SubmissionImports, caplog: pytest.LogCaptureFixture
):
    hand_in(imports, register())
    hand_in(imports, register(), name="b" * 32)
    calls = []

    def wrong_once(path: Path, origin: Origin, progress: Progress) -> Receipt:
        calls.append(path)
        if len(calls) == 1:
            raise KeyError("张三三")
        return imports.import_file(path, origin, progress)

    assert replace(imports, import_file=wrong_once).import_all() == 2
    assert found(imports).state is SubmissionState.FAILED
    assert "管理员" in found(imports).message
    assert found(imports, "b" * 32).state is SubmissionState.DONE
    assert "登记表" not in caplog.text


def test_tidying_deletes_what_nobody_confirmed_and_keeps_what_is_on_its_way(
    imports: SubmissionImports, clock: FakeClock
):
    hand_in(imports, register(), SubmissionState.WAITING)
    hand_in(imports, register(), SubmissionState.DONE, name="b" * 32)
    hand_in(imports, register(), SubmissionState.QUEUED, name="c" * 32)
    imports.held.reserve("d" * 32, "正在到来.xlsx")

    imports.tidy()
    assert sorted(imports.held.ids()) == ["a" * 32, "c" * 32, "d" * 32]

    clock.move(hours=25)
    imports.tidy()
    assert sorted(one[0] for one in imports.held.ids()) == ["c", "d"]
    assert found(imports).state is SubmissionState.DISCARDED


def test_the_worker_imports_when_it_is_woken(imports: SubmissionImports):
    worker = SubmissionWorker(imports)
    worker.start()
    try:
        hand_in(imports, register())
        worker.wake()
        deadline = time.perf_counter() + 20
        while found(imports).state is not SubmissionState.DONE and time.perf_counter() < deadline:
            time.sleep(0.05)
    finally:
        worker.stop()

    assert found(imports).state is SubmissionState.DONE


KILLED = """
import os, sys
from pathlib import Path
from storage.store import open_store
from tests.conftest import KEY
from tests.fakes import FakeClock
from tests.review.receiving import submission_imports
from dataclasses import replace

store = open_store(sys.argv[1], KEY)
imports = submission_imports(store, FakeClock(), Path(sys.argv[2]))
rows = 0

def import_file(path, origin, progress):
    def killing(count):
        global rows
        rows += count
        if rows >= 500:
            os._exit(9)
    return imports.import_file(path, origin, killing)

replace(imports, import_file=import_file).import_all()
"""


def test_a_process_that_dies_in_the_middle_is_replaced_and_every_row_is_there_once(
    imports: SubmissionImports, clock: FakeClock, tmp_path: Path
):
    rows = [(f"K-{number}", "张三三", "", "2026-11-02", "求决", f"反映第{number}件事。") for number in range(1200)]
    hand_in(imports, register(*rows))
    url = f"sqlite:///{tmp_path / 'embedded.db'}"

    died = subprocess.run([sys.executable, "-c", KILLED, url, str(tmp_path / "uploads")], check=False)

    assert died.returncode == 9
    assert found(imports).state is SubmissionState.RUNNING
    assert imports.import_all() == 0
    clock.move(seconds=int(timedelta(seconds=CLAIM_SECONDS).total_seconds()) + 1)
    assert imports.import_all() == 1
    done = found(imports)
    assert done.receipt_id is not None
    with imports.store.reading() as work:
        receipt = work.receipts.get(done.receipt_id)
        assert work.raw.count() == 1200
    assert receipt is not None
    assert receipt.accepted == 1200
