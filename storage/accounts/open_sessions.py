"""Sessions: found by the hash of their token, named on pages by an id that opens nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.accounts.sign_in import OpenSession, SessionStage
from storage.session import Session
from storage.tables.sign_in import SessionRow


class OpenSessions:
    """Who is signed in where."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, token_hash: str, opened: OpenSession) -> None:
        """Append a session."""
        row = {
            "token_hash": token_hash,
            "id": opened.id,
            "username": opened.username,
            "stage": opened.stage.value,
            "opened_at": opened.opened_at,
            "last_seen": opened.last_seen,
            "address": opened.address,
            "device": opened.device,
            "by_single_sign_on": opened.by_single_sign_on,
        }
        self._session.insert_new(SessionRow, [row])

    def get(self, token_hash: str) -> OpenSession | None:
        """The session of a token; whether it is too old is for the caller to say."""
        query = select(SessionRow.__table__).where(SessionRow.token_hash == token_hash)
        row = self._session.connection.execute(query).one_or_none()
        return _opened(row) if row else None

    def of(self, username: str) -> list[OpenSession]:
        """The account's sessions, the last used first."""
        query = select(SessionRow.__table__).where(SessionRow.username == username)
        found = self._session.connection.execute(query.order_by(SessionRow.last_seen.desc(), SessionRow.id))
        return [_opened(row) for row in found]

    def touch(self, token_hash: str, at: datetime) -> None:
        """The session has been used."""
        using = update(SessionRow).where(SessionRow.token_hash == token_hash)
        self._session.connection.execute(using.values(last_seen=at))

    def rename(self, token_hash: str, new_token_hash: str) -> None:
        """The session answers to another token from now on."""
        renaming = update(SessionRow).where(SessionRow.token_hash == token_hash)
        self._session.connection.execute(renaming.values(token_hash=new_token_hash))

    def close(self, token_hash: str) -> None:
        """The session is over."""
        self._session.connection.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))

    def close_one(self, username: str, session_id: str) -> bool:
        """True when the account had this session; it is over."""
        closing = delete(SessionRow).where(SessionRow.username == username, SessionRow.id == session_id)
        return self._session.connection.execute(closing).rowcount == 1

    def close_all(self, username: str, *, but: str = "") -> int:
        """End every session of the account, save the one of the token hash `but`; how many there were."""
        closing = delete(SessionRow).where(SessionRow.username == username, SessionRow.token_hash != but)
        return self._session.connection.execute(closing).rowcount

    def close_everybodys(self) -> int:
        """End every session there is; how many there were."""
        return self._session.connection.execute(delete(SessionRow)).rowcount

    def close_older(self, username: str, moment: datetime) -> None:
        """Sweep out the account's sessions opened before the moment."""
        closing = delete(SessionRow).where(SessionRow.username == username, SessionRow.opened_at < moment)
        self._session.connection.execute(closing)


def _opened(row: Row[Any]) -> OpenSession:
    return OpenSession(
        id=row.id,
        username=row.username,
        stage=SessionStage(row.stage),
        opened_at=row.opened_at,
        last_seen=row.last_seen,
        address=row.address,
        device=row.device,
        by_single_sign_on=row.by_single_sign_on,
    )
