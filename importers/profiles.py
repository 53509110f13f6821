"""Layouts that a person has confirmed, and how a header is recognised again."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from domain.deliveries.header_profile import Profile
from domain.deliveries.receipt import RECEIPT_COLUMNS

_OF_A_PLACE = re.compile(r"(.*?)[(]?第(\d{1,3})列[)]?", re.DOTALL)
"""How a receipt names a column without a header, or one of a header that stands twice."""
_EMPTY_BEFORE = 3
"""Columns that a table leaves empty at its left at most: a receipt, which begins at its edge, does not have them."""


class Profiles(Protocol):
    """Where confirmed layouts are remembered."""

    def known(self, fingerprint: str) -> Profile | None:
        """The layout confirmed for a header with this fingerprint; None when nobody confirmed one."""


class NoProfiles:
    """Nothing was ever confirmed."""

    def known(self, fingerprint: str) -> Profile | None:
        """None."""
        return None


NO_PROFILES = NoProfiles()


class _Column(NamedTuple):
    text: str
    at: int | None
    """Where it stands; None for one that was empty and is not there."""


def header_fingerprint(texts: Sequence[str]) -> str:
    """SHA-256 of the header's texts from left to right, spaces and empty columns at the end left out."""
    plain = ["".join(text.split()) for text in texts]
    while plain and not plain[-1]:
        plain.pop()
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest()


def own_columns(texts: Sequence[str]) -> list[int]:
    """The columns that the office's table has by itself: all but those that a receipt put beside them."""
    return [index for index, text in enumerate(texts) if "".join(text.split()) not in RECEIPT_COLUMNS]


def confirmed_columns(profiles: Profiles, texts: Sequence[str]) -> Iterator[tuple[Profile, Mapping[int, str]]]:
    """The profiles confirmed for a header, each with its fields by where their columns stand in it.

    A receipt that comes back has the header of the table that it is of, with its own columns somewhere beside it.
    """
    own = [_Column(texts[index], index) for index in own_columns(texts)]
    # A receipt was perhaps confirmed as it is, and says less of the columns than what its table was confirmed as.
    ways = [own] if len(own) < len(texts) else []
    ways.append([_Column(text, index) for index, text in enumerate(texts)])
    if len(own) < len(texts):
        ways += [_with_empty_columns(own, before) for before in range(_EMPTY_BEFORE + 1)]
    for columns in ways:
        profile = profiles.known(header_fingerprint([one.text for one in columns]))
        if profile is not None:
            yield profile, _placed(profile, columns) if len(own) < len(texts) else profile.columns


def _placed(profile: Profile, columns: Sequence[_Column]) -> dict[int, str]:
    """The fields of the profile by where the columns stand; one that is not there holds nothing."""
    places = {place: one.at for place, one in enumerate(columns)}
    found = ((places.get(place), field) for place, field in profile.columns.items())
    return {index: field for index, field in found if index is not None}


def _with_empty_columns(own: Sequence[_Column], before: int) -> list[_Column]:
    """The columns of a receipt with those that it left out: so many at the left, and before a column of a place."""
    columns = [_Column("", None)] * before
    for one in own:
        named = _OF_A_PLACE.fullmatch(one.text)
        if named is not None:
            columns += [_Column("", None)] * (int(named[2]) - 1 - len(columns))
        columns.append(_Column(named[1] if named is not None else one.text, one.at))
    return columns
