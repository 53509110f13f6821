"""The way of a lead as one table: which step leads from where to where, who may make it, what it needs, what it meets.

The code decides from `TRANSITIONS` alone and `docs/workflow.md` is printed from it. Sources: DOMAIN 0 (no. 1, 2, 11 and
20), 1.4 and 1.8 (线索 → 入户核查 → 结论回填 → 镇审核 → 反馈来源部门 → 销号); 信访工作条例 art. 22 and 30 for what goes
to discipline inspection.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.labelled import Labelled
from domain.leads.lead import OPEN_STATUSES, DueDates, LeadStatus, LeadView, Phase
from domain.leads.step import Step
from domain.words.vocabulary import Role


class Requirement(Labelled):
    """What has to be filled in for a step."""

    REASON = "reason", "情况和理由"
    VISITED_ON = "visited_on", "入户日期"
    SIGNED = "signed", "农户是否签字认可"
    MEASURES = "measures", "已落实措施"
    NOT_TAKEN_IN = "not_taken_in", "不纳入监测的原因"
    DEPARTMENT = "department", "转给的部门"
    OTHER_LEAD = "other_lead", "继续办理的线索"


class Deadline(Labelled):
    """A day by which something is owed."""

    PASS_ON = "pass_on", "派办"
    VISIT = "visit", "入户"
    DECIDE = "decide", "认定"
    MEASURE = "measure", "落实"
    REPORT_BACK = "report_back", "反馈"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table."""

    step: Step
    before: frozenset[LeadStatus]
    after: LeadStatus | None
    """None where the step leaves the status as it is."""
    roles: frozenset[Role]
    requires: frozenset[Requirement] = frozenset({Requirement.REASON})
    meets: frozenset[Deadline] = frozenset()

    def follows(self, status: LeadStatus) -> LeadStatus:
        """The status after the step from `status`."""
        return self.after or status


LADDER = (Role.VILLAGE, Role.TOWN, Role.LEADER)
"""Who works on leads, from the door upwards; LEADER is the county."""

_OVER = frozenset({Role.CLERK, Role.LEADER})
_TOWN = frozenset({Role.TOWN, Role.LEADER})
_AT_THE_DOOR = frozenset({Role.VILLAGE, Role.TOWN, Role.LEADER})
_OFFICES = frozenset({Role.TOWN, Role.CLERK, Role.LEADER})

_S = LeadStatus
_TRUE = frozenset({_S.CONFIRMED, _S.PARTLY_CONFIRMED})
_NOT_TRUE = frozenset({_S.NOT_CONFIRMED, _S.ALREADY_KNOWN, _S.NOT_HERE, _S.DUPLICATE})
_VERIFIED = _TRUE | _NOT_TRUE
ABOVE = frozenset({_S.HANDLED_ABOVE, _S.TO_DISCIPLINE})
"""Those below read both as one status, so whatever can follow the one that they may see can follow the other."""
_RELIEVED = frozenset({_S.TAKEN_INTO_MONITORING, _S.SINGLE_RELIEF, _S.POLICY_EXPLAINED})
_FOUND = frozenset({Requirement.REASON, Requirement.VISITED_ON, Requirement.SIGNED})
_NOTHING = frozenset[Requirement]()
_REASON = frozenset({Requirement.REASON})
_IN_VAIN = frozenset({Requirement.REASON, Requirement.VISITED_ON})
_DONE = frozenset({Requirement.REASON, Requirement.MEASURES})
_NOT_IN = frozenset({Requirement.REASON, Requirement.NOT_TAKEN_IN})


def _row(
    step: Step,
    before: Iterable[LeadStatus],
    after: LeadStatus | None,
    roles: frozenset[Role],
    requires: frozenset[Requirement] = _REASON,
    *meets: Deadline,
) -> Transition:
    return Transition(
        step=step, before=frozenset(before), after=after, roles=roles, requires=requires, meets=frozenset(meets)
    )


