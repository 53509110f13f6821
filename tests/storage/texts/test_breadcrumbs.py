"""What is pending."""

from datetime import timedelta

from domain.texts.document import Breadcrumb, DocumentId, Outcome, RawDocument
from storage.store import Store
from tests.factories import raw
from tests.fakes import NOON

FIRST = ("ingest", "1")


def crumb(document_id: DocumentId, stage: tuple[str, str] = FIRST, outcome: Outcome = Outcome.DONE) -> Breadcrumb:
    return Breadcrumb(
        document_id=document_id, stage=stage[0], outcome=outcome, detail="x", version=stage[1], at=NOON, reason="原因"
    )


def texts(count: int) -> list[RawDocument]:
    return [raw(f"X{index}", received_at=NOON - timedelta(minutes=index)) for index in range(count)]


def test_a_raw_text_without_crumb_is_pending_oldest_first(store: Store):
    with store.unit_of_work() as work:
        added = texts(3)
        for text in added:
            work.raw.add(text)

        assert work.breadcrumbs.pending(*FIRST, after=None, limit=10) == [text.id for text in reversed(added)]


def test_a_text_that_a_stage_has_seen_is_not_pending_there(store: Store):
    with store.unit_of_work() as work:
        for text in texts(2):
            work.raw.add(text)
        work.breadcrumbs.append(crumb(texts(2)[0].id))

        assert work.breadcrumbs.pending(*FIRST, after=None, limit=10) == [texts(2)[1].id]


def test_only_what_the_stage_before_finished_goes_on(store: Store):
    done, skipped, quarantined = texts(3)
    with store.unit_of_work() as work:
        for text in (done, skipped, quarantined):
            work.raw.add(text)
        outcomes = {done.id: Outcome.DONE, skipped.id: Outcome.SKIPPED, quarantined.id: Outcome.QUARANTINED}
        work.breadcrumbs.append_many([crumb(one, outcome=outcome) for one, outcome in outcomes.items()])

        assert work.breadcrumbs.pending("route", "1", after=FIRST, limit=10) == [done.id]
        assert [one.document_id for one in work.set_aside.latest(10)] == [quarantined.id]


def test_a_new_version_sees_everything_again(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.breadcrumbs.append(crumb(raw().id))

        assert work.breadcrumbs.pending("ingest", "2", after=None, limit=10) == [raw().id]


def test_the_same_crumb_twice_is_kept_once(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.breadcrumbs.append(crumb(raw().id))
        work.breadcrumbs.append(crumb(raw().id, outcome=Outcome.SKIPPED))

        assert [one.outcome for one in work.breadcrumbs.of(raw().id)] == [Outcome.DONE]


def test_no_more_than_the_limit_is_taken(store: Store):
    with store.unit_of_work() as work:
        for text in texts(5):
            work.raw.add(text)

        assert len(work.breadcrumbs.pending(*FIRST, after=None, limit=2)) == 2


def test_outcomes_are_counted(store: Store):
    with store.unit_of_work() as work:
        for text in texts(2):
            work.raw.add(text)
            work.breadcrumbs.append(crumb(text.id))

        assert work.breadcrumbs.counts(*FIRST) == {Outcome.DONE: 2}
