"""The table of steps: what may follow what, by whom, and what those below may not learn."""

from pathlib import Path

import pytest

from domain.leads.lead import OPEN_STATUSES, LeadStatus, Phase
from domain.leads.step import Step
from domain.leads.workflow import (
    ABOVE,
    READS_DISCIPLINE,
    TRANSITIONS,
    Deadline,
    Requirement,
    awaiting,
    owed,
    possible,
    shown_status,
    statuses_known_as,
)
from domain.leads.workflow_table import markdown
from domain.words.vocabulary import Role

PAGE = Path(__file__).parents[3] / "docs" / "workflow.md"
BELOW = sorted(set(Role) - READS_DISCIPLINE)


def reachable(start: LeadStatus) -> set[LeadStatus]:
    """Every status that some chain of steps leads to."""
    found, frontier = {start}, [start]
    while frontier:
        status = frontier.pop()
        new = {row.follows(status) for row in TRANSITIONS if status in row.before} - found
        found |= new
        frontier += new
    return found


def test_the_printed_page_is_the_table():
    assert PAGE.read_text(encoding="utf-8") == markdown()


def test_every_status_can_be_reached_from_a_new_lead():
    assert reachable(LeadStatus.NEW) == set(LeadStatus)


@pytest.mark.parametrize("status", LeadStatus)
def test_every_status_has_a_way_to_the_end(status: LeadStatus):
    assert any(one.phase is Phase.CLOSED for one in reachable(status))


@pytest.mark.parametrize("status", [one for one in LeadStatus if one is not LeadStatus.MERGED])
def test_every_status_but_merged_can_be_closed_with_an_answer_to_the_source(status: LeadStatus):
    assert LeadStatus.CLOSED in reachable(status)
    if status is not LeadStatus.CLOSED:
        assert LeadStatus.REPORTED_BACK in reachable(status)


def test_nobody_closes_what_was_not_answered():
    assert {row.after for row in TRANSITIONS if row.step is Step.CLOSE} == {LeadStatus.CLOSED}
    closing = [row for row in TRANSITIONS if row.after is LeadStatus.CLOSED]
    assert [row.before for row in closing] == [frozenset({LeadStatus.REPORTED_BACK})]


def test_from_one_status_a_role_reaches_another_by_one_row_only():
    for status in LeadStatus:
        for role in Role:
            reached = [row.follows(status) for row in possible(status, role)]
            assert len(reached) == len(set(reached)), (status, role)


def test_what_was_found_at_the_door_needs_the_day_and_the_signature():
    for row in TRANSITIONS:
        if row.after in (LeadStatus.CONFIRMED, LeadStatus.PARTLY_CONFIRMED, LeadStatus.NOT_CONFIRMED):
            assert {Requirement.VISITED_ON, Requirement.SIGNED, Requirement.REASON} <= row.requires


def test_a_visit_in_vain_can_be_recorded_again_and_again_and_owes_the_visit_still():
    for role in (Role.VILLAGE, Role.TOWN, Role.LEADER):
        for status in OPEN_STATUSES:
            [row] = [one for one in possible(status, role) if one.step is Step.VISIT_IN_VAIN]
            assert row.requires == {Requirement.REASON, Requirement.VISITED_ON}
            assert Deadline.VISIT not in row.meets
            assert owed(row.follows(status)) is Deadline.VISIT


def test_a_department_acts_on_transfers_alone():
    assert {status for status in LeadStatus if possible(status, Role.DEPARTMENT)} == {LeadStatus.TO_DEPARTMENT}


def test_who_runs_or_checks_the_system_makes_no_step():
    assert not any(row.roles & {Role.ADMIN, Role.AUDITOR} for row in TRANSITIONS)


@pytest.mark.parametrize("role", BELOW)
def test_those_below_never_read_of_discipline_inspection(role: Role):
    assert LeadStatus.TO_DISCIPLINE not in {shown_status(one, role) for one in LeadStatus}
    assert statuses_known_as(LeadStatus.TO_DISCIPLINE, role) == frozenset()
    assert statuses_known_as(LeadStatus.HANDLED_ABOVE, role) == ABOVE
    assert not awaiting(role) & ABOVE


@pytest.mark.parametrize("role", [Role.TOWN, Role.CLERK, Role.LEADER])
def test_a_lead_is_unfinished_for_the_offices_until_nothing_is_owed(role: Role):
    assert {LeadStatus.CONFIRMED, LeadStatus.TAKEN_INTO_MONITORING, LeadStatus.TO_DEPARTMENT} <= awaiting(role)
    assert not awaiting(role) & {LeadStatus.REPORTED_BACK, LeadStatus.CLOSED, LeadStatus.MERGED}


def test_a_village_has_what_is_to_be_visited():
    assert awaiting(Role.VILLAGE) == OPEN_STATUSES


@pytest.mark.parametrize("role", sorted(READS_DISCIPLINE))
def test_the_petition_office_and_the_county_read_every_status_as_it_is(role: Role):
    assert all(statuses_known_as(one, role) == {one} for one in LeadStatus)
    assert LeadStatus.HANDLED_ABOVE in awaiting(role)


def test_what_looks_alike_to_those_below_is_alike_in_all_they_can_see():
    handed_up, discipline = LeadStatus.HANDLED_ABOVE, LeadStatus.TO_DISCIPLINE
    assert handed_up.phase is discipline.phase
    assert (handed_up in OPEN_STATUSES) == (discipline in OPEN_STATUSES)
    for role in BELOW:
        assert possible(handed_up, role) == possible(discipline, role) == []
    following = {status: {(row.step, row.after) for row in TRANSITIONS if status in row.before} for status in (ABOVE)}
    assert following[handed_up] - following[discipline] == {(Step.MEASURE, discipline)}
    assert following[discipline] <= following[handed_up]


def test_the_statuses_of_all_roles_come_to_the_same_number_however_they_are_shown():
    for role in Role:
        shown = [statuses_known_as(one, role) for one in LeadStatus]
        assert sum(len(one) for one in shown) == len(LeadStatus)


def test_something_is_owed_until_the_source_has_its_answer():
    done = {Phase.REPORTED, Phase.CLOSED}
    assert {one for one in LeadStatus if owed(one) is None} == {one for one in LeadStatus if one.phase in done}
