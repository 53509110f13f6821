"""What a department knows of a lead: its way from the transfer on while it has it, afterwards only that it is gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.leads.lead import Decision, LeadId, LeadStatus, LeadView

STAYS_WITH_DEPARTMENT = frozenset(
    {LeadStatus.TO_DEPARTMENT, LeadStatus.REPORTED_BACK, LeadStatus.CLOSED, LeadStatus.MERGED}
)
"""What may follow a transfer and leaves the lead in the department's sight: what was done, the answer, the closing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnLead:
    """That it is gone, and when; neither why nor where to."""

    lead_id: LeadId
    transferred_at: datetime
    at: datetime
    by: str
    """Who took it back, by user name; nobody is shown it."""


def withdrawal(decisions: Sequence[Decision], department: str) -> WithdrawnLead | None:
    """When the lead of these decisions, oldest first, was last taken from the department; None while it has it."""
    given: Decision | None = None
    found: WithdrawnLead | None = None
    for one in decisions:
        transfer = one.status is LeadStatus.TO_DEPARTMENT and bool(one.department)
        if transfer and one.department == department:
            given, found = one, None
        elif given is not None and (transfer or one.status not in STAYS_WITH_DEPARTMENT):
            found = WithdrawnLead(
                lead_id=one.lead_id, transferred_at=given.decided_at, at=one.decided_at, by=one.decided_by
            )
            given = None
    return found


def since_transfer(view: LeadView, department: str) -> LeadView | None:
    """The lead without what was decided, remarked and moved before the department got it; None where it has it not."""
    since: list[Decision] = []
    for one in view.decisions:
        given = one.department if one.status is LeadStatus.TO_DEPARTMENT else ""
        if one.status not in STAYS_WITH_DEPARTMENT or given not in ("", department):
            since = []
        elif since or given:
            since.append(one)
    if not since:
        return None
    start = since[0].decided_at
    return replace(
        view,
        decisions=tuple(since),
        notes=tuple(one for one in view.notes if one.written_at >= start),
        moves=tuple(one for one in view.moves if one.moved_at >= start),
    )
