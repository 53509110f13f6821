"""What stands beside a label: values of a kind that looks alone tell, and remarks of whoever took the form in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.words.lexicon_file import read_lexicon

NOTE = "旁边还写着别的, 没有当作这一栏的内容, 仍随记录保存; 是这一栏的请写进这一格后重新提交"
_SEX = re.compile("[男女]")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_NUMERAL = r"[\d〇零一二三四五六七八九十]"
_DAY = re.compile(rf"{_NUMERAL}{{4}}\s*[-年./]\s*{_NUMERAL}{{1,3}}\s*[-月./]\s*{_NUMERAL}{{1,3}}日?(?:\s+[\d:]+)?")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_MATTER = ("title", "summary", "text")
_NUMBER = ("number",)
_UNKNOWN_LABEL = re.compile("[\\u4e00-\\u9fff]{3,14}[:\\uff1a]?")
"""A cell of words behind a number: a label that nobody knows. 号 and 年第 are shorter."""
_BARE_YEAR = re.compile(r"[〔\[(\uff08【]?\s*\d{4}\s*年?\s*[〕\])\uff09】]?")
_OF_A_NUMBER = re.compile("^(?:字|第|号)|(?:字|第|号)$")
"""Cells behind a number that go on with it: 方信访字第, 12号."""
_LONGEST_OF_ONE = 3
"""Characters of a name with a surname of one character."""
_WORDS = Path(__file__).parents[2] / "words"


@dataclass(frozen=True, slots=True)
class Said:
    """The cells behind a label."""

    values: Sequence[str]
    remark: str = ""
    """What is of another kind than the value."""
    note: str = ""
    """Chinese: that the remark is not taken for the value; empty without one."""


def without_remark(label: str, cells: Sequence[str]) -> Said:
    """The value alone where it is a name, phone, ID number, day or an office's number and what follows is none.

    Of a matter everything is its value: its first words may look like a name (路不通, 钱没发).
    """
    is_one = likeness_of(cells) >= 0 and not _is_number_with_words(label, cells)
    if is_matter(label) or is_one:
        return Said(cells)
    return Said(cells[:1], " ".join(cells[1:]), NOTE)


def likeness_of(cells: Sequence[str]) -> int:
    """How much speaks for (or, below 0, against) all being of the kind of the first; 0 where no kind can be told.

    Cells that say there is nothing speak for neither; words are taken for names more easily than for days.
    """
    kind = next((kind for kind in _KINDS if kind(cells[0])), None) if cells else None
    others = [cell for cell in cells[1:] if not says_nothing(cell)]
    if kind is None or not others:
        return 0
    weight = 1 if kind is _is_name else 2
    return weight if all(map(kind, others)) else -weight


def is_matter(label: str) -> bool:
    """True for a label of what a petition is about."""
    return label.endswith(_names(_MATTER))


def is_number(label: str) -> bool:
    """True for a label of a petition's number."""
    return label in _names(_NUMBER)


def is_of_a_kind(cell: str) -> bool:
    """Whether its kind can be told by looking."""
    return any(kind(cell) for kind in _KINDS)


def is_of_figures(cell: str) -> bool:
    """True for a phone, an ID number or a day."""
    return any(pattern.fullmatch(cell) for pattern in (_PHONE, _ID_NUMBER, _DAY))


def is_option(text: str) -> bool:
    """True for a known option of a purpose or a category."""
    return text in _words("option_words.yml")["known"]


def _is_name(text: str) -> bool:
    """By its surname, as `importers/words/letter_words.yml` lists them."""
    words = _words("letter_words.yml")
    if not _NAME.fullmatch(text):
        return False
    return text.startswith(tuple(words["compound_surnames"])) or (
        text[0] in words["surnames"] and len(text) <= _LONGEST_OF_ONE
    )


def says_nothing(text: str) -> bool:
    """True for 无, / and the like."""
    return text in _words("table_words.yml")["no_number"] or not any(sign.isalnum() for sign in text)


def _is_number_with_words(label: str, cells: Sequence[str]) -> bool:
    """True for 编号, X001 and a label behind it: what stands there is no part of the number."""
    is_followed = len(cells) > 1 and _UNKNOWN_LABEL.fullmatch(cells[1]) is not None
    if not is_followed or _BARE_YEAR.fullmatch(cells[0]) or any(map(_OF_A_NUMBER.search, cells[1:])):
        return False
    return any(map(str.isdecimal, cells[0])) and is_number(label)


@cache
def _names(fields: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of these fields, such as what a petition is about; 反映问题及诉求 ends like one of them."""
    layouts = _words("headers.yml").values()
    return tuple(name for one in layouts for field in fields for name in one.get("fields", {}).get(field, ()))


@cache
def _words(name: str) -> Mapping[str, Any]:
    """The reviewed words beside this room, as they are shipped."""
    found: Mapping[str, Any] = read_lexicon((_WORDS / name).read_text(encoding="utf-8"))
    return found


def _looks_like(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


_KINDS: Sequence[Callable[[str], bool]] = (*map(_looks_like, (_PHONE, _ID_NUMBER, _DAY, _SEX)), _is_name)
