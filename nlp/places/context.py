"""What stands around a place's name: another county before it, a word it is only part of, a group behind it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from domain.places.place import Place
from domain.places.region import Level, RegionCode
from domain.words.lexicon_file import read_lexicon

_DIVISION_ENDING = re.compile(r"[县市区]")
_LONGEST_DIVISION = 5
# The address of a place that the lists need not know: 某某市某某县, 某某市某某镇.
_ADDRESS = re.compile(
    r"市(?<=[\u4e00-\u9fff]{2}市)(?![及和与或的是被到在各某])"
    r"([\u4e00-\u9fff]{1,3}?[县区]|[\u4e00-\u9fff]{2,3}?(?:[镇乡]|市(?![场民区委政里长容井值面])))"
)
_FOREIGN_TOWN = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[镇乡]|街道)$")
_LONGEST_TOWN = 5
_OWN_TOWN_WORDS = re.compile(
    r"(?:[我本该全各到在某去回从咱个们来是由往经向对给和与及、为属的]|乡|老家)(?:[镇乡]|街道)$"
)
# 面临县里的检查, 来临县城
_COUNTY_INSIDE_WORD = "面来降光濒亲莅"
# 前高家湾村 is another village than 高家湾村; 以前高家湾 and 镇上高家湾 are not.
_QUALIFIERS = "上下前后东西南北大小新老中"
_QUALIFIER_INSIDE_WORD = re.compile(
    r"(?:[以之目先从当空提日]前|[以之然今最随此过往前其]后|[路晚早镇网身山地村县街市乡会楼事头]上|[以之一乡镇底名山当]下|其中|[家心手户]中"
    r"|最大|广大|从小|最小|最新|重新)$"
)
_TIME_WORD = re.compile(r"[以之目从提日]前|[以之然今最随此过往]后")
_BEFORE_PLACES = "在住到是系为的由从往去来回于自向与和及、我县市镇乡"
_AWAY_REACH = 12
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Home:
    """A county that a text speaks of, other than as a place of work, school or hospital."""

    code: RegionCode | None
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Divisions:
    """Names of the country's divisions, told apart into the deployment's own and foreign ones."""

    own: frozenset[str]
    foreign: dict[str, RegionCode]
    foreign_ends: frozenset[str]
    """The last two characters of the foreign names."""
    generic: tuple[str, ...]
    away: re.Pattern[str]

    def foreign_before(self, content: str, start: int) -> bool:
        """True when another county's or city's name stands directly before `start`."""
        before = content[max(start - 6, 0) : start]
        if not before or before[-1] not in "县市区旗":
            return False
        if before.endswith(tuple(self.own)) or before.endswith(self.generic):
            return False
        if before[-1] == "区":
            return before.endswith(tuple(self.foreign))
        return len(before) > 1 and bool(_HAN.match(before[-2]))

    def foreign_homes(self, content: str) -> Iterator[Home]:
        """Where the text begins to speak of another county."""
        for found in _DIVISION_ENDING.finditer(content):
            home = self._foreign_county(content, found.end())
            if home is not None and not self.is_away(content, home.end):
                yield home
        for found in _ADDRESS.finditer(content):
            if not self._may_be_own(content, found) and not self.is_away(content, found.end()):
                yield Home(None, found[1], found.start(1), found.end())

    def is_away(self, content: str, end: int) -> bool:
        """True when what stands behind `end` tells of work, school or hospital, not of a home."""
        return bool(self.away.search(content, end, end + _AWAY_REACH))

    def _foreign_county(self, content: str, end: int) -> Home | None:
        if content[max(end - 2, 0) : end] not in self.foreign_ends:
            return None
        for width in range(2, _LONGEST_DIVISION + 1):
            name = content[max(end - width, 0) : end]
            if name in self.foreign:
                return Home(self.foreign[name], name, end - len(name), end)
        return None

    def _may_be_own(self, content: str, address: re.Match[str]) -> bool:
        known = (*self.own, *self.generic)
        return content.endswith(known, 0, address.start() + 1) or address[1].endswith(known)


def load_divisions(county: RegionCode, places: Iterable[Place]) -> Divisions:
    """The divisions as the county sees them; names the gazetteer knows are added to those of the lexicon."""
    lexicon = _lexicon()
    counties = {RegionCode(code): name for code, name in lexicon["counties"].items()}
    wider = {RegionCode(code): name for code, name in lexicon["prefectures"].items()}
    for place in places:
        if place.level is Level.COUNTY:
            counties[place.code] = place.name
        elif place.level in (Level.PROVINCE, Level.CITY):
            wider[place.code] = place.name
    own = frozenset(_written(name for code, name in (wider | counties).items() if code.contains(county)))
    generic, away = tuple(lexicon["generic_endings"]), re.compile("|".join(lexicon["away_cues"]))
    foreign = {name: code for code, name in counties.items() if code != county and name not in own | set(generic)}
    return Divisions(own, foreign, frozenset(name[-2:] for name in foreign), generic, away)


def _written(names: Iterable[str]) -> Iterator[str]:
    """The names, and those of before: 孝义市 and many another city or district was a county, and is written 孝义县."""
    for name in names:
        yield name
        if name.endswith(("市", "区")):
            yield name[:-1] if name[-2] == "县" else f"{name[:-1]}县"


def stands_free(content: str, start: int) -> bool:
    """True when what begins at `start` is no end of a longer name: nothing stands before it, or a word like 在."""
    return start == 0 or not _HAN.match(content[start - 1]) or content[start - 1] in _BEFORE_PLACES


def foreign_town_before(content: str, start: int) -> bool:
    """True when the name of a town the gazetteer does not know stands directly before `start`."""
    before = content[max(start - _LONGEST_TOWN, 0) : start]
    return bool(_FOREIGN_TOWN.search(before)) and not _OWN_TOWN_WORDS.search(before)


def inside_longer_name(content: str, start: int, end: int) -> bool:
    """True when the form is only part of a longer name: 前高家湾村, 高家湾镇, 高家庄子, 面临县里."""
    before, after = content[max(start - 2, 0) : start], content[end : end + 1]
    if content.startswith("县", end - 1) and before[-1:] in _COUNTY_INSIDE_WORD and before:
        return True
    if before[-1:] and before[-1] in _QUALIFIERS and not _QUALIFIER_INSIDE_WORD.search(before):
        return True
    return content[end - 1] not in "村镇乡县会区" and after in tuple("镇乡县市州省子")


def time_word_before(content: str, start: int) -> bool:
    """True when the first character of a name ends a word like 过后: 冰雹过后南沟村 may tell of 南沟村."""
    return start > 0 and bool(_TIME_WORD.match(content, start - 1))


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    text = files("nlp").joinpath("lexicons", "divisions.yml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", read_lexicon(text))
