"""The labels printed on forms: those of `form_labels.txt`, and what offices write above the columns of registers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from domain.words.lexicon_file import read_lexicon
from importers.formats.forms.values_beside import is_matter

_LABELS = Path(__file__).with_suffix(".txt")
_OF_CARDS = Path(__file__).with_name("card_labels.txt")
_NUMBERS = frozenset({"户编号", "户号"})
"""Labels that make a form the card of a household."""
_HEADERS = Path(__file__).parents[2] / "words" / "headers.yml"
_PURPOSES = _HEADERS.with_name("purpose_words.yml")
_REGISTER = "petition_register"
_SHORTEST = 2
"""Characters of a header that is a label: 年 and 月 stand beside what they count."""
_DECORATION = re.compile(r"[\s:\uff1a*()\uff08\uff09]")
_HINT = re.compile(r"\s*[(\uff08\[\u3010][^()\uff08\uff09\[\]\u3010\u3011]*[)\uff09\]\u3011]\s*$")
_BEFORE_A_VALUE = re.compile(r"([^:\uff1a]{1,14})[:\uff1a](.+)", re.DOTALL)


@cache
def labels() -> frozenset[str]:
    """Every label, without spaces and colons."""
    return known_labels() | above_purposes()


@cache
def known_labels() -> frozenset[str]:
    """The labels that are listed, one by one."""
    layout = _layout()
    headers = {plain(text) for texts in layout["fields"].values() for text in texts if len(plain(text)) >= _SHORTEST}
    return _listed(_LABELS) | (headers - set(layout["above_columns"]))


@cache
def above_purposes() -> frozenset[str]:
    """The labels below which a purpose may stand: 来访目的, 反映类型.

    Read by themselves: the process that reads files loads no more than it needs.
    """
    words = read_lexicon(_PURPOSES.read_text(encoding="utf-8"))
    return frozenset(occasion + end for occasion in words["occasions"] for end in words["ends"])


@cache
def card_labels() -> frozenset[str]:
    """Every label of the card of a household."""
    return labels() | _listed(_OF_CARDS)


def is_households_number(label: str) -> bool:
    """True for the label of a household's number."""
    return label in _NUMBERS


def is_of_a_household(found: Iterable[str]) -> bool:
    """True for the labels of a household's card: its number is among them, and no matter of a petition."""
    told = set(found)
    return bool(told & _NUMBERS) and not any(map(is_matter, told))


@cache
def register_headers() -> Mapping[str, Sequence[str]]:
    """The header texts of petition registers by field, as they are shipped."""
    fields: Mapping[str, Sequence[str]] = _layout()["fields"]
    return fields


@cache
def _layout() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_lexicon(_HEADERS.read_text(encoding="utf-8"))[_REGISTER]
    return found


def plain(text: str) -> str:
    """A label without what printers put into it for looks."""
    return _DECORATION.sub("", text)


def is_label(cell: str, *, on_card: bool = False) -> bool:
    """True for a cell that holds a label alone; `on_card` for one of a household's card."""
    return plain(cell) in (card_labels() if on_card else labels())


def is_header(cell: str) -> bool:
    """True for a label, also with a unit or a hint in brackets behind it, as stands above columns: 年龄（岁）."""
    return is_label(cell) or is_label(_HINT.sub("", cell))


def with_value(cell: str, *, on_card: bool = False) -> tuple[str, str] | None:
    """The label and the value where one cell holds both: 来访人：张三."""
    found = _BEFORE_A_VALUE.fullmatch(cell)
    if found is None or not is_label(found[1], on_card=on_card) or not found[2].strip():
        return None
    return found[1], found[2].strip()


def _listed(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(plain(line) for line in lines if line.strip() and not line.startswith("#"))
