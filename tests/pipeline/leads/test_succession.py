"""Whoever was closed as a duplicate of a lead that the system gives up has somebody going on for the household."""

from dataclasses import replace
from functools import partial

import pytest

from domain.failures.errors import ReviewError, TransitionNotAllowed
from domain.leads.lead import SYSTEM, LeadId, LeadMove, LeadStatus, LeadView
from domain.leads.step import Step
from domain.register.household import HouseholdId
from domain.register.register_change import RegisterDiff, Succession
from domain.words.vocabulary import Role
from pipeline.leads.moves import leave
from pipeline.leads.succession import settle_successions
from pipeline.policy.tables import load_policy
from storage.leads.leads import Leads
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, household
from tests.review.deciding import Deciding, settle
from tests.review.racing import overtaken

S = LeadStatus
POLICY = load_policy()


@pytest.fixture
def place(store: Store) -> Deciding:
    """Two leads of one household."""
    found = settle(store)
    for name in ("a", "b"):
        found.arrive(name, f"{name}家里有人病了。", household_id="1")
    return found


def give_up(place: Deciding, lead_id: str, to: str = "", *, store: Store | None = None) -> None:
    """Let the texts of a lead go to another one, or to none, as the stage of leads does."""
    place.clock.move(minutes=1)
    with (store or place.store).unit_of_work() as work:
        work.leads.hold([LeadId(lead_id)])
        for evidence in place.view(lead_id).evidence:
            if to:
                work.leads.add_evidence(replace(evidence, lead_id=LeadId(to), added_at=place.clock.now()))
            view = work.leads.get(LeadId(lead_id))
            assert view is not None
            leave(work, view, evidence.document_id, "登记册更新后已关联到户", place.clock.now())
        work.commit()


def move(place: Deciding, lead_id: str, household_id: str) -> None:
    lead = place.view(lead_id).lead
    place.clock.move(minutes=1)
    with place.store.unit_of_work() as work:
        work.leads.move(
            LeadMove(
                lead_id=lead.id,
                household_before=lead.household_id,
                household_after=HouseholdId(household_id),
                region_before=lead.region,
                region_after=lead.region,
                matter_before=lead.matter,
                matter_after=f"household:{household_id}",
                moved_at=place.clock.now(),
                reason="干部判断了是不是这一户",
            )
        )
        work.commit()


def register_says(place: Deciding, before: str, after: str) -> None:
    gone = Succession(
        household_id=HouseholdId(before),
        successors=(HouseholdId(after),),
        clear=True,
        same_people=True,
        reason="户编号变了",
    )
    place.clock.move(minutes=1)
    with place.store.unit_of_work() as work:
        work.registry.import_households([household(after)], file="a", file_sha256="0", at=place.clock.now())
        work.register_history.add(work.registry.version(), replace(RegisterDiff.empty(), successions=(gone,)))
        work.commit()


def run(place: Deciding, store: Store | None = None) -> dict[str, int]:
    place.clock.move(minutes=1)
    return settle_successions(store or place.store, POLICY, COUNTY, place.clock).details


def goes_on_as(view: LeadView) -> str | None:
    return view.superseding.other_lead if view.superseding else None


@pytest.mark.parametrize("further", [[], [S.REPORTED_BACK], [S.REPORTED_BACK, S.CLOSED]])
def test_the_lead_that_has_the_texts_now_goes_on_for_the_duplicates_too(place: Deciding, further: list[LeadStatus]):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    for status in further:
        place.step(Role.TOWN, "a", status)
    before = place.view("a")
    place.arrive("d", "台账上的那一户。", household_id="1")
    give_up(place, "b", "d")

    assert run(place) == {"goes_on": 1}

    view = place.view("a")
    assert view.decisions[:-1] == before.decisions
    assert (view.status, goes_on_as(view), view.decisions[-1].decided_by) == (before.status, "d", SYSTEM)
    assert "改由那一条继续办理" in view.decisions[-1].reason
    assert run(place) == {}
    for _ in further:
        place.step(Role.TOWN, "a", S.VISITING)
        assert goes_on_as(place.view("a")) is None
        break


@pytest.mark.parametrize("to", ["d", ""])
def test_where_nobody_goes_on_for_the_household_its_lead_is_open_again(place: Deciding, to: str):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    before = place.view("a")
    place.arrive("d", "另一户的。", household_id="2")
    give_up(place, "b", to)
    place.clock.move(hours=24 * 30)

    assert run(place) == {"reopened": 1}

    view = place.view("a")
    assert view.decisions[:-1] == before.decisions
    assert (view.status, view.superseding, view.evidence) == (S.VISITING, None, before.evidence)
    assert (view.decisions[-1].step, view.decisions[-1].decided_by) == (Step.REOPEN, SYSTEM)
    assert view.lead.due.visit > before.lead.due.visit
    assert run(place) == {}
    place.step(Role.VILLAGE, "a", S.NOT_CONFIRMED)


