"""The forms in which people write the name of a place: 庞家庄村委会, 庞家庄村, 庞家庄."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.places.place import Alias, AliasKind, Place
from domain.places.region import Level, RegionCode
from nlp.places.lexicon import PlaceLexicon

_COMMITTEE = re.compile(r"(村民委员会|村委会|农村社区居委会|社区居民委员会|社区居委会|居民委员会|居委会|社区|村)$")
_SITE_WORD = re.compile(r"(易地扶贫搬迁|易地搬迁|集中|移民)*(安置区|安置点|安置小区|小区|新村|新区)$")
_VILLAGE_ENDINGS = ("村", "村委会", "村委", "村民委员会", "行政村", "自然村", "村支部")
_SITE_ENDINGS = (
    "安置区",
    "安置点",
    "集中安置区",
    "集中安置点",
    "移民安置区",
    "移民安置点",
    "安置小区",
    "移民小区",
    "小区",
)
# Communities are mostly estates: 幸福里社区 is written 幸福里小区 and, where people were resettled, 幸福里安置点.
_COMMUNITY_ENDINGS = ("社区", "社区居委会", "农村社区", "居委会", "村", *_SITE_ENDINGS)
_TOWN = re.compile(r"(镇|乡|街道办事处|街道)$")
_NUMBERED_GROUP = re.compile(r"第?[一二三四五六七八九十\d]{1,3}(村民小组|居民小组|村民组|小组|组|社|队)")

SHORTEST_BARE_STEM = 3
"""Characters a stem needs to be read without 村 or 镇 behind it: 高家湾 is a place, 太平 and 白文 are mostly words."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a form may mean."""

    code: RegionCode
    """The town's for a village that is no more, where nobody has told into which it was merged."""
    level: Level
    official: bool = False
    """True for today's own name, false for an alias or an old name."""
    former: bool = False
    meant: str = ""
    """The right writing where the form is a miswriting."""

    @property
    def town(self) -> RegionCode:
        """The town of a place below the county."""
        return self.code.ancestor(Level.TOWN)

    @property
    def below_town(self) -> bool:
        """True for villages, groups and sites."""
        return self.level not in (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN)


def forms_of(place: Place, lexicon: PlaceLexicon) -> Iterator[tuple[str, Meaning]]:
    """Every form of the place and of its aliases, with what it means."""
    own = Meaning(place.code, place.level, official=True)
    for form in _division_forms(place.name, place.level, lexicon):
        yield form, own
    for alias in place.aliases:
        yield from _alias_forms(place, alias, lexicon)


def bare_stem(name: str) -> str:
    """The village's name without 村委会, 社区 and the like."""
    return _COMMITTEE.sub("", name) or name


def town_stem(name: str) -> str:
    """The town's name without 镇, 乡 or 街道."""
    return _TOWN.sub("", name) or name


def _division_forms(name: str, level: Level, lexicon: PlaceLexicon) -> Iterator[str]:
    if level is Level.VILLAGE:
        yield from _village_forms(name, lexicon)
    elif level is Level.TOWN:
        yield from _town_forms(name)
    elif level is Level.COUNTY:
        yield name


def _village_forms(name: str, lexicon: PlaceLexicon) -> Iterator[str]:
    stem = bare_stem(name)
    if name != stem:
        yield name
    endings = _COMMUNITY_ENDINGS if name.endswith(("社区居委会", "社区", "居民委员会", "居委会")) else _VILLAGE_ENDINGS
    yield from (stem + ending for ending in endings)
    if stem.endswith("村") or (len(stem) >= SHORTEST_BARE_STEM and lexicon.reads_bare(stem)):
        yield stem


def _town_forms(name: str) -> Iterator[str]:
    stem = town_stem(name)
    yield name
    yield from (stem + ending for ending in ("镇", "乡"))
    if len(stem) >= SHORTEST_BARE_STEM:
        yield stem


def _alias_forms(place: Place, alias: Alias, lexicon: PlaceLexicon) -> Iterator[tuple[str, Meaning]]:
    code, level = place.code, place.level
    if alias.kind is AliasKind.RELOCATION_SITE:
        yield from ((form, Meaning(code, Level.SITE)) for form in _site_forms(alias.name))
    elif alias.kind is AliasKind.GROUP:
        if not _NUMBERED_GROUP.fullmatch(alias.name):
            yield alias.name, Meaning(code, Level.GROUP)
    elif alias.kind in (AliasKind.FORMER_VILLAGE, AliasKind.NATURAL_VILLAGE):
        meaning = Meaning(code, Level.VILLAGE, former=alias.kind is AliasKind.FORMER_VILLAGE)
        yield from ((form, meaning) for form in _village_forms(alias.name, lexicon))
    else:
        yield from ((form, Meaning(code, level)) for form in _division_forms(alias.name, level, lexicon))


def _site_forms(name: str) -> Iterator[str]:
    stem = _SITE_WORD.sub("", name)
    yield name
    if stem:
        yield from (stem + ending for ending in _SITE_ENDINGS)
