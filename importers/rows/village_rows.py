"""Rows that hold a village's or a group's name alone: 庞家庄村, 二、张羊峁村（2件）, 二组, over the table's width."""

import re
from collections.abc import Mapping
from functools import cache

from importers.words.table_words import table_words
from importers.words.word_patterns import any_of

_NUMERAL = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_ENUMERATION = re.compile(rf"^(?:[(\uff08]?{_NUMERAL}[)\uff09][、.\uff0e]?|{_NUMERAL}[、.\uff0e])(?=\S{{3}})")
"""A number before the name ends in a mark: 十里铺村 and 三交镇 begin with numerals of their own."""
_APART = re.compile(rf"{_NUMERAL}\s")
"""Whether a numeral that only a space parts from what follows is part of a name, nobody knows."""
_WITHIN = re.compile(r"[组队号]|\d|第?[一二三四五六七八九十百]{1,4}(?:[小大]?[组队社号]|村民小组|生产队)")
"""How an address begins that says where in a village somebody lives: 一组, 12号."""
_COUNT = re.compile(r"\s*[(\uff08]?[共计合]{0,2}\s*[\d一二三四五六七八九十]{1,3}\s*[件户人批](?:次)?[)\uff09]?$")
_SHORTEST, _LONGEST = 3, 12
_GROUP = re.compile(
    r"(第?[\d一二三四五六七八九十]{1,3}(?:村民小组|小组|组|生产队|队))(?:[(\uff08]?[\d一二三四五六七八九十共,，户人口]{1,10}[)\uff09]?)?"
)
_ENDS = ("村", "社区")
_NAME = re.compile("[\u4e00-\u9fff]+")


def village_of(filled: Mapping[int, str]) -> str:
    """The village that the row's only cell names; "" for any other row."""
    if len(filled) != 1:
        return ""
    (text,) = filled.values()
    if _APART.match(text.strip()):
        return ""
    bare = "".join(text.split())
    name = _ENUMERATION.sub("", _COUNT.sub("", bare).rstrip(":\uff1a"))
    is_name = _SHORTEST <= len(name) <= _LONGEST and _NAME.fullmatch(name) and name.endswith(_ENDS)
    return name if is_name and _no_village().search(name) is None else ""


def group_of(filled: Mapping[int, str]) -> str:
    """The group that the row's only cell names: 一组, or 二组（12户）; "" for any other row."""
    found = _GROUP.fullmatch("".join(next(iter(filled.values())).split())) if len(filled) == 1 else None
    return found[1] if found is not None else ""


class VillageAbove:
    """The village of the rows that stand below such a row, up to the next one, a sum or a note."""

    def __init__(self) -> None:
        """None yet."""
        self._village = ""
        self.waiting: tuple[int, str, str] | None = None
        """A row that may be such a one, with its text and village: whether it is, the next row tells."""

    def note(self, row: int, filled: Mapping[int, str]) -> bool:
        """Look at a row that is no record; True when it waits for the next one."""
        self._village = ""
        village = village_of(filled)
        self.waiting = (row, next(iter(filled.values())), village) if village else None
        return village != ""

    def confirm(self) -> None:
        """A record stands below the row that waits."""
        if self.waiting is not None:
            self._village, self.waiting = self.waiting[2], None

    def with_village(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The row's texts with the village, where they do not say themselves where somebody lives."""
        address = texts.get("address", "").strip()
        says_where = (
            texts.get("village", "")
            or (address and not _WITHIN.match(address))
            or _places().search(address.replace("村民小组", ""))
        )
        return {**texts, "village": self._village} if self._village and not says_where else {**texts}


@cache
def _places() -> re.Pattern[str]:
    return re.compile(any_of(table_words().places))


@cache
def _no_village() -> re.Pattern[str]:
    return re.compile(any_of(table_words().no_villages))
