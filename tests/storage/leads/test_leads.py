"""Leads, the feed and its region filter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import Decision, DueDates, LeadEvidence, LeadId, LeadStatus, PriorityReason
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from storage.leads.filter import LeadFilter
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, lead
from tests.fakes import NOON


def decision(status: LeadStatus, lead_id: str = "lead-1") -> Decision:
    return Decision(
        lead_id=lead(lead_id).id,
        status=status,
        decided_by="wang",
        decided_at=NOON,
        reason="核实过",
        visited_on=date(2026, 11, 20),
    )


def evidence(*risks: Risk, key: str = "X001") -> LeadEvidence:
    return LeadEvidence(
        lead_id=lead().id, document_id=document(key).id, risks=frozenset(risks), urgent=False, added_at=NOON
    )


def test_a_lead_comes_back_as_it_was_opened(store: Store):
    opened = lead(priority_reasons=(PriorityReason(points=10, reason="因病"),))
    with store.unit_of_work() as work:
        work.leads.add(opened)
        found = work.leads.get(opened.id)

    assert found is not None
    assert found.lead == opened
    assert found.status is LeadStatus.NEW


def test_evidence_adds_categories_and_leaves_the_opening_ones_alone(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        assert work.leads.add_evidence(evidence(Risk.ILLNESS))
        assert work.leads.add_evidence(evidence(Risk.HOUSING, key="X002"))
        found = work.leads.get(lead().id)

    assert found is not None
    assert found.lead.risks == {Risk.ILLNESS}
    assert found.risks == {Risk.ILLNESS, Risk.HOUSING}


def test_the_same_text_supports_a_lead_once(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        assert work.leads.add_evidence(evidence(Risk.ILLNESS))
        assert not work.leads.add_evidence(evidence(Risk.ILLNESS))
        assert work.leads.of_document(document().id) == [lead().id]


def test_the_latest_decision_is_the_status(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        work.decisions.append(decision(LeadStatus.VISITING))
        work.decisions.append(decision(LeadStatus.CONFIRMED))
        found = work.leads.get(lead().id)

    assert found is not None
    assert found.status is LeadStatus.CONFIRMED
    assert len(found.decisions) == 2


def test_the_latest_assessment_orders_the_feed(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("low", priority=5))
        work.leads.add(lead("high", priority=8))
        work.leads.assess(lead("low").id, 50, (), NOON)

        assert [view.lead.id for view in work.leads.feed(LeadFilter(scope=AccessScope(COUNTY)))] == ["low", "high"]


@pytest.mark.parametrize(
    ("region", "seen"),
    [
        pytest.param(VILLAGE, {"own"}, id="a village sees its own"),
        pytest.param(OTHER_VILLAGE, {"other"}, id="the other village sees its own"),
        pytest.param(TOWN, {"own", "other", "town"}, id="the town sees its villages"),
        pytest.param(RegionCode("141124105"), set(), id="another town sees nothing"),
        pytest.param(COUNTY, {"own", "other", "town", "county"}, id="the county sees all"),
    ],
)
def test_the_region_is_part_of_the_query(store: Store, region: RegionCode, seen: set[str]):
    with store.unit_of_work() as work:
        for name, where in (("own", VILLAGE), ("other", OTHER_VILLAGE), ("town", TOWN), ("county", COUNTY)):
            work.leads.add(lead(name, region=where))
        wanted = LeadFilter(scope=AccessScope(region))

        assert {view.lead.id for view in work.leads.feed(wanted)} == seen
        assert work.leads.count(wanted) == len(seen)


def test_filters_for_category_status_and_household_narrow_the_feed(store: Store):
    number = HouseholdId("1411241042020001")
    with store.unit_of_work() as work:
        work.leads.add(lead("sick", household_id=number))
        work.leads.add(lead("dry", risks=frozenset({Risk.WATER})))
        work.decisions.append(decision(LeadStatus.VISITING, "dry"))

        def found(**wanted: object) -> list[str]:
            return [view.lead.id for view in work.leads.feed(LeadFilter(scope=AccessScope(COUNTY), **wanted))]  # type: ignore[arg-type]

        assert found(risk=Risk.WATER) == ["dry"]
        assert found(status=frozenset({LeadStatus.NEW})) == ["sick"]
        assert found(household_id=number) == ["sick"]


def test_each_status_owes_its_own_step_and_what_is_above_owes_nothing_to_those_below(store: Store):
    today = date(2026, 11, 24)
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    late = DueDates(pass_on=yesterday, visit=tomorrow, decide=today, measure=yesterday, report_back=tomorrow)
    with store.unit_of_work() as work:
        work.leads.add(lead("late", due=late))
        work.leads.add(lead("done", due=late))
        work.decisions.append(decision(LeadStatus.CONFIRMED, "done"))
        for name in ("at the department", "carried out"):
            work.leads.add(lead(name, due=late))
            work.decisions.append(decision(LeadStatus.TO_DEPARTMENT, name))
        work.decisions.append(replace(decision(LeadStatus.TO_DEPARTMENT, "carried out"), measures="已送医"))
        for name, status in (("up", LeadStatus.HANDLED_ABOVE), ("discipline", LeadStatus.TO_DISCIPLINE)):
            work.leads.add(lead(name, due=replace(late, visit=yesterday, report_back=yesterday)))
            work.decisions.append(decision(status, name))

        wanted = LeadFilter(scope=AccessScope(COUNTY), due_before=today)
        below = {view.lead.id for view in work.leads.feed(wanted)}
        above = {view.lead.id for view in work.leads.feed(replace(wanted, sees_above=True))}

    assert below == {"late", "at the department"}
    assert above - below == {"up", "discipline"}


def test_days_set_anew_are_in_force_and_the_earlier_ones_are_kept(store: Store):
    later = replace(lead().due, visit=date(2027, 1, 4))
    with store.unit_of_work() as work:
        work.leads.add(lead())
        assert work.leads.earlier_due(lead().id) is None
        work.leads.set_due(lead().id, later, NOON)

        view = work.leads.get(lead().id)
        assert view is not None
        assert view.lead.due == later
        assert work.leads.earlier_due(lead().id) == lead().due


def test_decisions_are_read_on_from_a_cursor(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        work.decisions.append(decision(LeadStatus.VISITING))
        work.decisions.append(decision(LeadStatus.CONFIRMED))
        (cursor, first), *_ = work.decisions.since(0, limit=1)

        assert first.status is LeadStatus.VISITING
        assert [one.status for _, one in work.decisions.since(cursor, limit=10)] == [LeadStatus.CONFIRMED]


def test_the_texts_of_a_matter_are_those_that_its_leads_have_now(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead(matter="household:1"))
        work.leads.add(lead("lead-2", matter="household:2"))
        work.leads.add_evidence(evidence(Risk.ILLNESS))
        work.leads.add_evidence(evidence(Risk.ILLNESS, key="X002"))
        work.leads.add_evidence(replace(evidence(Risk.ILLNESS, key="X003"), lead_id=lead("lead-2").id))
        work.leads.leave(lead().id, document("X002").id, NOON)

        assert work.leads.documents_of_matter("household:1") == {document("X001").id}
        assert work.leads.documents_of_matter("household:3") == set()


def test_a_lead_that_is_not_asked_for_is_left_out(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        work.leads.add(lead("lead-2"))
        wanted = LeadFilter(scope=AccessScope(VILLAGE), besides=lead().id)

        assert [one.lead.id for one in work.leads.feed(wanted)] == ["lead-2"]


def test_more_leads_are_held_at_once_than_one_query_takes(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("held"))
        work.leads.hold([LeadId(f"lead-{number}") for number in range(70_000)] + [LeadId("held")])
        work.commit()
