"""Further conditions of the feed, which the numbers of the boards link to: when opened, who has it, told repeatedly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from domain.clock import CHINA
from domain.region import RegionCode
from domain.vocabulary import Role, Route
from storage.tables.documents import RouteRow
from storage.tables.leads import EvidenceMoveRow, LeadEvidenceRow, LeadRow
from storage.tables.workflow import AssignmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """With whom a lead is."""

    holder: Role | None
    """The level; None: nobody was given the lead yet."""
    assignee: str = ""
    """User name; empty: anybody of the level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacets:
    """All of them have to hold; without any every lead passes."""

    opened_from: date | None = None
    opened_until: date | None = None
    """The last day, itself included; both are days in China."""
    holding: Holding | None = None
    repeated: bool = False
    at: RegionCode | None = None
    """Of exactly this division: what lies in one of its parts is left out."""


def facet_conditions(wanted: LeadFacets) -> Iterator[ColumnElement[bool]]:
    """The conditions on `leads`."""
    if wanted.opened_from is not None:
        yield LeadRow.opened_at >= midnight(wanted.opened_from)
    if wanted.opened_until is not None:
        yield LeadRow.opened_at < midnight(wanted.opened_until + timedelta(days=1))
    if wanted.holding is not None:
        yield _is_with(wanted.holding)
    if wanted.repeated:
        yield text_count() > 1
    if wanted.at is not None:
        yield LeadRow.region == wanted.at.digits


def midnight(day: date) -> datetime:
    """When the day begins in China."""
    return datetime.combine(day, time.min, CHINA)


def latest_assignment() -> Any:
    """The sequence of the latest assignment of the lead in the outer query; null where there is none."""
    newer = aliased(AssignmentRow)
    return select(func.max(newer.sequence)).where(newer.lead_id == LeadRow.id).correlate(LeadRow).scalar_subquery()


def text_count() -> Any:
    """How many texts support the lead and may be shown: those that left it or are restricted now do not count."""
    moved = (
        select(EvidenceMoveRow.departed)
        .where(
            EvidenceMoveRow.lead_id == LeadEvidenceRow.lead_id,
            EvidenceMoveRow.document_id == LeadEvidenceRow.document_id,
        )
        .order_by(EvidenceMoveRow.sequence.desc())
        .limit(1)
        .correlate(LeadEvidenceRow)
        .scalar_subquery()
    )
    route = (
        select(RouteRow.route)
        .where(RouteRow.document_id == LeadEvidenceRow.document_id)
        .order_by(RouteRow.sequence.desc())
        .limit(1)
        .correlate(LeadEvidenceRow)
        .scalar_subquery()
    )
    return (
        select(func.count())
        .select_from(LeadEvidenceRow)
        .where(
            LeadEvidenceRow.lead_id == LeadRow.id,
            or_(moved.is_(None), moved.is_(False)),
            func.coalesce(route, Route.OPEN.value) != Route.RESTRICTED.value,
        )
        .correlate(LeadRow)
        .scalar_subquery()
    )


def _is_with(holding: Holding) -> ColumnElement[bool]:
    if holding.holder is None:
        none: ColumnElement[bool] = latest_assignment().is_(None)
        return none
    same = select(AssignmentRow.sequence).where(
        AssignmentRow.sequence == latest_assignment(),
        AssignmentRow.holder == holding.holder.value,
        AssignmentRow.assignee == holding.assignee,
    )
    return same.exists()
