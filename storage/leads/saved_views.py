"""Filters of the feed that an account gave a name."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from storage.encryption.sealed import SAVED_VIEW
from storage.session import Session
from storage.tables.feed import SavedViewRow

MOST_VIEWS = 12
"""Of one account; more are no help on a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """One filter; `query` is what stands behind the ? of the feed's address."""

    number: int
    name: str
    query: str
    is_default: bool


class SavedViews:
    """Each account's own; nobody sees another's."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def of(self, username: str) -> list[SavedView]:
        """The account's views, oldest first."""
        query = select(SavedViewRow.__table__).where(SavedViewRow.username == username)
        rows = self._session.connection.execute(query.order_by(SavedViewRow.sequence))
        opened = ((row, self._session.unseal(row.sealed, SAVED_VIEW.of(username))) for row in rows)
        return [
            SavedView(number=row.sequence, name=record["name"], query=record["query"], is_default=row.is_default)
            for row, record in opened
        ]

    def add(self, username: str, name: str, query: str, *, default: bool) -> bool:
        """Keep a view, in place of one of the same name; False when the account has as many as it may have."""
        known = self.of(username)
        for same in (one for one in known if one.name == name):
            self.delete(username, same.number)
        if len([one for one in known if one.name != name]) >= MOST_VIEWS:
            return False
        if default:
            others = update(SavedViewRow).where(SavedViewRow.username == username)
            self._session.connection.execute(others.values(is_default=False))
        sealed = self._session.seal({"name": name, "query": query}, SAVED_VIEW.of(username))
        self._session.insert_new(SavedViewRow, [{"username": username, "is_default": default, "sealed": sealed}])
        return True

    def delete(self, username: str, number: int) -> None:
        """Forget a view of the account's own."""
        own = delete(SavedViewRow).where(SavedViewRow.username == username, SavedViewRow.sequence == number)
        self._session.connection.execute(own)