def _verify(after: LeadStatus, requires: frozenset[Requirement]) -> tuple[Transition, Transition]:
    """One outcome, for everybody who goes to doors and, where the county took the lead up, for the county alone."""
    met = (Deadline.PASS_ON, Deadline.VISIT)
    return (
        _row(Step.VERIFY, OPEN_STATUSES, after, _AT_THE_DOOR, requires, *met),
        _row(Step.VERIFY, ABOVE, after, frozenset({Role.LEADER}), requires, *met),
    )


TRANSITIONS: tuple[Transition, ...] = (
    _row(Step.ASSIGN, {_S.NEW}, _S.ASSIGNED, _TOWN, _NOTHING, Deadline.PASS_ON),
    _row(Step.ASSIGN, OPEN_STATUSES - {_S.NEW}, _S.ASSIGNED, _TOWN, _REASON, Deadline.PASS_ON),
    _row(Step.ASSIGN, ABOVE, _S.ASSIGNED, _OVER, _REASON, Deadline.PASS_ON),
    _row(Step.VISIT, {_S.NEW, _S.ASSIGNED} | _VERIFIED, _S.VISITING, _AT_THE_DOOR, _NOTHING, Deadline.PASS_ON),
    _row(Step.VISIT_IN_VAIN, OPEN_STATUSES, _S.VISITED_IN_VAIN, _AT_THE_DOOR, _IN_VAIN, Deadline.PASS_ON),
    *_verify(_S.CONFIRMED, _FOUND),
    *_verify(_S.PARTLY_CONFIRMED, _FOUND),
    *_verify(_S.NOT_CONFIRMED, _FOUND),
    *_verify(_S.ALREADY_KNOWN, _REASON),
    *_verify(_S.NOT_HERE, _REASON),
    *_verify(_S.DUPLICATE, _REASON | {Requirement.OTHER_LEAD}),
    _row(Step.MEASURE, _TRUE, _S.TAKEN_INTO_MONITORING, _TOWN, _REASON, Deadline.DECIDE),
    _row(
        Step.MEASURE,
        _TRUE | {_S.ALREADY_KNOWN},
        _S.SINGLE_RELIEF,
        _TOWN,
        _DONE | _NOT_IN,
        Deadline.DECIDE,
        Deadline.MEASURE,
    ),
    _row(
        Step.MEASURE,
        _TRUE | {_S.NOT_CONFIRMED, _S.ALREADY_KNOWN},
        _S.POLICY_EXPLAINED,
        _AT_THE_DOOR,
        _NOT_IN,
        Deadline.DECIDE,
        Deadline.MEASURE,
    ),
    _row(
        Step.MEASURE,
        _TRUE | {_S.ALREADY_KNOWN, _S.NOT_HERE},
        _S.TO_DEPARTMENT,
        _OFFICES,
        _REASON | {Requirement.DEPARTMENT},
        Deadline.DECIDE,
    ),
    _row(Step.MEASURE, OPEN_STATUSES | _VERIFIED | {_S.HANDLED_ABOVE}, _S.TO_DISCIPLINE, _OVER),
    _row(Step.CARRY_OUT, _RELIEVED, None, _AT_THE_DOOR, _DONE, Deadline.MEASURE),
    _row(Step.CARRY_OUT, {_S.TO_DEPARTMENT}, None, _TOWN | {Role.DEPARTMENT}, _DONE, Deadline.MEASURE),
    _row(Step.HAND_UP, OPEN_STATUSES | _VERIFIED, _S.HANDLED_ABOVE, _OFFICES),
    _row(
        Step.REPORT_BACK,
        _NOT_TRUE | _RELIEVED | {_S.TO_DEPARTMENT},
        _S.REPORTED_BACK,
        _OFFICES,
        _REASON,
        Deadline.MEASURE,
        Deadline.REPORT_BACK,
    ),
    _row(
        Step.REPORT_BACK,
        ABOVE,
        _S.REPORTED_BACK,
        _OVER,
        _REASON,
        Deadline.MEASURE,
        Deadline.REPORT_BACK,
    ),
    _row(Step.CLOSE, {_S.REPORTED_BACK}, _S.CLOSED, _OFFICES),
    _row(Step.REOPEN, _RELIEVED | {_S.TO_DEPARTMENT, _S.REPORTED_BACK, _S.CLOSED}, _S.VISITING, _OFFICES),
    _row(Step.REOPEN, ABOVE, _S.VISITING, _OVER),
    _row(Step.REOPEN, {_S.TO_DEPARTMENT}, _S.VISITING, frozenset({Role.DEPARTMENT})),
    _row(Step.MERGE, OPEN_STATUSES | _VERIFIED, _S.MERGED, _TOWN, _REASON | {Requirement.OTHER_LEAD}),
)
"""Every step that a person may make; undo is no row: it takes back one's own last step, whichever it was."""


