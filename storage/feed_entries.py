"""The feed's entries: what a lead is sorted and filtered by, made from the rows that were appended about it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from domain.lead import OPEN_STATUSES, LeadStatus
from domain.region import RegionCode
from storage.lead_filter import latest_priority, latest_status
from storage.session import Session, chunks
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import LeadRow

FEED_ORDER: tuple[Any, ...] = (
    FeedEntryRow.is_closed,
    FeedEntryRow.rank,
    FeedEntryRow.opened_at,
    FeedEntryRow.lead_id,
)
"""Open leads first, then the most pressing, then the oldest; no two leads are equal in it."""
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


def next_due(status: LeadStatus, *, pass_on: date, visit: date) -> date | None:
    """A new lead owes the passing on, another open one the visit; one that is not open owes nothing."""
    if status not in OPEN_STATUSES:
        return None
    return pass_on if status is LeadStatus.NEW else visit


def _standing() -> Any:
    return select(
        LeadRow.id,
        LeadRow.region,
        LeadRow.opened_at,
        LeadRow.pass_on,
        LeadRow.visit,
        latest_status().label("status"),
        latest_priority().label("priority"),
    )


def _entry(row: Row[Any]) -> dict[str, Any]:
    status = LeadStatus(row.status)
    return {
        "lead_id": row.id,
        **_divisions(RegionCode(row.region)),
        "status": status.value,
        "is_closed": int(status not in OPEN_STATUSES),
        "rank": -row.priority,
        "opened_at": row.opened_at,
        "next_due": next_due(status, pass_on=row.pass_on, visit=row.visit),
    }


def _divisions(region: RegionCode) -> dict[str, str]:
    """The code at the width of each level; where it is shorter than that, all of it."""
    return {name: region.digits[:width] for name, width in _WIDTHS.items()}
