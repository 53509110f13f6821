"""The lines of a mail's head (发件人: …, Sent: …) wherever one stands in a text."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import takewhile

from importers.words.letter_words import letter_words
from importers.words.word_patterns import any_of

MOST_HEADS = 12
_FEWEST_HEADS = 3
"""Lines of a head that begins without a line above it: 发件人 and 时间 alone may stand in any text."""


def bare_head_in(lines: Sequence[str]) -> int | None:
    """Where the head of another mail begins below words, with no line that says so, as Outlook and Foxmail write it."""
    first = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    return next((place for place in range(first + 1, len(lines)) if _is_bare_head(lines, place)), None)


def _is_bare_head(lines: Sequence[str], place: int) -> bool:
    if not is_sender(lines[place]):
        return False
    heads = [*takewhile(is_head, lines[place : place + MOST_HEADS])]
    return len(heads) >= _FEWEST_HEADS and any(map(_day_head().match, heads))


def is_head(line: str) -> bool:
    """True for any line of a head."""
    return _head().match(line) is not None


def is_sender(line: str) -> bool:
    """True for the line of a head that says who sent the mail."""
    return _sender().match(line) is not None


def sender_in(lines: Sequence[str]) -> str:
    """The line of the head at their beginning that says who sent the mail; "" without one."""
    return next((line for line in lines[:MOST_HEADS] if is_sender(line)), "")


def end_of_head(lines: Sequence[str]) -> int:
    """Where the words begin below the head of a mail, which ends at the first line without one, or a blank one."""
    begun = False
    for place, line in enumerate(lines):
        if is_head(line):
            begun = True
        elif begun or line.strip():
            return place
    return len(lines)


def subject_of(heads: Sequence[str]) -> str:
    """What the head says that the mail is about; "" without a subject."""
    found = next((line for line in heads if re.match(r"\s*(?:主题|Subject)", line, re.IGNORECASE)), "")
    return re.split("[:\uff1a]", found, maxsplit=1)[-1].strip()


def day_of(head: str) -> str:
    """日期: and the day, of a line of a head that says when the mail was sent; "" for any other."""
    found = _day_head().match(head)
    if found is None:
        return ""
    said = head[found.end() :].strip()
    sent = _moment(said)
    return f"日期: {sent:%Y-%m-%d %H:%M}" if sent is not None else f"日期: {said}"


def _moment(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@cache
def _head() -> re.Pattern[str]:
    words = letter_words()
    known = any_of((*words.mail_heads, *words.quoted_heads, *words.quoted_days))
    return re.compile(rf"\s*\**(?:{known})\**\s*[:\uff1a]", re.IGNORECASE)


@cache
def _sender() -> re.Pattern[str]:
    return re.compile(rf"\s*\**(?:{any_of(letter_words().sender_heads)})\**\s*[:\uff1a]", re.IGNORECASE)


@cache
def _day_head() -> re.Pattern[str]:
    return re.compile(rf"\s*\**(?:{any_of(letter_words().quoted_days)})\**\s*[:\uff1a]", re.IGNORECASE)
