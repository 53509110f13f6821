"""The lead that goes on in place of another one: what may be named, what cannot come about, what pages tell."""

import re

import pytest

from domain.failures.errors import ReviewError, TransitionNotAllowed
from domain.leads.lead import SYSTEM, Decision, LeadId, LeadStatus
from domain.leads.step import Step
from domain.words.vocabulary import Role
from review.decisions.form import decision_form
from review.decisions.successor import nameable_leads, named_in_sight, succession_of
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN
from tests.fakes import FakeClock
from tests.review.deciding import WORKFLOW, Deciding, account, settle
from tests.review.office import Office, fill

S = LeadStatus


@pytest.fixture
def place(sqlite_store: Store) -> Deciding:
    """Three leads of one household and one of nobody."""
    found = settle(sqlite_store)
    for name in ("a", "b", "c"):
        found.arrive(name, f"{name}家里有人病了。", household_id="1")
    found.arrive("unlinked", "村里有一家断了药。")
    return found


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def goes_on_as(place: Deciding, lead_id: str) -> str | None:
    ended = place.view(lead_id).superseding
    return ended.other_lead if ended else None


def told(place: Deciding, lead_id: str, role: Role = Role.VILLAGE):
    with place.store.reading() as work:
        return succession_of(work, place.view(lead_id), account(role))


def test_a_duplicate_names_the_lead_that_goes_on(place: Deciding):
    with pytest.raises(ReviewError, match="请写明情况和理由、继续办理的线索"):
        place.decide(Role.VILLAGE, "a", S.DUPLICATE)
    with pytest.raises(ReviewError, match="请写明继续办理的线索"):
        place.decide(Role.VILLAGE, "a", S.DUPLICATE, reason="同一件事")

    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")

    assert goes_on_as(place, "a") == "b"
    assert place.view("b").decisions == ()


@pytest.mark.parametrize("other", ["a", "nonsense", "elsewhere", "stranger", "above"])
def test_no_lead_is_named_that_is_another_ones_or_out_of_sight(place: Deciding, other: str):
    place.arrive("elsewhere", "外村的。", household_id="1", region=OTHER_VILLAGE)
    place.arrive("stranger", "另一户的。", household_id="2")
    place.arrive("above", "只知道在镇里。", region=TOWN)

    with pytest.raises(ReviewError, match="没有这条线索, 或不是同一户、同一村的另一条线索"):
        place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead=other)
    assert place.view("a").decisions == ()


def test_the_town_names_a_lead_of_which_only_the_town_was_known(place: Deciding):
    place.arrive("above", "只知道在镇里。", region=TOWN)

    place.step(Role.TOWN, "a", S.DUPLICATE, other_lead="above")

    seen, hidden = told(place, "a", Role.TOWN), told(place, "a")
    assert seen.successor is not None
    assert seen.successor.id == "above"
    assert (hidden.how, hidden.told, hidden.successor) == ("已按重复办结", True, None)
    with place.store.reading() as work:
        assert named_in_sight(work, place.view("a"), account(Role.VILLAGE)) == frozenset()
        assert named_in_sight(work, place.view("a"), account(Role.TOWN)) == {"above"}


