"""What a person once confirmed about the columns of a table, for the same office's later tables with this header."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The meaning of the columns below one header."""

    fingerprint: str
    """Of the header's texts, as `importers.profiles.header_fingerprint` makes it."""
    layout: str
    """Name of a layout in `importers/words/headers.yml`."""
    columns: Mapping[int, str]
    """Column to field, the columns of the office's own table counted from 0; one that is not named here is kept as
    delivered and means nothing."""
    office: str = ""
    """Whose tables it is for, as `domain.places.office.Offices` names it; empty for the deployment's own."""
    confirmed_by: str
    confirmed_at: datetime
