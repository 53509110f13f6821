"""Who has to work on which lead."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from domain.leads.lead import OPEN_STATUSES, WORKS_AT, Assignment, LeadId, LeadStatus
from domain.places.region import digits_of
from domain.words.vocabulary import Role
from storage.leads.feed_entries import FeedEntries
from storage.leads.filter import latest_status
from storage.session import Session
from storage.tables.leads import LeadEvidenceRow, LeadMoveRow, LeadRow
from storage.tables.workflow import AssignmentRow


class Assignments:
    """Assignments in order; the latest of a lead counts."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, assignment: Assignment) -> None:
        """Append the assignment."""
        row = {
            "lead_id": assignment.lead_id,
            "holder": assignment.holder.value,
            "assignee": assignment.assignee,
            "assigned_by": assignment.assigned_by,
            "assigned_at": assignment.assigned_at,
            "reason": assignment.reason,
        }
        self._session.insert_new(AssignmentRow, [row])
        FeedEntries(self._session).refresh([assignment.lead_id])

    def of(self, lead_id: LeadId) -> list[Assignment]:
        """The lead's assignments, oldest first."""
        query = select(AssignmentRow.__table__).where(AssignmentRow.lead_id == lead_id)
        rows = self._session.connection.execute(query.order_by(AssignmentRow.sequence))
        return [assignment_from(row) for row in rows]

    def open_of_each(self) -> dict[str, int]:
        """How many open leads each user name has."""
        query = (
            select(AssignmentRow.assignee, func.count())
            .join(LeadRow, LeadRow.id == AssignmentRow.lead_id)
            .where(_is_latest(), AssignmentRow.assignee != "", _is_open())
            .group_by(AssignmentRow.assignee)
        )
        return {row[0]: row[1] for row in self._session.connection.execute(query)}

    def to_assign(self, able: Collection[str], *, after: str, limit: int) -> Sequence[LeadId]:
        """Open leads that need somebody, by id from the one after `after` on.

        Nobody has them, or somebody who is not among the user names that are `able`, or whoever of a level of which
        nobody sees them; or a text came, or the lead was pointed elsewhere, since they were assigned.
        """
        query = (
            select(LeadRow.id)
            .outerjoin(AssignmentRow, and_(AssignmentRow.lead_id == LeadRow.id, _is_latest()))
            .where(
                _is_open(),
                LeadRow.id > after,
                or_(
                    latest_status() == LeadStatus.NEW.value,
                    AssignmentRow.sequence.is_(None),
                    and_(AssignmentRow.assignee != "", AssignmentRow.assignee.not_in(sorted(able))),
                    and_(AssignmentRow.assignee == "", _out_of_sight()),
                    _latest_evidence() > AssignmentRow.assigned_at,
                    _latest_move() > AssignmentRow.assigned_at,
                ),
            )
        )
        found = self._session.connection.scalars(query.order_by(LeadRow.id).limit(limit))
        return [LeadId(one) for one in found]


def _is_open() -> ColumnElement[bool]:
    return latest_status().in_(sorted(status.value for status in OPEN_STATUSES))  # type: ignore[no-any-return]


def _is_latest() -> ColumnElement[bool]:
    later = AssignmentRow.__table__.alias("later")
    newest = select(func.max(later.c.sequence)).where(later.c.lead_id == AssignmentRow.lead_id).scalar_subquery()
    return AssignmentRow.sequence == newest


def _out_of_sight() -> ColumnElement[bool]:
    """True of a lead of a wider division than those of its holder's level have."""
    wider = (
        and_(AssignmentRow.holder == role.value, func.length(LeadRow.region) < digits_of(level))
        for role, level in WORKS_AT.items()
    )
    return or_(*wider)


def _latest_evidence() -> ColumnElement[datetime]:
    query = select(func.max(LeadEvidenceRow.added_at)).where(LeadEvidenceRow.lead_id == LeadRow.id)
    return query.scalar_subquery()


def _latest_move() -> ColumnElement[datetime]:
    return select(func.max(LeadMoveRow.moved_at)).where(LeadMoveRow.lead_id == LeadRow.id).scalar_subquery()


def assignment_from(row: Row[Any]) -> Assignment:
    """The assignment of a row."""
    return Assignment(
        lead_id=LeadId(row.lead_id),
        holder=Role(row.holder),
        assignee=row.assignee,
        assigned_by=row.assigned_by,
        assigned_at=row.assigned_at,
        reason=row.reason,
    )
