"""Leads are given to people: by table, by load, and never to somebody whom the lead may touch."""

from dataclasses import replace

import pytest

from domain.accounts.account import Account
from domain.leads.lead import SYSTEM, Assignment, Decision, LeadEvidence, LeadStatus, LeadView
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.words.vocabulary import Role, Scope
from pipeline.leads.assign import assign_leads
from pipeline.policy.routing_table import RoutingPolicy, RoutingRule
from pipeline.policy.tables import load_policy
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, household, lead, lead_move, person, raw
from tests.fakes import NOON, FakeClock

ROUTING = load_policy().routing
AT_THE_DOOR, UP, AT_THE_TOP = "按分派规则由村里办理", "按分派规则由镇里办理", "按分派规则由县里办理"


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    people(
        sqlite_store,
        ("v1", "庞有田", Role.VILLAGE, VILLAGE),
        ("v2", "蔡二白", Role.VILLAGE, VILLAGE),
        ("t1", "郭三多", Role.TOWN, TOWN),
        ("c1", "成四海", Role.LEADER, COUNTY),
        ("other", "雷五福", Role.VILLAGE, OTHER_VILLAGE),
        ("clerk", "秦六顺", Role.CLERK, TOWN),
    )
    return sqlite_store


def people(store: Store, *rows: tuple[str, str, Role, RegionCode]) -> None:
    with store.unit_of_work() as work:
        for username, name, role, region in rows:
            work.accounts.add(
                Account(
                    username=username, display_name=name, role=role, region=region, password_hash="x", created_at=NOON
                )
            )
        work.commit()


def arrive(
    store: Store,
    clock: FakeClock,
    lead_id: str,
    text: str = "家里有人病了。",
    *persons: PersonMention,
    **changes: object,
) -> None:
    """A lead, opened if it is not there, gets a text."""
    clock.move(minutes=1)
    written = document(f"{lead_id}{text}", text)
    opened = lead(lead_id, matter=lead_id, **changes)
    with store.unit_of_work() as work:
        work.raw.add(raw(f"{lead_id}{text}", text))
        work.documents.add(written)
        found = DocumentMentions(document_id=written.id, mentions=Mentions(persons=persons), version="1")
        work.mentions.add(found, clock.now())
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=opened.id, document_id=written.id, risks=opened.risks, urgent=False, added_at=clock.now()
            )
        )
        work.commit()


def named(name: str, role: PersonRole = PersonRole.OTHER) -> PersonMention:
    return PersonMention(name=name, role=role, start=0, end=len(name))


def run(store: Store, clock: FakeClock, routing: RoutingPolicy = ROUTING) -> dict[str, int]:
    clock.move(minutes=1)
    return assign_leads(store, routing, clock).details


def view_of(store: Store, lead_id: str) -> LeadView:
    with store.reading() as work:
        view = work.leads.get(lead(lead_id).id)
    assert view is not None
    return view


def holder(store: Store, lead_id: str = "a") -> tuple[str, str]:
    held = view_of(store, lead_id).assignment
    assert held is not None
    return held.assignee, held.reason


def test_a_new_lead_goes_to_the_village_and_the_work_is_shared(store: Store, clock: FakeClock):
    for name in "abcd":
        arrive(store, clock, name)

    assert run(store, clock) == {"assigned": 4}

    assert sorted(holder(store, name)[0] for name in "abcd") == ["v1", "v1", "v2", "v2"]
    view = view_of(store, "a")
    assert (view.status, view.decisions[-1].decided_by, view.untouched) == (LeadStatus.ASSIGNED, SYSTEM, True)


def test_running_again_changes_nothing(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    run(store, clock)
    before = view_of(store, "a")

    assert run(store, clock) == {}
    assert view_of(store, "a") == before


def test_a_whole_villages_trouble_goes_to_the_town(store: Store, clock: FakeClock):
    arrive(store, clock, "a", scope=Scope.AREA)
    run(store, clock)

    assert holder(store) == ("t1", UP)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        pytest.param("村里的庞有田不给办。", None, id="in the text"),
        pytest.param("有人病了。", named("庞有田"), id="as a mention"),
        pytest.param("有人病了。", named("庞某"), id="hidden in part"),
        pytest.param("有人病了。", named("庞支书", PersonRole.OFFICIAL), id="by surname and office"),
    ],
)
def test_whom_a_text_names_does_not_get_the_lead(
    store: Store, clock: FakeClock, text: str, mention: PersonMention | None
):
    arrive(store, clock, "a", text, *([mention] if mention else []))
    run(store, clock)

    assert holder(store) == ("v2", AT_THE_DOOR)


def test_where_all_of_the_village_are_named_the_lead_goes_up_and_does_not_say_why(store: Store, clock: FakeClock):
    arrive(store, clock, "a", "庞有田和蔡二白都知道。")
    run(store, clock)
    assert holder(store) == ("t1", UP)

    arrive(store, clock, "b", "庞有田、蔡二白、郭三多都知道。")
    run(store, clock)
    assert holder(store, "b") == ("c1", AT_THE_TOP)


def test_a_village_without_accounts_goes_up_in_the_same_words(store: Store, clock: FakeClock):
    arrive(store, clock, "a", region=RegionCode("141124104299"))
    run(store, clock)

    assert holder(store) == ("t1", UP)


def test_where_nobody_may_have_it_the_lead_stays_new_and_is_counted(store: Store, clock: FakeClock):
    arrive(store, clock, "a", "庞有田、蔡二白、郭三多、成四海都知道。")

    assert run(store, clock) == {"nobody": 1}
    assert view_of(store, "a").status is LeadStatus.NEW


