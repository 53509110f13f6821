"""Codes of the first start: whoever reads the server's terminal makes the first administrator."""

from datetime import datetime

from sqlalchemy import delete, update

from domain.places.region import RegionCode
from storage.session import Session
from storage.tables.sign_in import SetUpCodeRow


class SetUpCodes:
    """One code at a time, good once and for a while."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def replace(self, code: str, region: RegionCode, expires_at: datetime) -> None:
        """This code is good from now on, no earlier one is; it makes an administrator of the region."""
        self._session.connection.execute(delete(SetUpCodeRow))
        row = {
            "code_hash": self._session.cipher.blind_index(_kept(code)),
            "region": region.digits,
            "expires_at": expires_at,
            "used_at": None,
        }
        self._session.insert_new(SetUpCodeRow, [row])

    def drop(self) -> None:
        """No code is good any more."""
        self._session.connection.execute(delete(SetUpCodeRow))

    def use(self, code: str, now: datetime) -> RegionCode | None:
        """The region that the code is for when it is good, and it is used up now; None otherwise."""
        using = update(SetUpCodeRow).where(
            SetUpCodeRow.code_hash.in_(self._session.cipher.blind_indexes(_kept(code))),
            SetUpCodeRow.used_at.is_(None),
            SetUpCodeRow.expires_at > now,
        )
        region = self._session.connection.scalar(using.values(used_at=now).returning(SetUpCodeRow.region))
        return RegionCode(region) if region is not None else None


def _kept(code: str) -> str:
    return f"set-up code {code}"
