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
        is_free = or_(LeaseRow.owner == owner, LeaseRow.until < now)
        taking = update(LeaseRow).where(LeaseRow.name == name, is_free).values(owner=owner, until=until)
        return self._session.connection.execute(taking).rowcount == 1

    def renew(self, name: str, owner: str, *, now: datetime, seconds: float) -> bool:
        """True when the lease is still the owner's; it then lasts `seconds` from now.

        Never one that others have had since, even where it is free again: they did what was to be done.
        """
        mine = update(LeaseRow).where(LeaseRow.name == name, LeaseRow.owner == owner)
        return self._session.connection.execute(mine.values(until=now + timedelta(seconds=seconds))).rowcount == 1

    def holds(self, name: str, owner: str, now: datetime) -> bool:
        """True while the lease is the owner's and has not run out."""
        mine = select(LeaseRow.name).where(LeaseRow.name == name, LeaseRow.owner == owner, LeaseRow.until >= now)
        return self._session.connection.scalar(mine) is not None

    def running(self, now: datetime) -> dict[str, datetime]:
        """Until when each lease that somebody holds lasts, by name."""
        held = select(LeaseRow.name, LeaseRow.until).where(LeaseRow.until >= now)
        return {row.name: row.until for row in self._session.connection.execute(held)}

    def release(self, name: str, owner: str) -> None:
        """Give the lease back when it is the owner's."""
        self._session.connection.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.owner == owner))
