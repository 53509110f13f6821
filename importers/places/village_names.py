"""Which village a register means: by code, by name and town, or by the name of the sheet."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from domain.places.place import Place
from domain.places.region import Level, RegionCode
from importers.places.gazetteer import short_names
from importers.words.register_words import register_words

_LONGEST_TITLE = 100
_LONGEST_NAME = 12
_YEAR = re.compile(r"^20\d{2}年度?")
_BRACKETS = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")
_GROUP = re.compile(r"第?[\d一二三四五六七八九十百]{1,3}(?:村民小组|小组|组|生产队|队|社)(?!村|区|委)")
"""A group of any village; some gazetteers have such names."""
_VILLAGE = "村"
_PROVINCE = re.compile("^[\u4e00-\u9fff]{2,7}(?:省|自治区)")
"""Gazetteers of one county may lack it."""
_AND = ("、", "和", "及", "与", ",", "\uff0c", "/")


class UnknownVillage(Exception):
    """The village cannot be told; carries the field, the Chinese reason and what is written."""

    def __init__(self, field: str, reason: str, written: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.written = field, reason, written


class VillageNames:
    """The villages of the gazetteer by every name they go by."""

    def __init__(self, places: Sequence[Place]) -> None:
        """Of these places."""
        self._villages: dict[str, set[RegionCode]] = defaultdict(set)
        self._towns: dict[str, set[RegionCode]] = defaultdict(set)
        self._counties: set[str] = set()
        """And cities and provinces."""
        for place in places:
            if place.level not in (Level.VILLAGE, Level.TOWN):
                self._counties.add(place.name)
            found = {Level.VILLAGE: self._villages, Level.TOWN: self._towns}.get(place.level)
            if found is not None:
                for name in {place.name, *short_names(place.name), *(alias.name for alias in place.aliases)}:
                    found[name].add(place.code)

    def village(self, values: Mapping[str, str]) -> RegionCode:
        """The village of a row with these values; UnknownVillage when none is named, or more than one would do."""
        written = values.get("village_code", "")
        if written:
            return _code(written)
        name = values.get("village", "")
        if not name:
            raise UnknownVillage("village", "没有填村, 请填村名或村代码后重新提交", "")
        towns = self._named(self._towns, values.get("town", ""))
        fitting = self._named(self._villages, name)
        among = {one for one in fitting if one.ancestor(Level.TOWN) in towns} if towns else fitting
        if len(among) == 1:
            return next(iter(among))
        reason = (
            "查不到这个村, 或有几个村同名; 请核对村名, 同名的请填上乡镇或12位村代码后重新提交, 都没有错的请告诉管理员"
        )
        raise UnknownVillage("village", reason, name)

    def named_by_sheet(self, sheet: str) -> str:
        """The name of the sheet when it is a village's; empty otherwise."""
        name = sheet.strip()
        known = bool(self._named(self._villages, name))
        return name if known or name.endswith(register_words().village_endings) else ""

    def named_in(self, title: str) -> tuple[str, RegionCode] | None:
        """The village that a title names with what villages end with, at its beginning or behind known places.

        None for any other words: 等 tells of more villages than one, 驻 of who is sent there, and a place that nobody
        knows may be where another village of the name lies.
        """
        words = register_words()
        if len(title) > _LONGEST_TITLE or any(word in title for word in words.no_village):
            return None
        label, colon, behind = title.replace("\uff1a", ":").partition(":")
        if colon and _BRACKETS.sub("", "".join(label.split())) not in words.village_labels:
            return None
        town, rest = self._below(_YEAR.sub("", "".join((behind if colon else label).split())))
        lengths = range(min(len(rest), _LONGEST_NAME), 1, -1)
        written = next((rest[:at] for at in lengths if self._is_whole_name(rest[:at])), "")
        among = self._named(self._villages, written)
        found = {code for code in among if not town or code.ancestor(Level.TOWN) in self._towns[town]}
        behind = _BRACKETS.sub("", rest[len(written) :])
        # 、 and the like begin the name of a second village.
        is_last = not behind.startswith(_AND) and not words.tells_of_another_village(behind)
        # The second 村 of 崔家垛村村民花名册 is not the name's.
        is_own = written in self._villages or not self._is_whole_name(written[:-1])
        shown = written if is_own else written[:-1]
        return (shown, found.pop()) if len(found) == 1 and is_last else None

    def is_elsewhere(self, text: str, village: str) -> bool:
        """True for a text that begins with the name of a known village other than this one of twelve digits."""
        _, rest = self._below(unicodedata.normalize("NFKC", "".join(text.split())))
        named = _longest(rest, self._villages)
        group = _GROUP.match(rest)
        if group is not None and len(named) <= group.end():
            return False
        found = self._villages.get(named, set())
        return bool(found) and village not in {code.digits for code in found}

    def parted(self, text: str, *, below_town: bool = False) -> tuple[str, str, str] | None:
        """The one known village with which the text begins, its code, and the group behind it, if nothing else is.

        庞家庄村一组 and 克虎镇庞家庄村; with `below_town` its town has to stand before it, a house may stand behind.
        """
        town, rest = self._below(_PROVINCE.sub("", unicodedata.normalize("NFKC", "".join(text.split()))))
        named = _longest(rest, self._villages)
        among = self._villages.get(named, set())
        found = {code for code in among if not town or code.ancestor(Level.TOWN) in self._towns[town]}
        behind = rest.removeprefix(named).removeprefix(_VILLAGE)
        is_house = below_town and (behind[:1].isdecimal() or _GROUP.match(behind) is not None)
        is_whole = not behind or is_house or _GROUP.fullmatch(behind) is not None
        if len(found) != 1 or not is_whole or (below_town and not town):
            return None
        return rest[: len(rest) - len(behind)], found.pop().digits, behind

    def _below(self, text: str) -> tuple[str, str]:
        """The town with which the text begins, behind counties, and the rest of it."""
        while above := _longest(text, self._counties):
            text = text.removeprefix(above)
        town = _longest(text, self._towns)
        return town, text.removeprefix(town)

    def _is_whole_name(self, text: str) -> bool:
        return text.endswith(register_words().village_endings) and bool(self._named(self._villages, text))

    def _named(self, among: Mapping[str, set[RegionCode]], name: str) -> set[RegionCode]:
        return among.get(name) or among.get(name.removesuffix("村")) or set() if name else set()


def _longest(text: str, names: Container[str]) -> str:
    """The longest of the names, of two characters at least, with which the text begins; empty for none."""
    lengths = range(min(len(text), _LONGEST_NAME), 1, -1)
    return next((text[:at] for at in lengths if text[:at] in names), "")


def _code(written: str) -> RegionCode:
    try:
        code = RegionCode.parse(written)
    except ValueError as exc:
        raise UnknownVillage("village_code", f"{exc}, 请改正后重新提交", written) from exc
    if code.level is not Level.VILLAGE:
        raise UnknownVillage("village_code", f"这是{code.level.label}的代码, 请填12位的村代码后重新提交", written)
    return code