def test_two_leads_are_not_duplicates_of_each_other(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")

    with pytest.raises(ReviewError, match="线索 a 自己已按重复或并案办结"):
        place.step(Role.VILLAGE, "b", S.DUPLICATE, other_lead="a")
    assert place.view("b").status is S.NEW


@pytest.mark.parametrize("further", [[], [S.REPORTED_BACK], [S.REPORTED_BACK, S.CLOSED]])
def test_what_was_closed_as_a_duplicate_goes_on_for_nobody(place: Deciding, further: list[LeadStatus]):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    for status in further:
        place.step(Role.TOWN, "a", status)

    for lead_id, status in (("c", S.DUPLICATE), ("b", S.DUPLICATE), ("c", S.MERGED), ("b", S.MERGED)):
        with pytest.raises(ReviewError, match="自己已按重复或并案办结"):
            place.step(Role.TOWN, lead_id, status, other_lead="a")


def test_a_merged_lead_goes_on_for_nobody(place: Deciding):
    place.step(Role.TOWN, "a", S.MERGED, other_lead="b")

    with pytest.raises(ReviewError, match="自己已按重复或并案办结"):
        place.step(Role.VILLAGE, "b", S.DUPLICATE, other_lead="a")


def test_a_chain_ends_where_a_lead_goes_on(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.step(Role.VILLAGE, "b", S.DUPLICATE, other_lead="c")

    for other in ("a", "b"):
        with pytest.raises(ReviewError):
            place.step(Role.VILLAGE, "c", S.DUPLICATE, other_lead=other)
    assert [goes_on_as(place, one) for one in "abc"] == ["b", "c", None]


def test_a_lead_that_was_reopened_goes_on_again(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.step(Role.VILLAGE, "a", S.VISITING)
    assert (goes_on_as(place, "a"), told(place, "b").predecessors) == (None, ())

    place.step(Role.VILLAGE, "b", S.DUPLICATE, other_lead="a")

    assert goes_on_as(place, "b") == "a"


def test_a_reopening_is_not_taken_back_once_the_other_lead_relies_on_it(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.step(Role.VILLAGE, "a", S.VISITING)
    place.step(Role.TOWN, "b", S.DUPLICATE, other_lead="a")

    with pytest.raises(TransitionNotAllowed, match="继续办理的那条线索已经变了"):
        place.undo(Role.VILLAGE, "a")
    assert place.view("a").status is S.VISITING


def test_a_reopening_is_taken_back_while_the_other_lead_goes_on(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.step(Role.VILLAGE, "a", S.VISITING)

    place.undo(Role.VILLAGE, "a")

    assert (place.view("a").status, goes_on_as(place, "a")) == (S.DUPLICATE, "b")


def test_an_answer_to_the_source_is_taken_back_wherever_the_other_lead_went_meanwhile(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.step(Role.TOWN, "a", S.REPORTED_BACK)
    place.step(Role.VILLAGE, "b", S.DUPLICATE, other_lead="c")

    place.undo(Role.TOWN, "a")

    assert (place.view("a").status, goes_on_as(place, "a")) == (S.DUPLICATE, "b")


def duplicate_of_old(place: Deciding, lead_id: str, by: str = "village") -> None:
    """A duplicate as they were written before one had to name anything."""
    place.clock.move(minutes=1)
    step = None if by == SYSTEM else Step.VERIFY
    with place.store.unit_of_work() as work:
        work.decisions.append(
            Decision(
                lead_id=LeadId(lead_id),
                status=S.DUPLICATE,
                decided_by=by,
                decided_at=place.clock.now(),
                reason="同一件事",
                step=step,
            )
        )
        work.commit()


def test_an_old_duplicate_that_names_nothing_is_readable_and_goes_on_for_nobody(place: Deciding):
    duplicate_of_old(place, "a")

    found = told(place, "a")
    assert (found.how, found.told, found.successor) == ("已按重复办结", False, None)
    with pytest.raises(ReviewError, match="自己已按重复或并案办结"):
        place.step(Role.VILLAGE, "b", S.DUPLICATE, other_lead="a")
    place.step(Role.VILLAGE, "a", S.VISITING)
    place.undo(Role.VILLAGE, "a")
    assert place.view("a").status is S.DUPLICATE


def test_an_old_duplicate_on_which_another_lead_relies_does_not_come_back(place: Deciding):
    duplicate_of_old(place, "a")
    place.step(Role.VILLAGE, "a", S.VISITING)
    place.step(Role.TOWN, "b", S.DUPLICATE, other_lead="a")

    with pytest.raises(TransitionNotAllowed, match="继续办理的那条线索已经变了"):
        place.undo(Role.VILLAGE, "a")


def test_of_what_the_system_gave_up_the_texts_tell_where_it_went(place: Deciding):
    duplicate_of_old(place, "a", SYSTEM)

    assert told(place, "a").how == ""


def test_both_leads_tell_of_each_other_however_the_one_that_goes_on_ends(place: Deciding):
    place.step(Role.VILLAGE, "a", S.DUPLICATE, other_lead="b")
    place.step(Role.VILLAGE, "b", S.NOT_CONFIRMED)

    found = told(place, "a")
    assert found.successor is not None
    assert (found.successor.id, found.successor.status) == ("b", "不属实")
    assert [(one.id, one.status) for one in told(place, "b").predecessors] == [("a", "重复")]

    place.undo(Role.VILLAGE, "b")
    found = told(place, "a")
    assert found.successor is not None
    assert found.successor.status == "新线索"


def test_which_lead_the_county_named_those_below_do_not_learn(place: Deciding):
    place.step(Role.CLERK, "a", S.TO_DISCIPLINE)
    place.step(Role.LEADER, "a", S.DUPLICATE, other_lead="b")

    below, county = told(place, "a"), told(place, "a", Role.LEADER)

    assert (below.how, below.told, below.successor) == ("已按重复办结", True, None)
    assert told(place, "b").predecessors == ()
    assert county.successor is not None
    assert [one.id for one in told(place, "b", Role.LEADER).predecessors] == ["a"]


def test_a_step_that_asks_for_no_other_lead_keeps_none(place: Deciding):
    place.step(Role.VILLAGE, "a", S.ALREADY_KNOWN, other_lead="nonsense")

    assert place.view("a").decisions[-1].other_lead is None


def test_offered_are_the_households_own_leads_and_those_of_nobody_in_the_village(place: Deciding):
    place.arrive("stranger", "另一户的。", household_id="2")
    place.arrive("elsewhere", "外村的。", household_id="1", region=OTHER_VILLAGE)
    place.step(Role.VILLAGE, "b", S.NOT_HERE)
    place.step(Role.TOWN, "c", S.DUPLICATE, other_lead="b")

    with place.store.reading() as work:
        offered = nameable_leads(work, account(Role.VILLAGE), place.view("a"))
        form = decision_form(work, account(Role.VILLAGE), place.view("a"), WORKFLOW, place.clock.now())
        clerk = decision_form(work, account(Role.CLERK), place.view("a"), WORKFLOW, place.clock.now())

    assert [one.id for one in offered] == ["b", "unlinked"]
    assert [one.label for one in offered] == ["本户 · 因病 · 不属本镇 · b", "未关联到户 · 因病 · 新线索 · unlinked"]
    assert (form.nameable, clerk.nameable) == (offered, ())
    assert (form.naming, clerk.naming) == (("重复",), ())


def test_of_a_lead_of_nobody_all_open_leads_of_the_village_are_offered(place: Deciding):
    with place.store.reading() as work:
        offered = nameable_leads(work, account(Role.VILLAGE), place.view("unlinked"))

    assert {one.id for one in offered} == {"a", "b", "c"}


def test_a_duplicate_is_recorded_from_the_form_for_the_door_and_both_pages_lead_to_each_other(office: Office):
    place = Deciding(office.store, office.clock)
    place.arrive("again", "又来反映药费。", household_id="1411241042020001")
    client = office.client("village")
    form = client.get("/leads/again/visit").text
    assert '<option value="own">未关联到户 · 因病 · 新线索 · own</option>' in form
    fields = dict(re.findall(r'name="(csrf|form_key)" value="([^"]+)"', form))
    given = {**fields, "status": "duplicate", "reason": "同一件事"}

    assert "选「重复」时" in form
    assert "并案" not in form
    assert "选「重复」或「已并案」时" in office.client("town").get("/leads/again").text

    torn = client.post("/leads/again/decisions", data={**given, "other_lead": "own", "other_lead_number": "again"})
    assert (torn.status_code, "不是同一条" in torn.text) == (409, True)
    assert client.post("/leads/again/decisions", data={**given, "other_lead_number": " own "}).status_code == 303

    assert '由<a href="/leads/own">线索 own</a>继续办理(现在: 新线索)' in client.get("/leads/again").text
    assert "由线索 own 继续办理" in client.get("/leads/again").text
    assert '<a href="/leads/again">线索 again</a>(重复)由这一条继续办理' in client.get("/leads/own").text
