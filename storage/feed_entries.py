"""The feed's entries: what a lead is sorted and filtered by, made from the rows that were appended about it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select

from domain.lead import LeadStatus
from domain.region import RegionCode
from domain.workflow import owed
from storage.lead_filter import latest_assignee, latest_measures, latest_priority, latest_status, section_of
from storage.session import Session, chunks
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import LeadRow

FEED_ORDER: tuple[Any, ...] = (
    FeedEntryRow.section,
    FeedEntryRow.rank,
    FeedEntryRow.opened_at,
    FeedEntryRow.lead_id,
)
"""Open leads first, then those with the county, then the most pressing, then the oldest; no two are equal in it."""
_WIDTHS = {"county": 6, "town": 9, "village": 12}


class FeedEntries:
    """Whoever appends to a lead refreshes its entry in the same transaction, so that the two never differ."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def refresh(self, lead_ids: Iterable[str]) -> None:
        """Make the entries of these leads anew."""
        for part in chunks(list(dict.fromkeys(lead_ids))):
            self._write(_standing().where(LeadRow.id.in_(part)))

    def refresh_all(self) -> None:
        """Make every entry anew, as after a change of the statuses."""
        self._write(_standing())

    def _write(self, query: Any) -> None:
        rows = [_entry(row) for row in self._session.connection.execute(query)]
        self._session.upsert(FeedEntryRow, [FeedEntryRow.lead_id], rows)


def _standing() -> Any:
    return select(
        LeadRow.id,
        LeadRow.region,
        LeadRow.opened_at,
        LeadRow.pass_on,
        LeadRow.visit,
        LeadRow.decide,
        LeadRow.measure,
        LeadRow.report_back,
        latest_status().label("status"),
        latest_priority().label("priority"),
        latest_measures().label("measures"),
        latest_assignee().label("assignee"),
    )


def _entry(row: Row[Any]) -> dict[str, Any]:
    status = LeadStatus(row.status)
    deadline = owed(status, carried_out=bool(row.measures))
    return {
        "lead_id": row.id,
        **_divisions(RegionCode(row.region)),
        "status": status.value,
        "section": section_of(status),
        "rank": -row.priority,
        "opened_at": row.opened_at,
        "next_due": getattr(row, deadline.value) if deadline else None,
        "assignee": row.assignee,
    }


def _divisions(region: RegionCode) -> dict[str, str]:
    """The code at the width of each level; where it is shorter than that, all of it."""
    return {name: region.digits[:width] for name, width in _WIDTHS.items()}
