"""Reminders of deadlines, in the order in which they were written."""

from typing import Any

from sqlalchemy import Row, select

from domain.leads.lead import LeadId
from domain.leads.reminder import LeadReminder, ReminderKind
from domain.leads.workflow import Deadline
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from storage.session import Session
from storage.tables.workflow import LeadReminderRow


class LeadReminders:
    """Written once each."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, reminder: LeadReminder) -> bool:
        """True when those who are meant had not been told of this lead, deadline, day and kind before.

        Others are meant when the lead lies in another division than that of who was told, or another level, department
        or person has it.
        """
        if self._is_told(reminder):
            return False
        row = {
            "lead_id": reminder.lead_id,
            "region": reminder.region.digits,
            "kind": reminder.kind.value,
            "deadline": reminder.deadline.value,
            "due_on": reminder.due_on,
            "role": reminder.role.value,
            "username": reminder.username,
            "department": reminder.department,
            "at": reminder.at,
        }
        return self._session.insert_new(LeadReminderRow, [row]) == 1

    def _is_told(self, reminder: LeadReminder) -> bool:
        query = select(LeadReminderRow.__table__).where(
            LeadReminderRow.lead_id == reminder.lead_id,
            LeadReminderRow.deadline == reminder.deadline.value,
            LeadReminderRow.due_on == reminder.due_on,
            LeadReminderRow.kind == reminder.kind.value,
            LeadReminderRow.role == reminder.role.value,
        )
        return any(_reminder(row).reaches(reminder) for row in self._session.connection.execute(query))

    def since(self, sequence: int, *, limit: int) -> list[tuple[int, LeadReminder]]:
        """Reminders after a sequence number, each with its own, oldest first."""
        query = select(LeadReminderRow.__table__).where(LeadReminderRow.sequence > sequence)
        rows = self._session.connection.execute(query.order_by(LeadReminderRow.sequence).limit(limit))
        return [(row.sequence, _reminder(row)) for row in rows]


def _reminder(row: Row[Any]) -> LeadReminder:
    return LeadReminder(
        lead_id=LeadId(row.lead_id),
        region=RegionCode(row.region),
        kind=ReminderKind(row.kind),
        deadline=Deadline(row.deadline),
        due_on=row.due_on,
        role=Role(row.role),
        username=row.username,
        department=row.department,
        at=row.at,
    )
