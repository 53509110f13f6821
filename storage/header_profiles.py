"""Headers of delivered tables whose columns a person has confirmed; the last confirmation counts."""

from typing import Any

from sqlalchemy import Row, delete, select

from domain.header_profile import Profile
from storage.session import Session
from storage.tables.header_profiles import HeaderProfileRow


class HeaderProfiles:
    """One profile for each header; it holds texts of headers only as a fingerprint, and no values."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def known(self, fingerprint: str) -> Profile | None:
        """The profile of a header, None when nobody has confirmed it."""
        query = select(HeaderProfileRow.__table__).where(HeaderProfileRow.fingerprint == fingerprint)
        row = self._session.connection.execute(query).first()
        return None if row is None else _profile(row)

    def every(self) -> list[Profile]:
        """All profiles, the latest first."""
        query = select(HeaderProfileRow.__table__).order_by(
            HeaderProfileRow.confirmed_at.desc(), HeaderProfileRow.fingerprint
        )
        return [_profile(row) for row in self._session.connection.execute(query)]

    def remember(self, profile: Profile) -> None:
        """Keep the profile; it takes the place of an earlier one of the same header."""
        row = {
            "fingerprint": profile.fingerprint,
            "layout": profile.layout,
            "columns": {str(index): field for index, field in profile.columns.items()},
            "confirmed_by": profile.confirmed_by,
            "confirmed_at": profile.confirmed_at,
        }
        self._session.upsert(HeaderProfileRow, [HeaderProfileRow.fingerprint], [row])

    def forget(self, fingerprint: str) -> None:
        """Drop the profile, so that the header is proposed anew."""
        self._session.connection.execute(delete(HeaderProfileRow).where(HeaderProfileRow.fingerprint == fingerprint))


def _profile(row: Row[Any]) -> Profile:
    return Profile(
        fingerprint=row.fingerprint,
        layout=row.layout,
        columns={int(index): field for index, field in row.columns.items()},
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
    )
