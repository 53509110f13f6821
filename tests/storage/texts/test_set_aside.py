"""What was set aside is counted until it was mended, by whatever way."""

from dataclasses import replace
from datetime import timedelta

from domain.texts.document import Breadcrumb, Outcome, RawDocument
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import raw
from tests.fakes import NOON

NO_TEXT = ("ingest", "no_text", 1)


def leave(work: UnitOfWork, text: RawDocument, outcome: Outcome, *, version: str = "1") -> None:
    detail = "no_text" if outcome is Outcome.QUARANTINED else ""
    work.breadcrumbs.append(
        Breadcrumb(
            document_id=text.id, stage="ingest", outcome=outcome, detail=detail, version=version, at=text.received_at
        )
    )


def set_aside(work: UnitOfWork, text: RawDocument) -> None:
    work.raw.add(text)
    leave(work, text, Outcome.QUARANTINED)


def test_a_record_that_the_stage_takes_later_is_counted_no_more(store: Store):
    text = raw("a", "")
    with store.unit_of_work() as work:
        set_aside(work, text)
        assert work.set_aside.counts() == [NO_TEXT]
        leave(work, text, Outcome.QUARANTINED, version="2")
        assert work.set_aside.counts() == [NO_TEXT]

        leave(work, text, Outcome.DONE, version="3")

        assert work.set_aside.counts() == []
        assert work.set_aside.latest(10) == []


def test_a_record_handed_in_anew_under_its_number_is_counted_no_more_once_the_stage_took_it(store: Store):
    text = raw("a", "")
    anew = replace(raw("b", "老伴病了"), external_key=text.external_key, received_at=NOON + timedelta(days=1))
    other = replace(raw("c", "别的事"), external_key="another", received_at=NOON + timedelta(days=1))
    with store.unit_of_work() as work:
        set_aside(work, replace(text, received_at=NOON))
        for one in (anew, other):
            work.raw.add(one)
        leave(work, other, Outcome.DONE)
        assert work.set_aside.counts() == [NO_TEXT]

        leave(work, anew, Outcome.DONE)

        assert work.set_aside.counts() == []


def test_a_record_that_a_person_dealt_with_is_counted_no_more_until_it_is_set_aside_again(store: Store):
    first, second = raw("a", ""), raw("b", "")
    with store.unit_of_work() as work:
        set_aside(work, first)
        set_aside(work, second)

        assert work.set_aside.settle("ingest", "another", [first.id], NOON) == []
        assert work.set_aside.settle("ingest", "no_text", [first.id], NOON) == [first.id]

        assert work.set_aside.counts() == [NO_TEXT]
        assert [one.document_id for one in work.set_aside.records("ingest", "no_text", limit=9, offset=0)] == [
            second.id
        ]
        assert work.set_aside.settle("ingest", "no_text", [first.id], NOON) == []

        leave(work, first, Outcome.QUARANTINED, version="2")
        assert work.set_aside.counts() == [("ingest", "no_text", 2)]
