"""Numbers that two notices of one form have differently: of which kind they are, and whether they mean the same."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from nlp.repeats.differences import Difference, Passage
from nlp.repeats.notice_lexicon import load_notice_lexicon
from nlp.values.chinese_numbers import lower_bound

_NUMBER = re.compile("(?P<number>[0-9〇零一二两三四五六七八九十百千]+)(?P<scale>[万亿]?)")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_REACH = 8
"""Characters beside a place in which a number may begin or end that reaches into it."""
_BEFORE = 4


class Kind(Enum):
    """What a number tells."""

    SERIES = "series"
    """One of several: 第2批, 3号楼."""
    DAY = "day"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    written: str
    """Its digits up to the last that is no zero; what is compared has no decimal point, so 3.8万 is 38万 here."""
    scaled: bool
    """True with 万 or 亿 behind it."""
    kind: Kind
    unit: str

    def means(self, other: "_Number") -> bool:
        """True for one number in two ways of writing."""
        return self.value == other.value or (self.scaled != other.scaled and self.written == other.written)


def changed(difference: Difference) -> Iterator[Kind]:
    """The kinds of the numbers that both texts have at the place, with the same unit and another value.

    A number that only one text gives says nothing against the other one: 12日 is 3月12日.
    """
    if not all(map(_has_number, difference)):
        return
    one, other = (_by_unit(_numbers(passage)) for passage in difference)
    for unit, numbers in one.items():
        beside = other.get(unit, ())
        if len(numbers) == len(beside):
            yield from (a.kind for a, b in zip(numbers, beside, strict=True) if not a.means(b))


def changed_in_titles(title: str, other: str) -> Iterator[Kind]:
    """The kinds of numbers that tell two notices by their titles alone: another day, another batch."""
    kinds = changed((Passage(title, 0, len(title)), Passage(other, 0, len(other))))
    return (kind for kind in kinds if kind is not Kind.AMOUNT)


def _has_number(passage: Passage) -> bool:
    return _NUMBER.search(passage.text, max(passage.start - 1, 0), passage.end + 1) is not None


def _numbers(passage: Passage) -> Iterator[_Number]:
    lexicon, text = load_notice_lexicon(), passage.text
    for match in _NUMBER.finditer(text, max(passage.start - _REACH, 0), passage.end + _REACH):
        value = lower_bound(match["number"])
        if value is None or match.end() < passage.start or match.start() > passage.end:
            continue
        behind, before = text[match.end() : match.end() + 2], text[max(match.start() - _BEFORE, 0) : match.start()]
        kind = _kind(before, behind[:1])
        is_of_the_print = kind is Kind.DAY and behind[1:] in lexicon.day_of_printing
        if not is_of_the_print and not lexicon.about_the_page.search(before):
            written, scale = f"{value:.0f}".rstrip("0"), match["scale"]
            yield _Number(value * _SCALES[scale], written, bool(scale), kind, behind[:1])


def _kind(before: str, unit: str) -> Kind:
    lexicon, last = load_notice_lexicon(), before[-1:]
    if last in lexicon.serial_beginnings:
        return Kind.SERIES
    if unit in lexicon.date_units or last in lexicon.date_beginnings:
        return Kind.DAY
    return Kind.SERIES if unit in lexicon.serial_units else Kind.AMOUNT


def _by_unit(numbers: Iterator[_Number]) -> dict[str, list[_Number]]:
    found: dict[str, list[_Number]] = defaultdict(list)
    for number in numbers:
        found[number.unit].append(number)
    return found
