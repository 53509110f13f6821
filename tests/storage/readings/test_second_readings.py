"""Second readings, requests and judgements, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.failures.errors import MigrationNeeded
from domain.leads.lead import LeadNote
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import BY_PERSON, Breadcrumb, DocumentId, Duplicate, Outcome, RawDocument
from domain.texts.judgement import Ending, Judgement, Verdict
from domain.texts.second_reading import RequestStep, SecondReading
from domain.words.vocabulary import Route, Scope
from storage.schema import upgrade
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.conftest import KEY
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE, document, lead, raw
from tests.fakes import NOON, opinion, reading
from tests.storage.steps import step_down

TEXT = document("A", region=VILLAGE)


def second(document_id: DocumentId = TEXT.id, *, agrees: bool = False, **changes: object) -> SecondReading:
    values: dict[str, object] = {
        "document_id": document_id,
        "first_model": "fixed-1",
        "version": "qwen-test+1",
        "opinion": opinion(Risk.ILLNESS),
        "agrees": agrees,
        "at": NOON,
        **changes,
    }
    return SecondReading(**values)  # type: ignore[arg-type]


def judgement(verdict: Verdict = Verdict.NO_LEAD, document_id: DocumentId = TEXT.id, *risks: Risk) -> Judgement:
    return Judgement(
        document_id=document_id,
        verdict=verdict,
        judged_by="clerk",
        judged_at=NOON,
        risks=frozenset(risks),
        scope=Scope.AREA if risks else Scope.NONE,
        urgent=bool(risks),
    )


def open_ones(work: UnitOfWork, region: RegionCode = COUNTY) -> list[DocumentId]:
    return work.second_readings.waiting(region)


def test_a_second_reading_comes_back_as_it_was_and_is_added_once(store: Store):
    with store.unit_of_work() as work:
        assert work.second_readings.add(second())
        assert not work.second_readings.add(second(agrees=True))

        assert work.second_readings.latest(TEXT.id) == second()
        assert work.second_readings.latest(TEXT.id, version="other") is None


def test_only_the_latest_disagreement_of_a_text_waits(store: Store):
    with store.unit_of_work() as work:
        work.documents.add(TEXT)
        work.second_readings.add(second())
        assert open_ones(work) == [TEXT.id]

        work.second_readings.add(second(version="qwen-test+2", agrees=True))

        assert open_ones(work) == []


def test_disagreements_stand_newest_first_inside_the_region(store: Store):
    texts = [document(f"N{index}", f"第{index}份材料", region=VILLAGE) for index in range(3)]
    elsewhere = document("E", "别处的材料", region=OTHER_VILLAGE)
    with store.unit_of_work() as work:
        for one in (*texts, elsewhere):
            work.documents.add(one)
            work.second_readings.add(second(one.id))

        assert open_ones(work, VILLAGE) == [one.id for one in reversed(texts)]
        assert open_ones(work) == [elsewhere.id, *open_ones(work, VILLAGE)]
        assert work.second_readings.disagreement(VILLAGE, elsewhere.id) is None
        assert work.second_readings.disagreement(COUNTY, elsewhere.id) is not None


def test_what_is_judged_or_restricted_waits_no_more_and_what_is_withdrawn_waits_again(store: Store):
    accusing = document("B", "另一份材料", region=VILLAGE)
    with store.unit_of_work() as work:
        for one in (TEXT, accusing):
            work.documents.add(one)
            work.second_readings.add(second(one.id))
        work.routes.add(accusing.id, Route.RESTRICTED, "含贪污", "v1", NOON)
        number = work.judgements.add(judgement())
        assert open_ones(work) == []

        assert work.judgements.end(number, Ending.WITHDRAWN, "clerk", NOON)

        assert open_ones(work) == [TEXT.id]


def test_a_judgement_ends_once_and_the_first_end_counts(store: Store):
    with store.unit_of_work() as work:
        work.documents.add(TEXT)
        number = work.judgements.add(judgement(Verdict.HARDSHIP, TEXT.id, Risk.ILLNESS))

        assert [one.judgement for one in work.judgements.waiting(VILLAGE)] == [
            judgement(Verdict.HARDSHIP, TEXT.id, Risk.ILLNESS)
        ]
        assert work.judgements.waiting(OTHER_VILLAGE) == []
        assert work.judgements.get(number, OTHER_VILLAGE) is None
        assert work.judgements.in_force([TEXT.id]) == {}
        assert work.judgements.end(number, Ending.APPLIED, "system", NOON)
        assert not work.judgements.end(number, Ending.WITHDRAWN, "clerk", NOON)
        assert work.judgements.waiting() == []
        assert work.judgements.in_force([TEXT.id]) == work.judgements.standing([TEXT.id])
        assert work.judgements.standing([TEXT.id]) == {TEXT.id: judgement(Verdict.HARDSHIP, TEXT.id, Risk.ILLNESS)}


def test_a_repeat_of_what_a_person_called_an_accusation_is_known(store: Store):
    repeat, other = document("R", "重复件"), document("O", "别的事")
    with store.unit_of_work() as work:
        for member in (TEXT, repeat):
            work.duplicates.add(Duplicate(document_id=member.id, cluster_id=TEXT.id, similarity=1.0))
        work.judgements.add(judgement(Verdict.ACCUSATION))

        assert work.judgements.accused([TEXT.id, repeat.id, other.id]) == {TEXT.id, repeat.id}


def test_steps_are_counted_by_cluster_and_version(store: Store):
    first, second_member = DocumentId("a"), DocumentId("b")
    with store.unit_of_work() as work:
        for step in (RequestStep.SENT, RequestStep.REFUSED, RequestStep.SENT):
            work.second_requests.add(first, first, "v1", step, NOON)
        work.second_requests.add(second_member, first, "v1", RequestStep.SENT, NOON)

        assert work.second_requests.steps(first, "v1") == {RequestStep.SENT: 3, RequestStep.REFUSED: 1}
        assert work.second_requests.steps(first, "v2") == {}
        assert work.second_requests.first_sent(first, "v1") == first


def test_a_persons_reading_counts_before_a_newer_one_of_a_model(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw("A"))
        by_person = Analysis(document_id=TEXT.id, reading=replace(reading(Risk.WATER), model=f"{BY_PERSON}:clerk"))
        work.analyses.add(by_person, NOON)
        work.analyses.add(Analysis(document_id=TEXT.id, reading=reading(Risk.ILLNESS)), NOON + timedelta(hours=1))

        assert work.analyses.latest(TEXT.id) == by_person


def test_what_a_person_did_at_a_stage_is_pending_for_the_next_whatever_the_version(store: Store):
    texts: list[RawDocument] = [raw(f"X{index}", received_at=NOON - timedelta(minutes=index)) for index in range(3)]
    by_model, by_person, by_both = texts
    with store.unit_of_work() as work:
        for text in texts:
            work.raw.add(text)
        for text, version, outcome in (
            (by_model, "1", Outcome.DONE),
            (by_person, "1", Outcome.SKIPPED),
            (by_person, BY_PERSON, Outcome.DONE),
            (by_both, "1", Outcome.DONE),
            (by_both, BY_PERSON, Outcome.DONE),
        ):
            work.breadcrumbs.append(
                Breadcrumb(document_id=text.id, stage="classify", outcome=outcome, detail="x", version=version, at=NOON)
            )
        classified = ("classify", "1")

        found = work.breadcrumbs.pending("mention", "1", after=classified, limit=10)
        assert sorted(found) == sorted([by_model.id, by_person.id, by_both.id])
        assert len(work.breadcrumbs.pending("mention", "1", after=classified, limit=2)) == 2
        assert by_person.id in work.breadcrumbs.pending(
            "second_read", "1", after=classified, limit=10, outcomes=frozenset({Outcome.DONE, Outcome.SKIPPED})
        )


def test_a_remark_stands_in_a_leads_history_once(store: Store):
    note = LeadNote(lead_id=lead().id, document_id=TEXT.id, written_by="clerk", written_at=NOON, text="不是困难")
    with store.unit_of_work() as work:
        work.leads.add(lead())
        work.leads.add_note(note)
        work.leads.add_note(note)
        found = work.leads.get(lead().id)

    assert found is not None
    assert found.notes == (note,)


def test_nothing_that_tells_of_somebody_is_stored_in_clear(store: Store):
    with store.unit_of_work() as work:
        work.second_readings.add(second())
        work.judgements.add(judgement(Verdict.HARDSHIP, TEXT.id, Risk.DISABILITY))
        stored = [
            bytes(row.sealed)
            for table in ("second_readings", "judgements")
            for row in work._connection.exec_driver_sql(f"SELECT sealed FROM {table}")
        ]

    assert len(stored) == 2
    for secret in ("药费", "illness", "disability"):
        assert not any(secret.encode() in blob for blob in stored)


def test_the_schema_goes_back_to_the_first_version_and_forward_again_and_keeps_what_the_first_version_had(
    store: Store, database_url: str
):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.second_readings.add(second())
        work.commit()

    step_down(database_url, "0001")
    with pytest.raises(MigrationNeeded, match="db upgrade"):
        store.check_schema()
    upgrade(database_url, KEY)

    store.check_schema()
    with store.unit_of_work() as work:
        assert work.raw.count() == 1
        assert work.second_readings.latest(TEXT.id) is None
