"""Verdicts on households, moves of leads and their texts, on both databases."""

from datetime import timedelta

import pytest

from domain.accounts.access_scope import AccessScope
from domain.failures.errors import MigrationNeeded
from domain.leads.lead import Decision, LeadEvidence, LeadMove, LeadStatus
from domain.links.household_judgement import HouseholdJudgement, HouseholdVerdict
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.document import Breadcrumb, DocumentId, Outcome
from storage.leads.filter import LeadFilter
from storage.register.household_judgements import STAGE, event_version
from storage.schema import upgrade
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.conftest import KEY
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, document, lead, raw
from tests.fakes import NOON
from tests.storage.steps import step_down

TEXT, REPEAT = document("A"), document("B", "另一份材料")


def judgement(verdict: HouseholdVerdict = HouseholdVerdict.SAME, **changes: object) -> HouseholdJudgement:
    values: dict[str, object] = {
        "document_id": TEXT.id,
        "cluster_id": TEXT.id,
        "household_id": HouseholdId("1"),
        "verdict": verdict,
        "judged_by": "wang",
        "division": VILLAGE,
        "register_version": 3,
        "judged_at": NOON,
        **changes,
    }
    return HouseholdJudgement(**values)  # type: ignore[arg-type]


def waiting(work: UnitOfWork) -> list[tuple[int, bool]]:
    return [(event.number, event.undone) for event in work.household_judgements.waiting(10)]


def take_effect(work: UnitOfWork) -> None:
    for event in work.household_judgements.waiting(10):
        work.breadcrumbs.append(
            Breadcrumb(
                document_id=event.document_id,
                stage=STAGE,
                outcome=Outcome.DONE,
                detail="moved",
                version=event_version(event),
                at=NOON,
            )
        )


def test_a_judgement_comes_back_as_it_was_for_its_whole_cluster(store: Store):
    other = judgement(HouseholdVerdict.DIFFERENT, document_id=REPEAT.id, judged_by="li", division=TOWN)
    with store.unit_of_work() as work:
        first = work.household_judgements.add(judgement())
        second = work.household_judgements.add(other)
        work.household_judgements.add(judgement(cluster_id=DocumentId("elsewhere")))

        found = work.household_judgements.standing_in([TEXT.id, DocumentId("nothing")])

    assert {key: [(one.number, one.judgement) for one in rows] for key, rows in found.items()} == {
        TEXT.id: [(first, judgement()), (second, other)]
    }


def test_what_is_undone_stands_no_more_and_is_undone_once(store: Store):
    with store.unit_of_work() as work:
        number = work.household_judgements.add(judgement())

        assert work.household_judgements.undo(number, "li", NOON)
        assert not work.household_judgements.undo(number, "wang", NOON)
        assert work.household_judgements.standing_in([TEXT.id]) == {}


def test_a_verdict_waits_until_it_took_effect_and_so_does_its_undoing(store: Store):
    with store.unit_of_work() as work:
        number = work.household_judgements.add(judgement())
        assert waiting(work) == [(number, False)]

        take_effect(work)
        assert waiting(work) == []

        work.household_judgements.undo(number, "wang", NOON)
        assert waiting(work) == [(number, True)]

        take_effect(work)
        assert waiting(work) == []


def test_what_was_undone_before_it_took_effect_waits_for_nothing(store: Store):
    with store.unit_of_work() as work:
        work.household_judgements.undo(work.household_judgements.add(judgement()), "wang", NOON)

        assert waiting(work) == []


def evidence(document_id: DocumentId, lead_id: str = "lead-1") -> LeadEvidence:
    return LeadEvidence(
        lead_id=lead(lead_id).id,
        document_id=document_id,
        risks=frozenset({Risk.ILLNESS}),
        urgent=False,
        added_at=NOON,
    )


def test_a_text_that_left_a_lead_is_seen_there_no_more_until_it_comes_back(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        for one in (TEXT, REPEAT):
            work.leads.add_evidence(evidence(one.id))

        work.leads.leave(lead().id, TEXT.id, NOON)
        view = work.leads.get(lead().id)
        assert view is not None
        assert [one.document_id for one in view.evidence] == [REPEAT.id]
        assert (work.leads.of_document(TEXT.id), work.leads.left_by(TEXT.id)) == ([], [lead().id])

        assert not work.leads.add_evidence(evidence(TEXT.id))
        view = work.leads.get(lead().id)
        assert view is not None
        assert [one.document_id for one in view.evidence] == [TEXT.id, REPEAT.id]
        assert (work.leads.of_document(TEXT.id), work.leads.left_by(TEXT.id)) == ([lead().id], [])


def test_one_is_told_where_a_text_went_inside_ones_region_only(store: Store):
    with store.unit_of_work() as work:
        for name, region in (("lead-1", VILLAGE), ("near", VILLAGE), ("far", OTHER_VILLAGE)):
            work.leads.add(lead(name, region=region))
            work.leads.add_evidence(evidence(TEXT.id, name))
        assert work.leads.holding_what_left(lead().id, AccessScope(TOWN)) == []

        work.leads.leave(lead().id, TEXT.id, NOON)

        assert work.leads.holding_what_left(lead().id, AccessScope(VILLAGE)) == ["near"]
        assert work.leads.holding_what_left(lead().id, AccessScope(TOWN)) == ["far", "near"]


def test_a_lead_that_moved_is_found_where_it_is_and_knows_where_it_was(store: Store):
    opened = lead(household_id=HouseholdId("1"))
    step = LeadMove(
        lead_id=opened.id,
        household_before=HouseholdId("1"),
        household_after=HouseholdId("2"),
        region_before=VILLAGE,
        region_after=OTHER_VILLAGE,
        matter_before="household:1",
        matter_after="household:2",
        moved_at=NOON + timedelta(hours=1),
        reason="户编号变了",
    )
    with store.unit_of_work() as work:
        work.leads.add(opened)
        work.leads.move(step)

        assert work.leads.inside(opened.id, AccessScope(VILLAGE)) is None
        view = work.leads.inside(opened.id, AccessScope(OTHER_VILLAGE))
        assert view is not None
        assert (view.lead.household_id, view.moves) == ("2", (step,))
        counts = [work.leads.count(LeadFilter(scope=AccessScope(one))) for one in (VILLAGE, OTHER_VILLAGE)]
        assert counts == [0, 1]
        assert [one.lead.id for one in work.leads.by_matter("household:2")] == [opened.id]


def test_only_open_leads_of_a_household_are_asked_for(store: Store):
    with store.unit_of_work() as work:
        for name, status in (("a", None), ("b", LeadStatus.VISITING), ("c", LeadStatus.CONFIRMED)):
            work.leads.add(lead(name, household_id=HouseholdId("1")))
            if status:
                work.decisions.append(
                    Decision(lead_id=lead(name).id, status=status, decided_by="li", decided_at=NOON, reason="x")
                )

        assert [one.lead.id for one in work.leads.open_of_households([HouseholdId("1")])] == ["a", "b"]


def test_the_schema_goes_back_and_forward_and_keeps_what_was_there_before(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.leads.add(lead())
        work.household_judgements.add(judgement())
        work.commit()

    step_down(database_url, "0002")
    with pytest.raises(MigrationNeeded, match="db upgrade"):
        store.check_schema()
    upgrade(database_url, KEY)

    store.check_schema()
    with store.unit_of_work() as work:
        assert (work.raw.count(), work.leads.count(LeadFilter(scope=AccessScope(VILLAGE)))) == (1, 1)
        assert work.household_judgements.standing_in([TEXT.id]) == {}
        assert work.registry.version() == 0
