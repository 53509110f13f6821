"""Failures to sign in, counted where every process sees them and no restart forgets them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update

from domain.accounts.sign_in import Door
from storage.session import Session
from storage.tables.sign_in import SignInFailureRow


class SignInFailures:
    """Counts by door; a door is whatever is guarded, such as an account or an address.

    Its name is kept as a keyed hash: what people type as a user name is now and then their password.
    """

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction, which has to be one that writes."""
        self._session = session

    def hold(self, doors: Sequence[Door], now: datetime) -> None:
        """Let nobody else count at these doors until the transaction ends, in the order given.

        A door that nobody failed at has no row to be locked: without one, two tries could wait for each other.
        """
        for door in doors:
            self._insert(door, now)
            query = select(SignInFailureRow.door).where(self._at(door.name)).with_for_update()
            self._session.connection.execute(query).all()

    def closed_for(self, door: str, now: datetime) -> timedelta:
        """How long nobody is let in at the door; zero when it is open."""
        query = select(SignInFailureRow.closed_until).where(self._at(door))
        closed = [until - now for until in self._session.connection.scalars(query) if until is not None]
        return max([timedelta(0), *closed])

    def count(self, door: Door, now: datetime) -> int:
        """One more try that has not succeeded yet; how many there are in a row.

        Counted before the password is looked at, so that many tries at once cannot slip past the limit.
        """
        self._insert(door, now)
        failures = self._failures(door.name, since=now - door.waits.forgotten_after) + 1
        wait = door.waits.after(failures)
        self._change(door.name, failures=failures, last_at=now, closed_until=now + wait if wait else None)
        return failures

    def forget_before(self, moment: datetime) -> None:
        """Drop the rows of doors that nobody tried since then: who tries a million names must not leave them for ever.

        A row that somebody else holds is left for the next time.
        """
        old = select(SignInFailureRow.door).where(SignInFailureRow.last_at < moment).with_for_update(skip_locked=True)
        self._session.connection.execute(delete(SignInFailureRow).where(SignInFailureRow.door.in_(old)))

    def clear(self, door: str) -> bool:
        """True when anything was counted; the door is open and everything is forgotten."""
        clearing = delete(SignInFailureRow).where(self._at(door))
        return self._session.connection.execute(clearing).rowcount > 0

    def clear_of(self, owner: str) -> None:
        """Every door of this user name is open: from every address, on every device."""
        owned = SignInFailureRow.owner.in_(self._session.cipher.blind_indexes(_kept_owner(owner)))
        # Rows of before the owner was kept are found by the names of the doors there were then.
        earlier = [self._at(f"{kind} {owner}") for kind in ("account", "code")]
        self._session.connection.execute(delete(SignInFailureRow).where(or_(owned, *earlier)))

    def take_one_off(self, door: str) -> None:
        """The last counted try was none to be afraid of; the ones before stay counted."""
        self._change(door, failures=max(0, self._failures(door) - 1), closed_until=None)

    def _insert(self, door: Door, now: datetime) -> None:
        cipher = self._session.cipher
        row = {
            "door": cipher.blind_index(_kept(door.name)),
            "owner": cipher.blind_index(_kept_owner(door.owner)) if door.owner else None,
            "failures": 0,
            "last_at": now,
            "closed_until": None,
        }
        self._session.insert_new(SignInFailureRow, [row])

    def _failures(self, door: str, since: datetime | None = None) -> int:
        query = select(SignInFailureRow.failures).where(self._at(door)).with_for_update()
        if since is not None:
            query = query.where(SignInFailureRow.last_at >= since)
        return max(self._session.connection.scalars(query), default=0)

    def _change(self, door: str, **values: object) -> None:
        changing = update(SignInFailureRow).where(self._at(door))
        self._session.connection.execute(changing.values(**values))

    def _at(self, door: str) -> ColumnElement[bool]:
        """The rows of the door: two while a change of keys leads on what was counted before."""
        return SignInFailureRow.door.in_(self._session.cipher.blind_indexes(_kept(door)))


def _kept(door: str) -> str:
    return f"door {door}"


def _kept_owner(owner: str) -> str:
    return f"owner of doors {owner}"
