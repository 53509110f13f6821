"""The words of a document that belong to each of its forms: the number and the day stand above or below its table."""

import re
from collections.abc import Sequence
from itertools import pairwise

from importers.formats.forms.form_labels import plain
from importers.formats.forms.values_beside import is_number

_LABEL = re.compile(r"\s*(?P<label>[^:\uff1a]{1,14})[:\uff1a]\s*\S")
_BETWEEN = re.compile(r"[\s,\uff0c、;\uff1b。]+")
_LONGEST_LINE = 60
"""Characters of a line with a form's number; a longer one is a sentence."""


def words_of_each(paragraphs: Sequence[str], places: Sequence[int]) -> list[str]:
    """By table the paragraphs that are its own, where `places` are how many stand above each.

    They stand above their tables, unless none above the first names a number and one below the last does.
    """
    pieces = [list(paragraphs[begin:end]) for begin, end in pairwise((0, *places, len(paragraphs)))]
    is_below = not any(map(_names_a_number, pieces[0])) and any(map(_names_a_number, pieces[-1]))
    return ["\n".join(piece) for piece in (pieces[1:] if is_below else pieces[:-1])]


def _names_a_number(line: str) -> bool:
    """True where any of its labels is one of a number: 登记人：赵某　编号：31."""
    labels = [found["label"] for found in _LABEL.finditer(line)]
    if len("".join(line.split())) > _LONGEST_LINE:
        labels = [found["label"]] if (found := _LABEL.match(line)) else []
    # The value of the label before stands in the same piece as the next label.
    return any(is_number(plain(one)) for label in labels for one in (label, _BETWEEN.split(label)[-1]))
