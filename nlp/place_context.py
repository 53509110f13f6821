"""What stands around a place's name: another county before it, a word it is only part of, a group behind it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

from domain.region import RegionCode

_DIVISION = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:县|市|区)")
_FOREIGN_TOWN = re.compile(r"[\u4e00-\u9fff]{2,3}[镇乡]$")
_OWN_TOWN_WORDS = re.compile(r"(?:[我本该全各到在某去回从咱个们来是由往经向对给和与及、为属的]|乡|老家)[镇乡]$")
# 面临县里的检查, 来临县城
_COUNTY_INSIDE_WORD = "面来降光濒亲莅"
# 前高家湾村 is another village than 高家湾村; 以前高家湾 and 镇上高家湾 are not.
_QUALIFIERS = "上下前后东西南北大小新老中"
_QUALIFIER_INSIDE_WORD = re.compile(
    r"(?:[以之目先从当空提日]前|[以之然今最随此过往前其]后|[路晚早镇网身山地村县街市乡会楼事头]上|[以之一乡镇底名山当]下|其中|[家心手户]中"
    r"|最大|广大|从小|最小|最新|重新)$"
)
_AWAY_REACH = 12
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Divisions:
    """Names of the country's divisions, told apart into the deployment's own and foreign ones."""

    own: frozenset[str]
    foreign: frozenset[str]
    generic: tuple[str, ...]
    away: tuple[str, ...]

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

    def foreign_homes(self, content: str) -> Iterator[int]:
        """Where the text begins to speak of another county, other than as a place of work, school or hospital."""
        for found in _DIVISION.finditer(content):
            if self._is_foreign_county(found[0]) and not self._is_away(content, found.end()):
                yield found.end()

    def _is_foreign_county(self, name: str) -> bool:
        return any(name.endswith(known) for known in _endings(name) if known in self.foreign)

    def _is_away(self, content: str, end: int) -> bool:
        reach = content[end : end + _AWAY_REACH]
        return any(cue in reach for cue in self.away)


def load_divisions(county: RegionCode, own_names: Iterable[str], other_names: Iterable[str]) -> Divisions:
    """The divisions as the county sees them; names the gazetteer knows are added to those of the lexicon."""
    lexicon = _lexicon()
    prefectures, counties = lexicon["prefectures"], lexicon["counties"]
    own = {name for code, name in (prefectures | counties).items() if county.digits.startswith(code)} | set(own_names)
    listed = {name for code, name in counties.items() if not county.digits.startswith(code)} | set(other_names)
    generic, away = tuple(lexicon["generic_endings"]), tuple(lexicon["away_cues"])
    return Divisions(frozenset(own), frozenset(listed - own), generic, away)


def foreign_town_before(content: str, start: int) -> bool:
    """True when the name of a town the gazetteer does not know stands directly before `start`."""
    before = content[max(start - 4, 0) : start]
    return bool(_FOREIGN_TOWN.search(before)) and not _OWN_TOWN_WORDS.search(before)


def inside_longer_name(content: str, start: int, end: int) -> bool:
    """True when the form is only part of a longer name: 前高家湾村, 高家湾镇, 高家庄子, 面临县里."""
    before, after = content[max(start - 2, 0) : start], content[end : end + 1]
    if content.startswith("县", end - 1) and before[-1:] in _COUNTY_INSIDE_WORD and before:
        return True
    if before[-1:] and before[-1] in _QUALIFIERS and not _QUALIFIER_INSIDE_WORD.search(before):
        return True
    return content[end - 1] not in "村镇乡县会区" and after in tuple("镇乡县市州省子")


def _endings(name: str) -> Iterator[str]:
    return (name[-width:] for width in range(2, len(name) + 1))


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    text = files("nlp").joinpath("lexicons", "divisions.yml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", yaml.safe_load(text))
