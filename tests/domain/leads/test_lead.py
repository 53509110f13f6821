"""The life of a lead."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.leads.lead import OPEN_STATUSES, Decision, LeadMove, LeadStatus, Phase, days_in_vain
from domain.leads.step import Step
from domain.register.household import HouseholdId
from tests.factories import VILLAGE, lead
from tests.fakes import NOON

S = LeadStatus
FIRST, SECOND = date(2026, 11, 20), date(2026, 11, 22)


def made(step: Step | None, status: LeadStatus, day: date | None = None, *, minute: int = 0) -> Decision:
    return Decision(
        lead_id=lead().id,
        status=status,
        decided_by="village",
        decided_at=NOON + timedelta(minutes=minute),
        reason="锁门",
        visited_on=day,
        step=step,
    )


def in_vain(day: date, *, minute: int = 0) -> Decision:
    return made(Step.VISIT_IN_VAIN, S.VISITED_IN_VAIN, day, minute=minute)


def moved(household: str | None, *, minute: int) -> LeadMove:
    return LeadMove(
        lead_id=lead().id,
        household_before=HouseholdId("1411241042020001"),
        household_after=HouseholdId(household) if household else None,
        region_before=VILLAGE,
        region_after=VILLAGE,
        matter_before="a",
        matter_after="b",
        moved_at=NOON + timedelta(minutes=minute),
        reason="改户",
    )


def test_every_status_belongs_to_a_phase():
    assert {status.phase for status in LeadStatus} == set(Phase)


def test_new_evidence_joins_leads_that_nobody_has_verified():
    assert {S.NEW, S.ASSIGNED, S.VISITING, S.VISITED_IN_VAIN} == OPEN_STATUSES


@pytest.mark.parametrize(
    ("decisions", "days"),
    [
        pytest.param([in_vain(SECOND), in_vain(FIRST)], (FIRST, SECOND), id="each day, in order, whichever came first"),
        pytest.param([in_vain(FIRST), in_vain(FIRST)], (FIRST,), id="one day once"),
        pytest.param([in_vain(FIRST), made(Step.ASSIGN, S.ASSIGNED)], (FIRST,), id="whoever has it afterwards"),
        pytest.param([made(Step.VISIT, S.VISITING, FIRST)], (), id="setting out is no visit"),
        pytest.param([in_vain(FIRST), made(Step.VERIFY, S.CONFIRMED, SECOND)], (), id="somebody was met"),
        pytest.param(
            [in_vain(FIRST), made(Step.VERIFY, S.CONFIRMED, SECOND), made(Step.UNDO, S.VISITED_IN_VAIN, FIRST)],
            (FIRST,),
            id="the conclusion was taken back",
        ),
        pytest.param(
            [in_vain(FIRST), in_vain(SECOND), made(Step.UNDO, S.VISITED_IN_VAIN, FIRST)],
            (FIRST,),
            id="the second was taken back",
        ),
        pytest.param(
            [in_vain(FIRST), made(Step.REOPEN, S.VISITING), in_vain(SECOND)], (SECOND,), id="since it was opened again"
        ),
    ],
)
def test_the_days_in_vain_are_those_since_the_door_last_led_to_something(
    decisions: list[Decision], days: tuple[date, ...]
):
    assert days_in_vain(decisions, []) == days


def test_days_at_another_door_do_not_count():
    decisions = [in_vain(FIRST, minute=1), in_vain(SECOND, minute=3)]
    elsewhere = moved("1411241042020002", minute=2)

    assert days_in_vain(decisions, [elsewhere]) == (SECOND,)
    assert days_in_vain(decisions, [replace(elsewhere, household_after=elsewhere.household_before)]) == (FIRST, SECOND)