def test_a_member_of_the_household_does_not_get_its_lead(store: Store, clock: FakeClock):
    home = household("1411241042020001", person("蔡大白"), person("庞有田"))
    with store.unit_of_work() as work:
        work.registry.import_households([home], file="a", file_sha256="0", at=NOON)
        work.commit()
    arrive(store, clock, "a", household_id=HouseholdId(home.id))
    run(store, clock)

    assert holder(store) == ("v2", AT_THE_DOOR)


def test_a_new_text_that_names_the_holder_takes_the_lead_away(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    run(store, clock)
    assert holder(store)[0] == "v1"
    with store.unit_of_work() as work:
        work.decisions.append(
            Decision(
                lead_id=lead("a").id,
                status=LeadStatus.VISITING,
                decided_by="v1",
                decided_at=clock.now(),
                reason="",
            )
        )
        work.commit()

    arrive(store, clock, "a", "庞有田来过一次。")
    assert run(store, clock) == {"assigned": 1}

    assert holder(store) == ("v2", AT_THE_DOOR)
    assert view_of(store, "a").status is LeadStatus.ASSIGNED


def test_a_new_text_that_names_nobody_leaves_the_lead_where_it_is(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    run(store, clock)
    arrive(store, clock, "a", "又来反映一次。")

    assert run(store, clock) == {"kept": 1}
    assert holder(store)[0] == "v1"
    assert run(store, clock) == {}


def test_the_lead_of_an_account_that_is_shut_goes_to_another(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    with store.unit_of_work() as work:
        work.accounts.add(
            Account(
                username="gone",
                display_name="薛七",
                role=Role.VILLAGE,
                region=VILLAGE,
                password_hash="x",
                created_at=NOON,
                disabled=True,
            )
        )
        work.commit()
    run(store, clock)
    with store.unit_of_work() as work:
        held = view_of(store, "a").assignment
        assert held is not None
        work.assignments.append(replace(held, assignee="gone", assigned_at=clock.now()))
        work.commit()

    assert run(store, clock) == {"assigned": 1}
    assert holder(store)[0] in ("v1", "v2")


def test_a_lead_that_was_pointed_at_another_village_is_given_to_that_village(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    run(store, clock)
    move_to(store, clock, OTHER_VILLAGE)
    run(store, clock)

    assert holder(store)[0] == "other"


def at_the_door(store: Store, clock: FakeClock, role: Role = Role.VILLAGE) -> None:
    """A person gives the lead to nobody in particular."""
    clock.move(minutes=1)
    given = Assignment(
        lead_id=lead("a").id, holder=role, assignee="", assigned_by="t1", assigned_at=clock.now(), reason="按职责派办"
    )
    chosen = Decision(
        lead_id=given.lead_id, status=LeadStatus.ASSIGNED, decided_by="t1", decided_at=clock.now(), reason=""
    )
    with store.unit_of_work() as work:
        work.assignments.append(given)
        work.decisions.append(chosen)
        work.commit()


def move_to(store: Store, clock: FakeClock, region: RegionCode) -> None:
    clock.move(minutes=1)
    moved = lead_move(lead("a", matter="a"), region, clock.now(), matter="successors:a")
    with store.unit_of_work() as work:
        work.leads.move(moved)
        work.commit()


def test_a_lead_of_whoever_is_at_the_door_goes_up_when_it_is_the_towns(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    at_the_door(store, clock)
    move_to(store, clock, TOWN)

    assert run(store, clock) == {"assigned": 1}
    assert holder(store) == ("t1", UP)
    assert run(store, clock) == {}


def test_a_lead_of_whoever_is_in_the_town_goes_up_when_it_is_the_countys(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    at_the_door(store, clock, Role.TOWN)
    move_to(store, clock, COUNTY)

    assert run(store, clock) == {"assigned": 1}
    assert holder(store) == ("c1", AT_THE_TOP)


def test_a_lead_that_was_kept_out_of_sight_before_goes_up(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    move_to(store, clock, TOWN)
    at_the_door(store, clock)

    assert run(store, clock) == {"assigned": 1}
    assert holder(store) == ("t1", UP)


@pytest.mark.parametrize("role", [Role.VILLAGE, Role.TOWN, Role.LEADER])
def test_whoever_is_at_the_door_keeps_the_lead_when_a_text_comes(store: Store, clock: FakeClock, role: Role):
    arrive(store, clock, "a")
    at_the_door(store, clock, role)
    arrive(store, clock, "a", "又来反映一次。")

    assert run(store, clock) == {"kept": 1}
    held = view_of(store, "a").assignment
    assert held is not None
    assert (held.holder, held.assignee) == (role, "")


def test_accounts_that_the_rule_names_are_asked_first(store: Store, clock: FakeClock):
    rule = RoutingRule(holder=Role.VILLAGE, accounts=("v2",))
    routing = ROUTING.model_copy(update={"rule": (rule,)})
    for name in "ab":
        arrive(store, clock, name)
    arrive(store, clock, "c", "蔡二白说过。")
    run(store, clock, routing)

    assert [holder(store, name)[0] for name in "abc"] == ["v2", "v2", "v1"]


def test_a_lead_that_was_verified_is_not_touched(store: Store, clock: FakeClock):
    arrive(store, clock, "a")
    with store.unit_of_work() as work:
        work.decisions.append(
            Decision(lead_id=lead("a").id, status=LeadStatus.CONFIRMED, decided_by="v1", decided_at=NOON, reason="属实")
        )
        work.commit()

    assert run(store, clock) == {}


def test_without_accounts_nothing_is_asked(sqlite_store: Store, clock: FakeClock):
    arrive(sqlite_store, clock, "a")

    assert run(sqlite_store, clock) == {}
