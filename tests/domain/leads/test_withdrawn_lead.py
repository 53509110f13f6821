"""When a department has lost a lead."""

import pytest

from domain.leads.lead import Decision, LeadId, LeadStatus, LeadView
from domain.leads.withdrawn_lead import since_transfer, withdrawal
from tests.factories import lead
from tests.fakes import NOON

S = LeadStatus


@pytest.mark.parametrize(
    ("steps", "lost"),
    [
        ([(S.TO_DEPARTMENT, "health")], False),
        ([(S.TO_DEPARTMENT, "health"), (S.REPORTED_BACK, ""), (S.CLOSED, "")], False),
        ([(S.TO_DEPARTMENT, "health"), (S.TO_DEPARTMENT, "")], False),
        ([(S.TO_DEPARTMENT, "health"), (S.VISITING, "")], True),
        ([(S.TO_DEPARTMENT, "health"), (S.TO_DEPARTMENT, "housing")], True),
        ([(S.TO_DEPARTMENT, "health"), (S.VISITING, ""), (S.TO_DEPARTMENT, "health")], False),
        ([(S.TO_DEPARTMENT, "housing"), (S.VISITING, "")], False),
        ([(S.CONFIRMED, "")], False),
    ],
)
def test_it_is_lost_when_somebody_else_has_it_and_no_transfer_came_after(steps: list[tuple[S, str]], lost: bool):
    decisions = [
        Decision(
            lead_id=LeadId("a"), status=status, decided_by="town", decided_at=NOON, reason="", department=department
        )
        for status, department in steps
    ]

    assert (withdrawal(decisions, "health") is not None) is lost
    told = since_transfer(LeadView(lead=lead("a"), evidence=(), decisions=tuple(decisions)), "health")
    has_it = not lost and any(one.department == "health" for one in decisions)
    assert (told is not None) is has_it
