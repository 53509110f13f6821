"""Whose a phone is by the words that touch it in its cell: 4420000（邻居家） is a neighbour's."""

import re

from importers.values.cells import half_width
from importers.words.table_words import table_words

_BETWEEN = re.compile(r"(?:\([^()]*\)|[^()/、,;|\n])+")
"""What stands between two separators; within brackets they separate nothing."""
_NUMBERS = re.compile(r"\d(?:-?\d){6,}")
_MARKS = re.compile(r"[\s\-\u2010-\u2015]")


def is_of_another(text: str, phone: str) -> bool:
    """True where a word for somebody outside the family touches the phone; false where the cell says whose it is: 本人.

    Words beside a further number say nothing of this one. A number that is not found as written has the whole cell.
    """
    words, digits = table_words(), _MARKS.sub("", phone)
    if any(word in text for word in words.own_beside_phones):
        return False
    touching = next((part for part in _parts(half_width(text)) if digits in _MARKS.sub("", part)), text)
    return words.other_beside_phone.search(touching) is not None


def _parts(text: str) -> list[str]:
    """The cell by its separators, and at the beginning of every number but the first of a part."""
    found = []
    for part in _BETWEEN.findall(text):
        starts = [number.start() for number in _NUMBERS.finditer(part)][1:]
        found += [part[begin:end] for begin, end in zip([0, *starts], [*starts, len(part)], strict=True)]
    return found
