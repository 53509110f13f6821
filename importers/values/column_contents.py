"""What the values of a column look like, whatever stands above them."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from importers.values.dates import DateProblem, read_date
from importers.values.identifiers import is_id_number, is_phone

_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(\s?等\S{0,4})?")
_LONG = 12
"""Characters from which on a cell tells a matter and is no name, place or class."""


class Content(StrEnum):
    """Kinds of values that can be told by looking."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    DATE = "date"
    NAME = "name"
    LONG_TEXT = "long_text"


def share_of(content: Content, values: Sequence[str]) -> float:
    """The share of the filled values that look like the content, 0 to 1; 0 where nothing is filled."""
    filled = [value for value in values if value]
    looks = _LOOKS[content]
    return sum(looks(value) for value in filled) / len(filled) if filled else 0.0


def is_date(text: str) -> bool:
    """True for what `read_date` reads as a day."""
    try:
        return read_date(text).moment is not None
    except DateProblem:
        return False


_LOOKS: Mapping[Content, Callable[[str], bool]] = {
    Content.PHONE: is_phone,
    Content.ID_NUMBER: is_id_number,
    Content.DATE: is_date,
    Content.NAME: lambda text: _NAME.fullmatch(text) is not None,
    Content.LONG_TEXT: lambda text: len(text) >= _LONG,
}
