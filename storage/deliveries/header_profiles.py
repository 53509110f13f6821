"""Headers of delivered tables whose columns a person of an office has confirmed; its last confirmation counts."""

from typing import Any

from sqlalchemy import Row, delete, select

from domain.deliveries.header_profile import Profile
from storage.session import Session
from storage.tables.header_profiles import HeaderProfileRow


class HeaderProfiles:
    """One profile for each header of an office; it holds texts of headers only as a fingerprint, and no values."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def every(self) -> list[Profile]:
        """All profiles of all offices, the latest first."""
        query = select(HeaderProfileRow.__table__).order_by(
            HeaderProfileRow.confirmed_at.desc(), HeaderProfileRow.fingerprint, HeaderProfileRow.office
        )
        return [_profile(row) for row in self._session.connection.execute(query)]

    def remember(self, profile: Profile) -> None:
        """Keep the profile; it takes the place of an earlier one of the same header and office."""
        row = {
            "office": profile.office,
            "fingerprint": profile.fingerprint,
            "layout": profile.layout,
            "columns": {str(index): field for index, field in profile.columns.items()},
            "confirmed_by": profile.confirmed_by,
            "confirmed_at": profile.confirmed_at,
        }
        self._session.upsert(HeaderProfileRow, [HeaderProfileRow.office, HeaderProfileRow.fingerprint], [row])

    def forget(self, profile: Profile) -> bool:
        """Drop the profile, so that the header is proposed anew; False when it was gone already."""
        dropping = delete(HeaderProfileRow).where(
            HeaderProfileRow.fingerprint == profile.fingerprint, HeaderProfileRow.office == profile.office
        )
        return self._session.connection.execute(dropping).rowcount == 1


def _profile(row: Row[Any]) -> Profile:
    return Profile(
        fingerprint=row.fingerprint,
        layout=row.layout,
        columns={int(index): field for index, field in row.columns.items()},
        office=row.office,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
    )
