"""Leases: who owns something until when, so that two machines never run one schedule."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from storage.session import Session
from storage.tables.operation import LeaseRow

_CLOCKS_APART = timedelta(hours=1)
"""Clocks of two machines differ by less: a lease that is taken for longer was taken by a clock that ran ahead."""


class Leases:
    """One owner per name."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def acquire(self, name: str, owner: str, *, now: datetime, seconds: float) -> bool:
        """True when the lease was free, has run out, or is the owner's already; it then lasts `seconds` from now.

        Free is also one that lasts far longer than that: the clock ran ahead and was put back.
        """
        until = now + timedelta(seconds=seconds)
        if self._session.insert_new(LeaseRow, [{"name": name, "owner": owner, "until": until}]):
            return True
        is_free = or_(LeaseRow.owner == owner, LeaseRow.until < now, LeaseRow.until > until + _CLOCKS_APART)
        taking = update(LeaseRow).where(LeaseRow.name == name, is_free).values(owner=owner, until=until)
        return self._session.connection.execute(taking).rowcount == 1

    def release(self, name: str, owner: str) -> None:
        """Give the lease back when it is the owner's."""
        self._session.connection.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.owner == owner))
