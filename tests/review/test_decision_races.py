"""Several people, or one with several browsers, act on one lead at the same moment, on each kind of database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from domain.failures.errors import ReviewError
from domain.leads.lead import Decision, LeadId, LeadStatus
from domain.leads.workflow import step_to
from domain.texts.accusation import AccusationAct, AccusationState
from domain.words.vocabulary import Role
from pipeline.policy.tables import load_policy
from review.decisions.accusations import Filled, act_on
from review.decisions.bulk import assign_many
from review.decisions.decisions import decide, undo
from review.decisions.reveals import reveal, reveal_items
from storage.store import Store
from storage.texts.accusations import Accusations, OfficeScope
from tests.factories import TOWN
from tests.fakes import NOON, FakeClock
from tests.review.deciding import WORKFLOW, Deciding, account, filled_in, settle
from tests.review.office import fill
from tests.review.racing import at_once, overtaken

ROUNDS = 4


def told(act: Callable[[], object]) -> str:
    """What the person was told; nothing where the act was done."""
    try:
        act()
    except ReviewError as exc:
        return str(exc)
    return ""


def deciding(store: Store, place: Deciding, role: Role, lead_id: str, status: LeadStatus, **more: object) -> str:
    row = step_to(place.view(lead_id), status, role)
    filled = filled_in(row.requires if row else frozenset())
    filled.update(more)
    decision = Decision(
        lead_id=LeadId(lead_id),
        status=status,
        decided_by=role.value,
        decided_at=place.clock.now(),
        **{"reason": "", **filled},  # type: ignore[arg-type]
    )
    return told(partial(decide, store, account(role), LeadId(lead_id), decision, workflow=WORKFLOW))


def undoing(store: Store, place: Deciding, role: Role, lead_id: str) -> str:
    at = place.clock.now() + timedelta(seconds=1)
    return told(partial(undo, store, account(role), LeadId(lead_id), at, WORKFLOW))


def steps_of(place: Deciding, lead_id: str) -> list[LeadStatus]:
    return [one.status for one in place.view(lead_id).decisions]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_who_decide_at_once_one_is_told_how_it_stands(stores: list[Store], number: int):
    place = settle(stores[0])
    place.arrive("one")
    place.step(Role.TOWN, "one", LeadStatus.ASSIGNED)
    place.step(Role.TOWN, "one", LeadStatus.VISITING)
    place.clock.move(minutes=1)
    verdicts = (LeadStatus.CONFIRMED, LeadStatus.NOT_CONFIRMED)[:: 1 if number % 2 else -1]

    said = at_once(
        [partial(deciding, one, place, Role.TOWN, "one", verdicts[at]) for at, one in enumerate(stores)],
    )

    assert said.count("") == 1
    [refused] = [one for one in said if one]
    assert "请刷新页面" in refused
    assert steps_of(place, "one")[2:] == [verdicts[said.index("")]]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_an_undoing_and_another_step_at_once_leave_a_way_that_the_table_knows(stores: list[Store], number: int):
    place = settle(stores[0])
    place.arrive("one")
    place.step(Role.TOWN, "one", LeadStatus.ASSIGNED)
    place.step(Role.TOWN, "one", LeadStatus.VISITING)

    undone, decided = at_once(
        [
            partial(undoing, stores[number % 2], place, Role.TOWN, "one"),
            partial(deciding, stores[1 - number % 2], place, Role.CLERK, "one", LeadStatus.CONFIRMED),
        ]
    )

    way = steps_of(place, "one")[2:]
    if not undone:
        # What was taken back is not decided about.
        assert way[0] is LeadStatus.ASSIGNED
        assert decided
        assert len(way) == 1
    else:
        assert way == [LeadStatus.CONFIRMED]
        assert "撤销" in undone
        assert not decided


def test_one_step_taken_back_twice_at_once_is_taken_back_once(stores: list[Store]):
    place = settle(stores[0])
    place.arrive("one")
    place.step(Role.TOWN, "one", LeadStatus.ASSIGNED)
    place.step(Role.TOWN, "one", LeadStatus.VISITING)

    said = at_once([partial(undoing, one, place, Role.TOWN, "one") for one in stores])

    assert said.count("") == 1
    assert steps_of(place, "one") == [LeadStatus.ASSIGNED, LeadStatus.VISITING, LeadStatus.ASSIGNED]


def test_leads_passed_on_by_two_at_once_and_singly_are_passed_on_once_each(stores: list[Store]):
    place = settle(stores[0])
    ids = [place.arrive(f"lead{number}") for number in range(6)]
    place.clock.move(minutes=1)
    at = place.clock.now()

    def many(store: Store, role: Role, order: list[LeadId]) -> int:
        return assign_many(store, account(role), order, "请入户", at, workflow=WORKFLOW).done

    def singly(store: Store) -> int:
        return sum(not deciding(store, place, Role.LEADER, one, LeadStatus.VISITING) for one in ids[:3])

    done = at_once(
        [
            partial(many, stores[0], Role.TOWN, ids),
            partial(many, stores[1], Role.CLERK, ids[::-1]),
            partial(singly, stores[0]),
        ]
    )

    for one in ids:
        way = steps_of(place, one)
        assert len(way) == len(set(way))
        assert way[:1] in ([LeadStatus.ASSIGNED], [LeadStatus.VISITING])
    assert sum(done) == sum(len(steps_of(place, one)) for one in ids)


def test_one_form_sent_twice_at_once_is_recorded_once_and_no_error(stores: list[Store]):
    place = settle(stores[0])
    place.arrive("one")
    place.clock.move(minutes=1)
    decision = Decision(
        lead_id=LeadId("one"),
        status=LeadStatus.ASSIGNED,
        decided_by="town",
        decided_at=place.clock.now(),
        reason="请入户",
    )

    def send(store: Store) -> str:
        send_once = partial(decide, store, account(Role.TOWN), LeadId("one"), decision)
        return told(partial(send_once, workflow=WORKFLOW, form_key="phone-1"))

    assert at_once([partial(send, one) for one in stores * 2]) == [""] * 4
    assert steps_of(place, "one") == [LeadStatus.ASSIGNED]


def test_two_leads_merged_into_each_other_at_once_are_merged_one_way(stores: list[Store]):
    place = settle(stores[0])
    for name in ("one", "two"):
        place.arrive(name, f"{name}家里有人病了。", household_id=None)
    place.clock.move(minutes=1)

    said = at_once(
        [
            partial(deciding, one, place, Role.TOWN, lead_id, LeadStatus.MERGED, other_lead=LeadId(other))
            for one, (lead_id, other) in zip(stores, [("one", "two"), ("two", "one")], strict=True)
        ]
    )

    assert said.count("") == 1
    statuses = sorted(place.view(one).status.value for one in ("one", "two"))
    assert statuses.count(LeadStatus.MERGED.value) == 1
    assert sum(len(place.texts(one)) for one in ("one", "two")) == 2


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_leads_named_duplicates_of_each_other_at_once_one_goes_on(stores: list[Store], number: int):
    place = settle(stores[0])
    for name in ("one", "two"):
        place.arrive(name, f"{name}家里有人病了。", household_id="1")
    place.clock.move(minutes=1)
    ways = [("one", "two"), ("two", "one")][:: 1 if number % 2 else -1]

    said = at_once(
        [
            partial(deciding, one, place, Role.VILLAGE, lead_id, LeadStatus.DUPLICATE, other_lead=LeadId(other))
            for one, (lead_id, other) in zip(stores, ways, strict=True)
        ]
    )

    assert said.count("") == 1
    assert "自己已按重复或并案办结" in "".join(said)
    assert sorted(place.view(one).status for one in ("one", "two")) == [LeadStatus.DUPLICATE, LeadStatus.NEW]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_reopenings_taken_back_at_once_leave_one_lead_that_goes_on(stores: list[Store], number: int):
    place = settle(stores[0])
    for name in ("one", "two"):
        place.arrive(name, f"{name}家里有人病了。", household_id="1")
    place.step(Role.VILLAGE, "one", LeadStatus.DUPLICATE, other_lead="two")
    place.step(Role.VILLAGE, "one", LeadStatus.VISITING)
    place.step(Role.TOWN, "two", LeadStatus.DUPLICATE, other_lead="one")
    place.step(Role.TOWN, "two", LeadStatus.VISITING)
    acts = [
        partial(undoing, stores[0], place, Role.VILLAGE, "one"),
        partial(undoing, stores[1], place, Role.TOWN, "two"),
    ]

    said = at_once(acts[:: 1 if number % 2 else -1])

    assert said.count("") == 1
    assert sorted(place.view(one).status for one in ("one", "two")) == [LeadStatus.DUPLICATE, LeadStatus.VISITING]


def test_the_days_number_of_reveals_holds_for_several_at_once(stores: list[Store], clock: FakeClock):
    fill(stores[0], clock)
    rules = load_policy().disclosure.rules
    with stores[0].reading() as work:
        town = work.accounts.get("town")
        assert town is not None
        view = work.leads.inside(LeadId("own"), town.scope)
        assert view is not None
        key = reveal_items(work, town, view, NOON)[0].key

    def ask(store: Store) -> str:
        return told(partial(reveal, store, town, view, key, "核对家庭人口和病情资料", rules=rules, at=NOON))

    for _ in range(rules.reveals_per_day - 1):
        assert ask(stores[0]) == ""
    said = at_once([partial(ask, one) for one in stores * 3])

    assert said.count("") == 1
    assert all("到了上限" in one for one in said if one)


def test_of_two_who_agree_and_object_at_once_one_is_told_and_the_text_stands_as_the_steps_say(
    stores: list[Store], clock: FakeClock
):
    """Or a text would be open to those it accuses while a colleague reads that the objection was kept."""
    accusation = fill(stores[0], clock).accusation.id
    office, rules = OfficeScope(TOWN, is_house=True), load_policy().disclosure.rules
    with stores[0].reading() as work:
        clerk = work.accounts.get("clerk")
    assert clerk is not None

    def act(store: Store, name: str, step: AccusationAct) -> str:
        filled = Filled(act=step, reason="文中写明是会计冒领, 要转纪检")
        person = replace(clerk, username=name)
        return told(partial(act_on, store, person, office, accusation, filled, rules=rules, at=NOON))

    assert act(stores[0], "first", AccusationAct.RELEASE) == ""
    said: list[str] = []
    agreeing = overtaken(
        Accusations,
        "get",
        partial(act, stores[0], "second", AccusationAct.AGREE),
        lambda: said.append(act(stores[1], "third", AccusationAct.OBJECT)),
    )

    assert [agreeing, *said].count("") == 1
    with stores[0].reading() as work:
        waiting = work.accusations.get(accusation, office)
    assert (waiting is not None) is bool(agreeing)
    assert waiting is None or waiting.state is AccusationState.WAITING
