"""Failures to sign in, counted where every process sees them and no restart forgets them."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from domain.sign_in import Waits
from storage.session import Session
from storage.tables.sign_in import SignInFailureRow


class SignInFailures:
    """Counts by door; a door is whatever is guarded, such as an account or an address.

    Its name is kept as a keyed hash: what people type as a user name is now and then their password.
    """

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction, which has to be one that writes."""
        self._session = session

    def closed_for(self, door: str, now: datetime) -> timedelta:
        """How long nobody is let in at the door; zero when it is open."""
        query = select(SignInFailureRow.closed_until).where(self._at(door)).with_for_update()
        closed = [until - now for until in self._session.connection.scalars(query) if until is not None]
        return max([timedelta(0), *closed])

    def count(self, door: str, waits: Waits, now: datetime) -> int:
        """One more try that has not succeeded yet; how many there are in a row.

        Counted before the password is looked at, so that many tries at once cannot slip past the limit.
        """
        # Rows of other doors too: whoever tries a million names must not leave a million rows for ever.
        self._session.connection.execute(
            delete(SignInFailureRow).where(SignInFailureRow.last_at < now - waits.forgotten_after)
        )
        row = {
            "door": self._session.cipher.blind_index(_kept(door)),
            "failures": 0,
            "last_at": now,
            "closed_until": None,
        }
        self._session.insert_new(SignInFailureRow, [row])
        failures = self._failures(door) + 1
        wait = waits.after(failures)
        self._change(door, failures=failures, last_at=now, closed_until=now + wait if wait else None)
        return failures

    def clear(self, door: str) -> bool:
        """True when anything was counted; the door is open and everything is forgotten."""
        clearing = delete(SignInFailureRow).where(self._at(door))
        return self._session.connection.execute(clearing).rowcount > 0

    def take_one_off(self, door: str) -> None:
        """The last counted try was none to be afraid of; the ones before stay counted."""
        self._change(door, failures=max(0, self._failures(door) - 1), closed_until=None)

    def _failures(self, door: str) -> int:
        query = select(SignInFailureRow.failures).where(self._at(door)).with_for_update()
        return max(self._session.connection.scalars(query), default=0)

    def _change(self, door: str, **values: object) -> None:
        changing = update(SignInFailureRow).where(self._at(door))
        self._session.connection.execute(changing.values(**values))

    def _at(self, door: str) -> ColumnElement[bool]:
        """The rows of the door: two while a change of keys leads on what was counted before."""
        return SignInFailureRow.door.in_(self._session.cipher.blind_indexes(_kept(door)))


def _kept(door: str) -> str:
    return f"door {door}"