def test_of_several_leads_that_have_the_texts_an_open_one_of_the_household_goes_on(place: Deciding):
    place.arrive("c", "又一份。", "还有一份。", household_id="1")
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="c")
    for name, household_id in (("ended", "1"), ("open", "1"), ("stranger", "2")):
        place.arrive(name, f"{name}的。", household_id=household_id)
    texts = place.view("c").evidence
    with place.store.unit_of_work() as work:
        for name in ("ended", "open", "stranger"):
            work.leads.add_evidence(replace(texts[0], lead_id=LeadId(name)))
        work.commit()
    place.step(Role.VILLAGE, "ended", S.NOT_CONFIRMED)
    give_up(place, "c")

    run(place)

    assert goes_on_as(place.view("a")) == "open"


def test_what_was_merged_goes_on_wherever_its_own_texts_go(place: Deciding):
    place.step(Role.TOWN, "a", S.MERGED, other_lead="b")
    place.arrive("d", "另一户的。", household_id="2")
    give_up(place, "b", "d")

    assert run(place) == {"goes_on": 1}

    assert (place.view("a").status, goes_on_as(place.view("a"))) == (S.MERGED, "d")


def test_a_named_lead_that_speaks_of_another_household_by_now_goes_on_for_nobody(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    move(place, "b", "2")

    assert run(place) == {"reopened": 1}
    assert place.view("a").status is S.VISITING


def test_a_household_that_the_register_gave_another_number_is_the_same(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    register_says(place, "1", "9")
    move(place, "b", "9")
    assert run(place) == {}

    place.arrive("d", "另一村。", household_id="9", region=OTHER_VILLAGE)
    give_up(place, "b", "d")

    assert run(place) == {"goes_on": 1}
    assert goes_on_as(place.view("a")) == "d"

    register_says(place, "9", "8")
    move(place, "d", "8")
    assert run(place) == {}


def test_a_lead_that_a_person_closed_as_a_duplicate_in_its_turn_is_left_alone(place: Deciding):
    place.arrive("c", "又一份。", household_id="1")
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.step(Role.VILLAGE, "b", S.DUPLICATE, other_lead="c")
    assert run(place) == {}

    place.arrive("d", "台账上的那一户。", household_id="1")
    give_up(place, "c", "d")

    assert run(place) == {"goes_on": 1}
    assert [goes_on_as(place.view(one)) for one in "abc"] == ["b", "d", None]


def test_nobody_takes_back_what_the_system_did_nor_gets_a_lead_back_that_went_away(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.arrive("d", "台账上的那一户。", household_id="1")
    give_up(place, "b", "d")
    with pytest.raises(TransitionNotAllowed):
        place.undo(Role.TOWN, "a")
    run(place)

    with pytest.raises(TransitionNotAllowed, match="只能在短时间内撤销自己刚做的一步"):
        place.undo(Role.VILLAGE, "a")
    place.step(Role.VILLAGE, "a", S.VISITING)
    place.undo(Role.VILLAGE, "a")
    assert goes_on_as(place.view("a")) == "d"
    with pytest.raises(ReviewError, match="自己已按重复或并案办结"):
        place.step(Role.VILLAGE, "d", S.DUPLICATE, other_lead="a")


def test_a_cadre_who_names_a_lead_while_the_system_gives_it_up_leaves_somebody_who_goes_on(
    stores: list[Store], place: Deciding
):
    place.arrive("d", "另一户的。", household_id="2")
    cadre = partial(place.step, Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")

    overtaken(Leads, "inside", cadre, partial(give_up, place, "b", "d", store=stores[1]))

    assert (place.view("a").status, place.view("b").status) == (S.DUPLICATE, S.DUPLICATE)
    assert run(place) == {"reopened": 1}


def test_a_cadre_who_takes_the_lead_up_while_the_system_settles_it_is_not_overruled(
    stores: list[Store], place: Deciding
):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.arrive("d", "台账上的那一户。", household_id="1")
    give_up(place, "b", "d")
    system = partial(run, place, stores[1])

    overtaken(Leads, "holding_what_left", system, partial(place.step, Role.VILLAGE, "a", S.VISITING))

    view = place.view("a")
    assert (view.status, view.decisions[-1].decided_by, view.superseding) == (S.VISITING, "village", None)
    assert run(place) == {}


def test_what_was_found_in_order_is_read_again_only_when_something_is_new(
    place: Deciding, monkeypatch: pytest.MonkeyPatch
):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    register_says(place, "1", "9")
    move(place, "b", "9")
    read: list[str] = []
    get = Leads.get
    monkeypatch.setattr(Leads, "get", lambda self, lead_id: read.append(lead_id) or get(self, lead_id))

    assert (run(place), read) == ({}, ["a", "b"])
    read.clear()
    assert (run(place), read) == ({}, [])

    move(place, "b", "2")
    assert run(place) == {"reopened": 1}
    assert read


def test_a_new_register_may_unsettle_what_was_in_order(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    register_says(place, "1", "9")
    move(place, "b", "9")
    assert run(place) == {}

    register_says(place, "9", "8")

    assert run(place) == {"reopened": 1}


def test_two_processes_settle_a_lead_once(stores: list[Store], place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.arrive("d", "台账上的那一户。", household_id="1")
    give_up(place, "b", "d")

    overtaken(Leads, "hold", partial(run, place, stores[0]), partial(run, place, stores[1]))

    assert [one.decided_by for one in place.view("a").decisions] == ["village", SYSTEM]
