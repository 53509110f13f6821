"""What the labels of letters mean, and known ones that are written apart."""

import re
from collections.abc import Sequence
from functools import cache

from importers.headers.vocabulary import HeaderVocabulary, header_vocabulary, load_layouts
from importers.words.letter_words import letter_words
from importers.words.table_words import table_words
from importers.words.word_patterns import any_of

_REGISTER, _HOTLINE = "petition_register", "hotline_12345"
_MATTER = "summary"
_OWN_BEFORE = re.compile("^(?:我的|本人的|本人|我)")
_APART = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \t\u3000]+[\u4e00-\u9fff]){1,7}(?=[ \t\u3000]*[:\uff1a])")
"""A label written apart, perhaps right behind a name written apart: 姓 名：张 三　性 别：男."""
_CHARACTER = re.compile(r"[\u4e00-\u9fff]")
_NAMED = re.compile(r"(?<![\u4e00-\u9fff])((?:[\u4e00-\u9fff][ \t\u3000]*){2,10})[:\uff1a][ \t\u3000]*$")
"""A label, right before what is looked at."""
_LONGEST_NAMED = 40
_SHORTEST, _USUAL = 2, 4
"""Characters of a label."""


def field_of(label: str) -> str | None:
    """The field that a label fills, None for one that nobody knows."""
    headers = petition_headers()
    known = headers.exact(label) or headers.exact(_OWN_BEFORE.sub("", label)) or _vocabulary(_HOTLINE).exact(label)
    return known.field if known is not None else None


def petition_headers() -> HeaderVocabulary:
    """The headers of petition registers, which are the labels of letters."""
    return _vocabulary(_REGISTER)


def are_headers(words: Sequence[str]) -> bool:
    """True where every word names a column of a register, the matter's among them."""
    known = [petition_headers().exact(word) or _vocabulary(_HOTLINE).exact(word) for word in words]
    return all(known) and any(one is not None and one.field == _MATTER for one in known)


def closed_up(text: str) -> str:
    """The text with known labels that are written apart closed up: 住　址：, 申 请 人：."""
    return _office_day().sub(r"\1:", _APART.sub(_closed, text))


def _closed(found: re.Match[str]) -> str:
    """The label closed up where all of it or its last four are known; behind a petitioner's name the longest known."""
    places = [character.start() for character in _CHARACTER.finditer(found[0])]
    behind_name = _is_name(found.string[max(0, found.start() - _LONGEST_NAMED) : found.start()])
    for start in places[: 1 - _SHORTEST] if behind_name else (0, *places[-_USUAL:][:1]):
        label = "".join(found[0][start:].split())
        if field_of(label) is not None or (behind_name and label in table_words().attributes):
            return found[0][:start] + label
    return found[0]


def _is_name(before: str) -> bool:
    """True where the text ends with a petitioner's label, so that his name comes next."""
    named = _NAMED.search(before)
    return named is not None and field_of("".join(named[1].split())) == "name"


@cache
def _office_day() -> re.Pattern[str]:
    """Matches 收文日期 without a colon before its day."""
    return re.compile(rf"({any_of(letter_words().office_days)})[ \t\u3000]*(?=\d{{4}})")


def _vocabulary(layout: str) -> HeaderVocabulary:
    return header_vocabulary(layout, load_layouts()[layout])
