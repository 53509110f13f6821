"""The feed's order, its pages, and that an entry never differs from the rows that were appended."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import Assignment, Decision, DueDates, LeadEvidence, LeadId, LeadMove, LeadStatus
from domain.leads.step import Step
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.words.vocabulary import Role, Route
from storage.leads.facets import LeadFacets
from storage.leads.filter import LeadFilter
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, lead
from tests.fakes import NOON
from tests.review.board_world import fill_by_chance
from tests.storage.entries import entries


def scope(region: RegionCode = COUNTY) -> AccessScope:
    return AccessScope(region)


def ids(work: UnitOfWork, **wanted: object) -> list[str]:
    return [view.lead.id for view in work.leads.feed(LeadFilter(**{"scope": scope(), **wanted}))]  # type: ignore[arg-type]


def decided(lead_id: str, status: LeadStatus) -> Decision:
    return Decision(lead_id=LeadId(lead_id), status=status, decided_by="town", decided_at=NOON, reason="看过")


@pytest.fixture
def filled(store: Store) -> Store:
    """Five leads: c and d are equally pressing and d is older; e has ended, a lies in another village."""
    with store.unit_of_work() as work:
        for name, priority, region in (
            ("a", 50, OTHER_VILLAGE),
            ("b", 10, VILLAGE),
            ("c", 30, VILLAGE),
            ("e", 99, VILLAGE),
        ):
            work.leads.add(replace(lead(name, region=region, matter=name), priority=priority))
        older = lead("d", region=VILLAGE, matter="d")
        work.leads.add(replace(older, priority=30, opened_at=NOON - timedelta(days=1)))
        work.decisions.append(decided("e", LeadStatus.CONFIRMED))
        work.commit()
    return store


def test_open_leads_stand_first_then_the_most_pressing_then_the_oldest(filled: Store):
    with filled.reading() as work:
        assert ids(work) == ["a", "d", "c", "b", "e"]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_pages_one_after_the_other_are_the_whole_feed(filled: Store, size: int):
    with filled.reading() as work:
        pages: list[str] = []
        while page := ids(work, limit=size, after=LeadId(pages[-1]) if pages else None):
            pages += page
        assert pages == ids(work)


def test_a_page_after_a_lead_that_the_account_may_not_see_is_the_first(filled: Store):
    with filled.reading() as work:
        mine = ids(work, scope=scope(VILLAGE))
        assert ids(work, scope=scope(VILLAGE), after=LeadId("a")) == mine
        assert ids(work, scope=scope(VILLAGE), after=LeadId("nobody")) == mine


@pytest.mark.parametrize(
    ("region", "seen"),
    [(COUNTY, 5), (TOWN, 5), (VILLAGE, 4), (OTHER_VILLAGE, 1), (RegionCode("14"), 5), (RegionCode("15"), 0)],
)
def test_every_level_of_division_sees_what_lies_inside(filled: Store, region: RegionCode, seen: int):
    with filled.reading() as work:
        assert len(ids(work, scope=scope(region))) == seen
        assert work.leads.count(LeadFilter(scope=scope(region))) == seen


def test_a_village_outside_ones_own_division_adds_nothing(filled: Store):
    with filled.reading() as work:
        assert ids(work, scope=scope(VILLAGE), village=OTHER_VILLAGE) == []
        assert ids(work, scope=scope(VILLAGE), village=TOWN) == ids(work, scope=scope(VILLAGE))


def test_counting_ends_where_it_is_told_to(filled: Store):
    with filled.reading() as work:
        assert work.leads.count(LeadFilter(scope=scope()), most=3) == 3


def test_an_entry_follows_decisions_priorities_and_moves(filled: Store):
    with filled.unit_of_work() as work:
        work.decisions.append(decided("a", LeadStatus.NOT_CONFIRMED))
        work.leads.assess(LeadId("b"), 80, [], NOON)
        work.leads.move(
            LeadMove(
                lead_id=LeadId("c"),
                household_before=None,
                household_after=None,
                region_before=VILLAGE,
                region_after=OTHER_VILLAGE,
                matter_before="c",
                matter_after="c",
                moved_at=NOON,
                reason="户在别村",
            )
        )
        work.commit()

    with filled.reading() as work:
        assert ids(work) == ["b", "d", "c", "e", "a"]
        assert ids(work, scope=scope(OTHER_VILLAGE)) == ["c", "a"]


def test_an_entry_says_on_how_many_days_nobody_was_met_at_the_door_it_points_at(filled: Store):
    def tried() -> list[str]:
        with filled.reading() as work:
            return ids(work, facets=LeadFacets(days_in_vain=2))

    with filled.unit_of_work() as work:
        for day in (20, 20, 21):
            work.decisions.append(tried_on("a", day))
        work.decisions.append(tried_on("b", 20))
        work.commit()
    assert tried() == ["a"]

    move = LeadMove(
        lead_id=LeadId("a"),
        household_before=None,
        household_after=HouseholdId("1411241042020001"),
        region_before=OTHER_VILLAGE,
        region_after=OTHER_VILLAGE,
        matter_before="a",
        matter_after="a",
        moved_at=NOON,
        reason="改户",
    )
    with filled.unit_of_work() as work:
        work.leads.move(move)
        work.commit()
    assert tried() == []


def tried_on(lead_id: str, day: int) -> Decision:
    return replace(
        decided(lead_id, LeadStatus.VISITED_IN_VAIN), step=Step.VISIT_IN_VAIN, visited_on=date(2026, 11, day)
    )


def test_what_is_owed_depends_on_the_status(filled: Store):
    with filled.unit_of_work() as work:
        due = lead("a").due
        work.decisions.append(decided("a", LeadStatus.ASSIGNED))
        work.commit()
        assert "a" in ids(work, due_before=due.visit + timedelta(days=1))
        assert "a" not in ids(work, due_before=due.visit)
        assert "b" in ids(work, due_before=due.pass_on + timedelta(days=1))
        assert "e" in ids(work, due_before=due.decide + timedelta(days=1))
        work.decisions.append(decided("e", LeadStatus.CLOSED))
        assert "e" not in ids(work, due_before=due.report_back + timedelta(days=1))


def test_in_a_village_the_visit_of_an_open_lead_is_due_and_nothing_else(filled: Store):
    with filled.unit_of_work() as work:
        due = replace(lead("a").due, visit=lead("a").due.visit + timedelta(days=2))
        for name in "abe":
            work.leads.set_due(LeadId(name), due, NOON)
        work.decisions.append(decided("b", LeadStatus.ASSIGNED))
        work.decisions.append(decided("e", LeadStatus.CONFIRMED))
        late = {"due_before": due.visit + timedelta(days=1), "owes_visits": True}
        assert "a" not in ids(work, due_before=due.pass_on + timedelta(days=1), owes_visits=True)
        assert {"a", "b"} <= set(ids(work, **late))
        assert "e" not in ids(work, due_before=due.report_back + timedelta(days=1), owes_visits=True)


@pytest.mark.parametrize("status", [LeadStatus.HANDLED_ABOVE, LeadStatus.TO_DISCIPLINE])
def test_what_those_above_have_is_due_for_them_alone_and_stands_in_one_place(filled: Store, status: LeadStatus):
    with filled.unit_of_work() as work:
        work.decisions.append(decided("d", status))
        due = {"due_before": lead("d").due.report_back + timedelta(days=1)}
        assert "d" in ids(work, sees_above=True, **due)
        assert "d" not in ids(work, **due)
        assert ids(work) == ["a", "c", "b", "d", "e"]


def test_new_days_are_due_at_once(filled: Store):
    with filled.unit_of_work() as work:
        due = lead("a").due
        later = due.pass_on + timedelta(days=30)
        work.leads.set_due(
            LeadId("a"), DueDates(pass_on=later, visit=later, decide=later, measure=later, report_back=later), NOON
        )
        assert "a" not in ids(work, due_before=due.pass_on + timedelta(days=1))
        assert "a" in ids(work, due_before=later + timedelta(days=1))


def test_who_has_a_lead_finds_it_under_their_name(filled: Store):
    with filled.unit_of_work() as work:
        given = Assignment(
            lead_id=LeadId("c"), holder=Role.VILLAGE, assignee="cun", assigned_by="t", assigned_at=NOON, reason="按职责"
        )
        work.assignments.append(given)
        assert ids(work, assignee="cun") == ["c"]
        work.assignments.append(replace(given, assignee=""))
        assert ids(work, assignee="cun") == []


def test_categories_narrow_the_feed(filled: Store):
    with filled.unit_of_work() as work:
        work.leads.add(lead("f", region=VILLAGE, matter="f", risks=frozenset({Risk.WATER})))
        assert ids(work, risk=Risk.WATER) == ["f"]


def test_an_entry_made_anew_says_what_it_said(store: Store, database_url: str):
    fill_by_chance(store, random.Random(5))
    kept = entries(database_url)
    with store.unit_of_work() as work:
        for view in work.leads.feed(LeadFilter(scope=scope())):
            work.leads.assess(view.lead.id, view.lead.priority, view.lead.priority_reasons, NOON)
        work.commit()

    assert entries(database_url) == kept


def test_a_text_that_becomes_restricted_is_counted_no_more(store: Store, database_url: str):
    texts = [document(name, f"{name}来反映家里的难处") for name in ("A", "B")]
    with store.unit_of_work() as work:
        made = lead("a")
        work.leads.add(made)
        for text in texts:
            work.documents.add(text)
            work.leads.add_evidence(
                LeadEvidence(lead_id=made.id, document_id=text.id, risks=made.risks, urgent=False, added_at=NOON)
            )
        work.commit()
    assert [one.texts for one in entries(database_url)] == [2]

    with store.unit_of_work() as work:
        work.routes.add(texts[0].id, Route.RESTRICTED, "文中指向干部", "2", NOON)
        work.commit()

    assert [one.texts for one in entries(database_url)] == [1]
