"""Leases: who owns something until when, so that two machines never run one schedule."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from storage.session import Session
from storage.tables.operation import LeaseRow


class Leases:
    """One owner per name."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def acquire(self, name: str, owner: str, *, now: datetime, seconds: float) -> bool:
        """True when the lease was free, has run out, or is the owner's already; it then lasts `seconds` from now."""
        until = now + timedelta(seconds=seconds)
        if self._session.insert_new(LeaseRow, [{"name": name, "owner": owner, "until": until}]):
            return True
        taking = (
            update(LeaseRow)
            .where(LeaseRow.name == name, or_(LeaseRow.owner == owner, LeaseRow.until < now))
            .values(owner=owner, until=until)
        )
        return self._session.connection.execute(taking).rowcount == 1

    def running(self, now: datetime) -> dict[str, datetime]:
        """Until when each lease that somebody holds lasts, by name."""
        held = select(LeaseRow.name, LeaseRow.until).where(LeaseRow.until >= now)
        return {row.name: row.until for row in self._session.connection.execute(held)}

    def release(self, name: str, owner: str) -> None:
        """Give the lease back when it is the owner's."""
        self._session.connection.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.owner == owner))
