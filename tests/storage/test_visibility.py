"""What lies inside an access scope: a division, and for a department what was transferred to it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import Decision, LeadId, LeadMove, LeadNote, LeadStatus
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from storage.joined.feed_reading import give_positions
from storage.leads.filter import LeadFilter
from storage.store import Store
from tests.factories import COUNTY, VILLAGE, household, lead
from tests.fakes import NOON


def moved(at: datetime) -> LeadMove:
    return LeadMove(
        lead_id=LeadId("one"),
        household_before=None,
        household_after=None,
        region_before=VILLAGE,
        region_after=VILLAGE,
        matter_before="a",
        matter_after="a",
        moved_at=at,
        reason="x",
    )


ALPHA, BETA = AccessScope(COUNTY, "alpha"), AccessScope(COUNTY, "beta")
HERE, GONE = HouseholdId("1411241042020001"), HouseholdId("1411241042020002")


def decided(status: LeadStatus, department: str = "") -> Decision:
    return Decision(
        lead_id=LeadId("one"),
        status=status,
        decided_by="town",
        decided_at=NOON,
        reason="x",
        department=department,
    )


TO_ALPHA, TO_BETA = (decided(LeadStatus.TO_DEPARTMENT, one) for one in ("alpha", "beta"))


@pytest.mark.parametrize(
    ("decisions", "alpha", "beta"),
    [
        pytest.param((), False, False, id="not transferred"),
        pytest.param((TO_ALPHA,), True, False, id="transferred"),
        pytest.param((TO_ALPHA, decided(LeadStatus.TO_DEPARTMENT)), True, False, id="carried out"),
        pytest.param((TO_ALPHA, decided(LeadStatus.REPORTED_BACK)), True, False, id="reported back"),
        pytest.param((TO_ALPHA, decided(LeadStatus.CLOSED)), True, False, id="closed"),
        pytest.param((TO_ALPHA, decided(LeadStatus.VISITING)), False, False, id="taken back"),
        pytest.param((TO_ALPHA, decided(LeadStatus.VISITING), TO_BETA), False, True, id="to another one"),
        pytest.param((TO_ALPHA, TO_BETA), False, True, id="passed on"),
    ],
)
def test_a_department_sees_what_is_with_it(store: Store, decisions: tuple[Decision, ...], alpha: bool, beta: bool):
    with store.unit_of_work() as work:
        work.leads.add(lead("one"))
        for decision in decisions:
            work.decisions.append(decision)

        seen = [work.leads.inside(LeadId("one"), scope) is not None for scope in (ALPHA, BETA)]
        counted = [work.leads.count(LeadFilter(scope=scope)) == 1 for scope in (ALPHA, BETA)]

    assert seen == counted == [alpha, beta]


def on_day(number: int, status: LeadStatus, department: str = "") -> Decision:
    return replace(decided(status, department), decided_at=NOON + timedelta(days=number))


AT_THE_DOOR = [on_day(0, LeadStatus.ASSIGNED), on_day(1, LeadStatus.VISITING), on_day(2, LeadStatus.CONFIRMED)]
GIVEN = on_day(3, LeadStatus.TO_DEPARTMENT, "alpha")
BACK = [on_day(4, LeadStatus.VISITING), on_day(5, LeadStatus.CONFIRMED)]


@pytest.mark.parametrize(
    ("decisions", "told"),
    [
        pytest.param([*AT_THE_DOOR, GIVEN], [3], id="transferred"),
        pytest.param([*AT_THE_DOOR, GIVEN, on_day(4, LeadStatus.TO_DEPARTMENT)], [3, 4], id="carried out"),
        pytest.param([*AT_THE_DOOR, GIVEN, on_day(4, LeadStatus.TO_DEPARTMENT, "alpha")], [3, 4], id="taken back"),
        pytest.param([GIVEN, *BACK, on_day(6, LeadStatus.TO_DEPARTMENT, "alpha")], [6], id="given again"),
        pytest.param(
            [on_day(1, LeadStatus.CONFIRMED), on_day(2, LeadStatus.TO_DEPARTMENT, "beta"), GIVEN], [3], id="passed on"
        ),
    ],
)
def test_a_department_is_told_the_way_of_a_lead_from_the_transfer_on(
    store: Store, decisions: list[Decision], told: list[int]
):
    with store.unit_of_work() as work:
        work.leads.add(lead("one"))
        for decision in decisions:
            note = LeadNote(
                lead_id=decision.lead_id,
                document_id=DocumentId("a"),
                written_by="clerk",
                written_at=decision.decided_at,
                text=str(decision.decided_at),
            )
            work.leads.add_note(note)
            work.leads.move(moved(decision.decided_at))
            work.decisions.append(decision)
        work.commit()
    give_positions(store)

    days = [NOON + timedelta(days=number) for number in told]
    with store.reading() as work:
        inside = work.leads.inside(LeadId("one"), ALPHA)
        [listed] = work.leads.feed(LeadFilter(scope=ALPHA))
        events = work.outgoing.after(0, ALPHA, limit=99)
        every = work.leads.inside(LeadId("one"), AccessScope(COUNTY))
    assert inside is not None
    assert inside == listed
    assert [one.decided_at for one in inside.decisions] == days
    assert [one.written_at for one in inside.notes] == [one.moved_at for one in inside.moves] == days
    assert {event.at for _, event in events} == set(days)
    assert every is not None
    assert len(every.decisions) == len(every.notes) == len(decisions)


def test_an_account_of_no_department_has_not_what_was_carried_out(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("one"))
        for decision in (TO_ALPHA, decided(LeadStatus.TO_DEPARTMENT)):
            work.decisions.append(decision)

        assert work.leads.inside(LeadId("one"), AccessScope(COUNTY, "")) is None


def test_what_becomes_of_other_leads_takes_none_away_from_a_department(store: Store):
    with store.unit_of_work() as work:
        for name in ("one", "two"):
            work.leads.add(lead(name, matter=name))
        work.decisions.append(TO_ALPHA)
        work.decisions.append(replace(decided(LeadStatus.VISITING), lead_id=LeadId("two")))

        assert [one.lead.id for one in work.leads.feed(LeadFilter(scope=ALPHA))] == ["one"]
        assert work.leads.inside(LeadId("one"), ALPHA) is not None


def test_a_department_without_a_name_sees_nothing(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("one"))
        work.decisions.append(decided(LeadStatus.TO_DEPARTMENT))

        assert work.leads.inside(LeadId("one"), AccessScope(COUNTY, "")) is None


def test_a_department_sees_the_household_of_its_lead_and_no_other(store: Store):
    with store.unit_of_work() as work:
        work.registry.import_households([household(HERE), household(GONE)], file="a", file_sha256="0", at=NOON)
        work.leads.add(replace(lead("one"), household_id=HERE))
        work.decisions.append(TO_ALPHA)

        assert set(work.registry.households([HERE, GONE], inside=ALPHA)) == {HERE}
        assert work.registry.households([HERE, GONE], inside=BETA) == {}
        assert set(work.registry.households([HERE, GONE], inside=AccessScope(VILLAGE))) == {HERE, GONE}
