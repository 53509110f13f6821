"""Two colleagues decide at the same moment, or one of them while a run is on its way."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from domain.accounts.account import Account
from domain.failures.errors import ReviewError, StorageError
from domain.texts.judgement import Judgement, Verdict
from domain.words.vocabulary import Role, Route
from review.decisions.judgements import judge, withdraw
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock
from tests.review.dispute import dispute
from tests.review.office import fill


def clerk(name: str) -> Account:
    return Account(
        username=name, display_name=f"账号{name}", role=Role.CLERK, region=COUNTY, password_hash="", created_at=NOON
    )


def test_of_two_who_decide_at_once_one_is_told_that_it_is_decided(store: Store):
    text = dispute(store)
    together, refused = Barrier(2), []

    def decide(name: str, verdict: Verdict) -> None:
        together.wait()
        judgement = Judgement(document_id=text.id, verdict=verdict, judged_by=name, judged_at=NOON)
        try:
            judge(store, clerk(name), judgement)
        except (ReviewError, StorageError) as exc:
            refused.append(str(exc))

    people = [
        Thread(target=decide, args=("li", Verdict.NO_LEAD)),
        Thread(target=decide, args=("wang", Verdict.ACCUSATION)),
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert refused == ["这份材料已经有人判断过了"]
    with store.reading() as work:
        assert len(work.judgements.waiting()) == 1
        assert work.audit.verify() is None


def test_a_judgement_waits_for_the_batch_that_is_being_routed_and_counts_after_it(store: Store):
    text = dispute(store)
    judgement = Judgement(document_id=text.id, verdict=Verdict.ACCUSATION, judged_by="li", judged_at=NOON)
    person = Thread(target=judge, args=(store, clerk("li"), judgement))

    with store.unit_of_work() as work:
        work.judgements.hold()
        assert work.judgements.accused([text.id]) == frozenset()
        person.start()
        person.join(0.3)
        assert person.is_alive()
        work.routes.add(text.id, Route.OPEN, "", "route-2", NOON)
        work.commit()
    person.join()

    with store.reading() as work:
        assert work.routes.of(text.id) == (Route.RESTRICTED, "信访办判断为检举控告")


def test_whoever_the_text_names_neither_reads_it_nor_decides(sqlite_store: Store, clock: FakeClock):
    office = fill(sqlite_store, clock)
    text = dispute(sqlite_store, before="秦六顺说过不管。")
    with sqlite_store.unit_of_work() as work:
        work.accounts.set_name("clerk", "秦六顺")
        work.commit()
        named = work.accounts.get("clerk")
    client = office.client("clerk")
    judgement = Judgement(document_id=text.id, verdict=Verdict.NO_LEAD, judged_by="clerk", judged_at=NOON)

    assert text.id not in client.get("/disagreements").text
    assert client.get(f"/disagreements/{text.id}").status_code == 404
    assert named is not None
    with pytest.raises(ReviewError, match="已经有人判断过了"):
        judge(sqlite_store, named, judgement)
    judge(sqlite_store, clerk("li"), replace(judgement, judged_by="li"))
    with pytest.raises(ReviewError, match="不能再撤回"):
        withdraw(sqlite_store, named, 1, NOON)
