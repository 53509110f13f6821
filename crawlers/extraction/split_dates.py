"""Dates that a page shows in pieces: leaves of a calendar, a large day above a small month, a year of its own."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice

from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block
from crawlers.extraction.dates import CHINA, parse_date

_PIECE = re.compile(r"[\d年月日./\-:：,，\s]{1,24}")
_MOST_PIECES = 8
_LONGEST_LINE = 30
_YEAR, _MONTH, _DAY = r"(?P<year>20\d{2})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_BETWEEN = r"\s*[年月日./\-,，]?\s*"
_CLOCK = r"(?:\s*(?P<hour>\d{1,2})\s*[:：]\s*(?P<minute>\d{2})(?:\s*[:：]\s*(?P<second>\d{2}))?)?"
_ORDERS = tuple(
    re.compile(order + r"\s*[年月日]?" + _CLOCK)
    for order in (
        _YEAR + _BETWEEN + _MONTH + _BETWEEN + _DAY,
        _DAY + r"\s*日?\s*/?\s*" + _YEAR + r"\s*[年./\-]\s*" + _MONTH,
        _DAY + r"\s*[日/]?\s*" + _MONTH + r"\s*月\s*[,，]?\s*" + _YEAR,
        _MONTH + r"\s*[月./\-]\s*" + _DAY + r"\s*日?\s*" + _YEAR,
    )
)


def split_dates(blocks: Sequence[Block]) -> Iterator[datetime]:
    """The dates that neighbouring lines, or the pieces of one, make together; none that a line has whole."""
    short = (block for block in blocks if block.characters <= _LONGEST_LINE and parse_date(block.text) is None)
    pieces = (piece for block in short for piece in _pieces(block.owner))
    for is_piece, group in groupby(pieces, key=lambda text: _PIECE.fullmatch(text) is not None):
        moment = _joined(" ".join(islice(group, _MOST_PIECES))) if is_piece else None
        if moment is not None:
            yield moment


def _pieces(element: HtmlElement) -> list[str]:
    return [text.strip() for text in element.itertext() if text.strip()]


def _joined(text: str) -> datetime | None:
    for order in _ORDERS:
        found = order.fullmatch(text)
        if found:
            parts = {name: int(value or 0) for name, value in found.groupdict().items()}
            try:
                return datetime(**parts, tzinfo=CHINA)
            except ValueError:
                continue
    return None
