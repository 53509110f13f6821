"""Accounts and their open sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.account import Account
from domain.region import RegionCode
from domain.vocabulary import Role
from storage.session import Session
from storage.tables.operation import AccountRow, SessionRow


class Accounts:
    """Who may sign in."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, account: Account) -> None:
        """Append an account; one of this name that is there stays as it is."""
        row = {
            "username": account.username,
            "display_name": account.display_name,
            "role": account.role.value,
            "region": account.region.digits,
            "password_hash": account.password_hash,
            "created_at": account.created_at,
            "disabled": account.disabled,
            "department": account.department,
        }
        self._session.insert_new(AccountRow, [row])

    def get(self, username: str) -> Account | None:
        """The account of a user name."""
        query = select(AccountRow.__table__).where(AccountRow.username == username)
        row = self._session.connection.execute(query).one_or_none()
        return _account(row) if row else None

    def all(self) -> list[Account]:
        """Every account by name."""
        query = select(AccountRow.__table__).order_by(AccountRow.username)
        return [_account(row) for row in self._session.connection.execute(query)]

    def set_password(self, username: str, password_hash: str) -> None:
        """Replace the password and close the account's sessions."""
        changing = update(AccountRow).where(AccountRow.username == username)
        self._session.connection.execute(changing.values(password_hash=password_hash))
        self._session.connection.execute(delete(SessionRow).where(SessionRow.username == username))

    def open_session(self, token_hash: str, username: str, at: datetime) -> None:
        """Open a session."""
        row = {"token_hash": token_hash, "username": username, "opened_at": at, "last_seen": at}
        self._session.insert_new(SessionRow, [row])

    def session(self, token_hash: str) -> tuple[str, datetime] | None:
        """The user name of a session and when it was last seen."""
        query = select(SessionRow.__table__).where(SessionRow.token_hash == token_hash)
        row = self._session.connection.execute(query).one_or_none()
        return (row.username, row.last_seen) if row else None

    def touch_session(self, token_hash: str, at: datetime) -> None:
        """The session has been used."""
        self._session.connection.execute(
            update(SessionRow).where(SessionRow.token_hash == token_hash).values(last_seen=at)
        )

    def close_session(self, token_hash: str) -> None:
        """The session is over."""
        self._session.connection.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


def _account(row: Row[Any]) -> Account:
    return Account(
        username=row.username,
        display_name=row.display_name,
        role=Role(row.role),
        region=RegionCode(row.region),
        password_hash=row.password_hash,
        created_at=row.created_at,
        disabled=row.disabled,
        department=row.department,
    )
