"""How long the first step of each kind took for a lead: what was done by then, without what was taken back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, case, exists, func, select
from sqlalchemy.orm import aliased

from domain.clock import china_date
from domain.counting.board import Duration, Stage
from domain.leads.lead import LeadStatus, Phase
from domain.leads.step import Step
from domain.leads.workflow import ABOVE
from storage.tables.leads import DecisionRow, LeadRow

_PASSED_ON = [one for one in LeadStatus if one.phase is Phase.OPEN and one is not LeadStatus.NEW]
_VERIFIED = [one for one in LeadStatus if one.phase is Phase.VERIFIED]
_DECIDED = [one for one in LeadStatus if one.phase is Phase.MEASURED and one not in ABOVE]
"""What the county and discipline inspection have is left out: for those below both have to count alike."""


def first_steps() -> Any:
    """The query of all leads with a decision, by `id`; whoever asks narrows it."""
    undoing, between = aliased(DecisionRow), aliased(DecisionRow)
    next_one = (
        select(func.min(between.sequence))
        .where(between.lead_id == DecisionRow.lead_id, between.sequence > DecisionRow.sequence)
        .correlate(DecisionRow)
        .scalar_subquery()
    )
    taken_back = exists().where(undoing.sequence == next_one, undoing.step == Step.UNDO.value)
    return (
        select(
            LeadRow.id,
            LeadRow.opened_at,
            LeadRow.pass_on,
            LeadRow.visit,
            LeadRow.decide,
            LeadRow.report_back,
            _first([*_PASSED_ON, *_VERIFIED], DecisionRow.decided_at).label("passed_on_at"),
            _first(_VERIFIED, DecisionRow.visited_on).label("visited_on"),
            _first(_VERIFIED, DecisionRow.decided_at).label("verified_at"),
            _first(_DECIDED, DecisionRow.decided_at).label("decided_at"),
            _first([LeadStatus.REPORTED_BACK], DecisionRow.decided_at).label("reported_at"),
            _first([LeadStatus.CLOSED], DecisionRow.decided_at).label("closed_at"),
        )
        .join(DecisionRow, DecisionRow.lead_id == LeadRow.id)
        .where(func.coalesce(DecisionRow.step, "") != Step.UNDO.value, ~taken_back)
        .group_by(LeadRow.id, LeadRow.opened_at, LeadRow.pass_on, LeadRow.visit, LeadRow.decide, LeadRow.report_back)
    )


def durations_of(row: Row[Any]) -> Iterator[Duration]:
    """The steps taken for the lead of a row of `first_steps`."""
    opened = china_date(row.opened_at)
    visited = row.visited_on or _day(row.verified_at)
    for stage, day, due in (
        (Stage.PASS_ON, _day(row.passed_on_at), row.pass_on),
        (Stage.VISIT, visited, row.visit),
        (Stage.DECIDE, _day(row.decided_at), row.decide),
        (Stage.REPORT_BACK, _day(row.reported_at), row.report_back),
        (Stage.CLOSE, _day(row.closed_at), None),
    ):
        if day is not None:
            yield Duration(stage=stage, days=max(0, (day - opened).days), in_time=None if due is None else day <= due)


def _first(statuses: Sequence[LeadStatus], moment: Any) -> Any:
    return func.min(case((DecisionRow.status.in_([one.value for one in statuses]), moment)))


def _day(moment: Any) -> date | None:
    return china_date(moment) if moment is not None else None
