"""Which leads were looked at and rely on another one that still goes on: until something happens to either of them."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from domain.leads.lead import LeadId
from storage.session import Session, chunks
from storage.tables.leads import DecisionRow, EvidenceMoveRow, LeadEvidenceRow, LeadMoveRow, SettledSuccessionRow

_TOLD_IN: tuple[Any, ...] = (DecisionRow, LeadMoveRow, LeadEvidenceRow, EvidenceMoveRow)
"""What the question depends on is appended to these, and to the register."""


class SettledSuccessions:
    """One mark for each lead: how much was appended about it and the lead that it names when they were looked at."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def unsettled(self, named: Mapping[LeadId, LeadId], version: str) -> dict[LeadId, str]:
        """Those of these leads of which something is new, each with the mark that it has now.

        `version` is of the rules and the register. Asked before the leads are read: what is appended meanwhile makes
        them unsettled once more.
        """
        counts = self._counts({*named, *named.values()})
        marks = {
            lead_id: f"{version}/{other}/{_said(counts, lead_id)}/{_said(counts, other)}"
            for lead_id, other in named.items()
        }
        known = self._known(named)
        return {lead_id: mark for lead_id, mark in marks.items() if known.get(lead_id) != mark}

    def remember(self, marks: Mapping[LeadId, str]) -> None:
        """These leads rely on one that goes on; they are asked about again when their mark changes."""
        rows = [{"lead_id": lead_id, "mark": mark} for lead_id, mark in sorted(marks.items())]
        self._session.upsert(SettledSuccessionRow, [SettledSuccessionRow.lead_id], rows)

    def _known(self, ids: Collection[LeadId]) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in chunks(sorted(ids)):
            query = select(SettledSuccessionRow.lead_id, SettledSuccessionRow.mark)
            rows = self._session.connection.execute(query.where(SettledSuccessionRow.lead_id.in_(part)))
            found.update((row.lead_id, row.mark) for row in rows)
        return found

    def _counts(self, ids: Collection[LeadId]) -> Counter[tuple[str, str]]:
        """How many rows of each table there are about each lead."""
        found: Counter[tuple[str, str]] = Counter()
        for part in chunks(sorted(ids)):
            for table in _TOLD_IN:
                query = select(table.lead_id, func.count().label("rows")).where(table.lead_id.in_(part))
                for row in self._session.connection.execute(query.group_by(table.lead_id)):
                    found[table.__tablename__, row.lead_id] = row.rows
        return found


def _said(counts: Counter[tuple[str, str]], lead_id: str) -> str:
    return ".".join(str(counts[table.__tablename__, lead_id]) for table in _TOLD_IN)
