"""Whether two texts that differ in one place are two notices of one form, or one text that was printed twice.

A notice that is another matter must not be folded under an earlier one: it would be a lead missed. A medium prints its
next notice with another day, another batch, another village or another name, and no medium changes these in what it
reprints. Amounts it does: the next count is known an hour later, and figures are miswritten; but only within days.
"""

from collections.abc import Iterator, Sequence
from enum import Enum

from domain.texts.document import PASTED, Document
from nlp.repeats.differences import Difference
from nlp.repeats.notice_lexicon import load_notice_lexicon
from nlp.repeats.notice_names import names_of_two
from nlp.repeats.notice_numbers import Kind, changed, changed_in_titles


class _Change(Enum):
    """What was changed."""

    MATTER = "matter"
    """A name, a place, a number in a series: never in a reprint."""
    DAY = "day"
    AMOUNT = "amount"


_CHANGES = {Kind.SERIES: _Change.MATTER, Kind.DAY: _Change.DAY, Kind.AMOUNT: _Change.AMOUNT}


def is_another_notice(document: Document, earlier: Document, differences: Sequence[Difference]) -> bool:
    """True when what differs says that two reports are about two matters, though hardly a word is another one.

    Who corrects what was printed says so, or prints it again on the same day: another amount under the same headline,
    another day in another medium. Without a day of printing nobody knows, and the two stay apart.
    """
    found = set(_numbers(document, earlier, differences))
    if _Change.MATTER not in found and any(names_of_two(one, document, earlier) for one in differences):
        found.add(_Change.MATTER)
    if not found or _corrects(document) or _corrects(earlier):
        return False
    if _Change.MATTER in found or not (document.published_at and earlier.published_at):
        return True
    days = abs((document.day - earlier.day).days)
    if _of_one_medium(document, earlier):
        return days > 0 or _Change.DAY in found or document.title != earlier.title
    return days > (0 if _Change.DAY in found else load_notice_lexicon().days_of_reprints)


def _numbers(document: Document, earlier: Document, differences: Sequence[Difference]) -> Iterator[_Change]:
    if document.title != earlier.title:
        yield from (_CHANGES[kind] for kind in changed_in_titles(document.title, earlier.title))
    for difference in differences:
        yield from (_CHANGES[kind] for kind in changed(difference))


def _corrects(document: Document) -> bool:
    return load_notice_lexicon().corrects(document.content)


def _of_one_medium(document: Document, earlier: Document) -> bool:
    """False for what one portal took from two media, and for what people pasted from anywhere."""
    if document.source != earlier.source or document.source == PASTED:
        return False
    return not (document.origin and earlier.origin) or document.origin == earlier.origin
