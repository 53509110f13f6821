"""Addresses by which feed readers read as their owner; a revoked one stays, for the audit log names it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage.session import Session
from storage.tables.outgoing import ReaderTokenRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderToken:
    """One address, without its secret."""

    id: str
    username: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class ReaderTokens:
    """Which addresses are good."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, token_id: str, username: str, token_hash: str, at: datetime) -> None:
        """Append an address."""
        row = {"id": token_id, "username": username, "token_hash": token_hash, "created_at": at}
        self._session.connection.execute(insert(ReaderTokenRow).values(row))

    def of_hash(self, token_hash: str) -> ReaderToken | None:
        """The address of a secret; None when there is none or when it was revoked."""
        query = select(ReaderTokenRow.__table__).where(
            ReaderTokenRow.token_hash == token_hash, ReaderTokenRow.revoked_at.is_(None)
        )
        row = self._session.connection.execute(query).one_or_none()
        return _token(row) if row else None

    def of_account(self, username: str) -> list[ReaderToken]:
        """The account's addresses that are good, the oldest first."""
        query = select(ReaderTokenRow.__table__).where(
            ReaderTokenRow.username == username, ReaderTokenRow.revoked_at.is_(None)
        )
        rows = self._session.connection.execute(query.order_by(ReaderTokenRow.created_at, ReaderTokenRow.id))
        return [_token(row) for row in rows]

    def revoke(self, token_id: str, username: str, at: datetime) -> bool:
        """True when the account had this address and it was good until now."""
        revoking = update(ReaderTokenRow).where(
            ReaderTokenRow.id == token_id, ReaderTokenRow.username == username, ReaderTokenRow.revoked_at.is_(None)
        )
        return self._session.connection.execute(revoking.values(revoked_at=at)).rowcount == 1

    def revoke_all(self, username: str, at: datetime) -> int:
        """How many addresses of the account were good until now."""
        revoking = update(ReaderTokenRow).where(
            ReaderTokenRow.username == username, ReaderTokenRow.revoked_at.is_(None)
        )
        return self._session.connection.execute(revoking.values(revoked_at=at)).rowcount

    def note_use(self, token_id: str, at: datetime) -> None:
        """The address has been read."""
        using = update(ReaderTokenRow).where(ReaderTokenRow.id == token_id)
        self._session.connection.execute(using.values(last_used_at=at))


def _token(row: Row[Any]) -> ReaderToken:
    return ReaderToken(
        id=row.id,
        username=row.username,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
