"""What was handed in through the web: claimed by one worker, taken over when it dies, forgotten in time."""

from datetime import timedelta

import pytest

from domain.deliveries.receipt import Origin, ReceiptId, Way
from domain.deliveries.submission import Submission, SubmissionState
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN
from tests.fakes import NOON

NAME = "张三三来信.xlsx"


def submission(name: str = "a" * 32, state: SubmissionState = SubmissionState.QUEUED, **changes: object) -> Submission:
    values: dict[str, object] = {
        "id": name,
        "origin": Origin(way=Way.UPLOAD, who="clerk"),
        "region": TOWN,
        "file": NAME,
        "size": 100,
        "state": state,
        "created_at": NOON,
        "changed_at": NOON,
        **changes,
    }
    return Submission(**values)  # type: ignore[arg-type]


def add(store: Store, *submissions: Submission) -> None:
    with store.unit_of_work() as work:
        for one in submissions:
            assert work.submissions.add(one)
        work.commit()


def test_what_is_stored_comes_back(store: Store):
    made = submission(fingerprint="f", rows=3)
    add(store, made)

    with store.reading() as work:
        assert work.submissions.get(made.id) == made
        assert work.submissions.of_office(made.id, TOWN) == made
        assert work.submissions.of_office(made.id, OTHER_VILLAGE) is None


def test_the_same_id_a_second_time_changes_nothing(store: Store):
    add(store, submission())

    with store.unit_of_work() as work:
        assert not work.submissions.add(submission(file="别的.xlsx"))
        work.commit()

    with store.reading() as work:
        found = work.submissions.get("a" * 32)
    assert found is not None
    assert found.file == NAME


def test_one_worker_claims_and_another_takes_over_when_the_claim_has_run_out(store: Store):
    add(store, submission("a" * 32), submission("b" * 32), submission("c" * 32, SubmissionState.WAITING))
    claimed = []
    for moment in (NOON, NOON, NOON, NOON + timedelta(seconds=61)):
        with store.unit_of_work() as work:
            found = work.submissions.claim(moment, seconds=60)
            claimed.append(found.id[0] if found else None)
            work.commit()

    assert claimed == ["a", "b", None, "a"]


def test_a_claim_that_is_renewed_is_not_taken_over(store: Store):
    add(store, submission())
    with store.unit_of_work() as work:
        assert work.submissions.claim_this("a" * 32, NOON, seconds=60)
        work.submissions.renew("a" * 32, NOON + timedelta(seconds=50), seconds=60, rows=7)
        work.commit()

    with store.unit_of_work() as work:
        assert not work.submissions.claim_this("a" * 32, NOON + timedelta(seconds=61), seconds=60)
        found = work.submissions.get("a" * 32)
    assert found is not None
    assert (found.rows, found.state) == (7, SubmissionState.RUNNING)


def test_a_move_needs_the_state_before(store: Store):
    add(store, submission(state=SubmissionState.WAITING))
    with store.unit_of_work() as work:
        moves = [
            work.submissions.move("a" * 32, [SubmissionState.WAITING], SubmissionState.QUEUED, NOON) for _ in range(2)
        ]
        assert not work.submissions.move("0" * 32, [SubmissionState.WAITING], SubmissionState.QUEUED, NOON)
        work.commit()

    assert moves == [True, False]


def test_a_receipt_and_a_message_stay_with_what_ended(store: Store):
    add(store, submission("a" * 32), submission("b" * 32))
    with store.unit_of_work() as work:
        work.submissions.move(
            "a" * 32, [SubmissionState.QUEUED], SubmissionState.DONE, NOON, receipt_id=ReceiptId("r1")
        )
        work.submissions.move("b" * 32, [SubmissionState.QUEUED], SubmissionState.FAILED, NOON, message="打不开")
        work.commit()

    with store.reading() as work:
        done, failed = work.submissions.get("a" * 32), work.submissions.get("b" * 32)
        listed = [one.id for one in work.submissions.open_of(TOWN, 10)]
        held = work.submissions.size_held()
    assert done is not None
    assert failed is not None
    assert (done.receipt_id, failed.message, listed, held) == ("r1", "打不开", ["b" * 32], 0)


def test_what_waited_too_long_is_discarded_and_names_are_forgotten(store: Store):
    add(
        store,
        submission("a" * 32, SubmissionState.WAITING),
        submission("b" * 32, SubmissionState.DONE),
        submission("c" * 32, SubmissionState.QUEUED),
        submission("d" * 32, SubmissionState.WAITING, changed_at=NOON + timedelta(hours=2)),
    )

    with store.unit_of_work() as work:
        assert work.submissions.forget_before(NOON + timedelta(hours=1)) == ["a" * 32]
        work.commit()

    with store.reading() as work:
        found = {one: work.submissions.get(one * 32) for one in "abcd"}
    assert {one: sub.file for one, sub in found.items() if sub} == {"a": "", "b": "", "c": NAME, "d": NAME}
    assert found["a"] is not None
    assert found["a"].state is SubmissionState.DISCARDED


@pytest.mark.parametrize("size", [0, 5 * 1024**3])
def test_large_files_are_counted(store: Store, size: int):
    add(store, submission(size=size))

    with store.reading() as work:
        assert work.submissions.size_held() == size