def possible(status: LeadStatus, role: Role) -> list[Transition]:
    """The rows that this role may use from this status, in the order of the table."""
    return [row for row in TRANSITIONS if status in row.before and role in row.roles]


def step_to(view: LeadView, after: LeadStatus, role: Role) -> Transition | None:
    """The row by which this role brings the lead to the status now; None when the table has none."""
    return next((row for row in possible(view.status, role) if row.follows(view.status) is after), None)


def owed_of(view: LeadView) -> Deadline | None:
    """The next thing owed for the lead as it stands."""
    return owed(view.status, carried_out=view.carried_out)


def owed_by(view: LeadView, role: Role) -> Deadline | None:
    """What this role reads as owed next; None where that is for others, or where it may not know what is owed above.

    A village passes nothing on and answers nobody: while the lead is open it owes the visit, afterwards nothing.
    """
    if role is Role.VILLAGE:
        return Deadline.VISIT if view.status in OPEN_STATUSES else None
    return owed_of(view) if role in READS_DISCIPLINE or view.status not in ABOVE else None


def owed(status: LeadStatus, *, carried_out: bool = False) -> Deadline | None:
    """The next thing owed; None where nothing is. `carried_out`: what was done has been recorded since the measure."""
    if status is LeadStatus.NEW:
        return Deadline.PASS_ON
    if status.phase is Phase.OPEN or status is LeadStatus.HANDLED_ABOVE:
        return Deadline.VISIT
    if status in _TRUE:
        return Deadline.DECIDE
    if status in (LeadStatus.TAKEN_INTO_MONITORING, LeadStatus.TO_DEPARTMENT) and not carried_out:
        return Deadline.MEASURE
    return Deadline.REPORT_BACK if status.phase in (Phase.VERIFIED, Phase.MEASURED) else None


READS_DISCIPLINE: frozenset[Role] = _OVER
"""Who may know that a lead went to discipline inspection (信访工作条例 art. 30); everybody else reads 上级处理."""


def shown_status(status: LeadStatus, role: Role) -> LeadStatus:
    """The status as this role may know it."""
    hidden = status is LeadStatus.TO_DISCIPLINE and role not in READS_DISCIPLINE
    return LeadStatus.HANDLED_ABOVE if hidden else status


def statuses_known_as(shown: LeadStatus, role: Role) -> frozenset[LeadStatus]:
    """The statuses that this role reads as `shown`: what a filter or a count of it has to ask for; may be empty."""
    return frozenset(one for one in LeadStatus if shown_status(one, role) is shown)


def awaiting(role: Role) -> frozenset[LeadStatus]:
    """The statuses that count as unfinished for this role: until nothing more is owed.

    A village has what is to be visited: what was found there waits for the town. What the county took up is unfinished
    only for those above: for everybody else what was handed up and what went to discipline inspection must count alike.
    A department has what was transferred to it, and nothing before that.
    """
    if role is Role.DEPARTMENT:
        return frozenset({LeadStatus.TO_DEPARTMENT})
    if role is Role.VILLAGE:
        return OPEN_STATUSES
    owing = frozenset(one for one in LeadStatus if owed(one) is not None)
    return owing if role in READS_DISCIPLINE else owing - ABOVE


def due_on(due: DueDates, deadline: Deadline) -> date:
    """The day by which this is owed."""
    return {
        Deadline.PASS_ON: due.pass_on,
        Deadline.VISIT: due.visit,
        Deadline.DECIDE: due.decide,
        Deadline.MEASURE: due.measure,
        Deadline.REPORT_BACK: due.report_back,
    }[deadline]
