"""A county of the real list with what the lists lack, invented: natural villages, named groups, relocation sites."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from domain.places.place import Alias, AliasKind, Place
from domain.places.region import Level, RegionCode
from nlp.places.forms import bare_stem, town_stem

_NATURAL = [
    f"{first}{last}" for first in ("上苇", "小柳", "旧石", "南枣", "后榆", "羊圈", "老窑") for last in "沟坪湾塔峁"
]
_SITES = ("新康苑", "和顺居", "惠民家园", "吉祥苑", "安泰园")
_SHARE_WITH_ALIASES = 4


@dataclass(frozen=True)
class County:
    """The places of one county and how they can be named."""

    code: RegionCode
    places: tuple[Place, ...]
    """Of the county only, with the invented names among their aliases."""

    @cached_property
    def name(self) -> str:
        """The county's own name."""
        return next(place.name for place in self.places if place.code == self.code)

    @cached_property
    def towns(self) -> dict[RegionCode, Place]:
        """The towns by code."""
        return {place.code: place for place in self.places if place.level is Level.TOWN}

    @cached_property
    def villages(self) -> tuple[Place, ...]:
        """The villages whose names have at least two characters before 村委会."""
        return tuple(place for place in self.places if place.level is Level.VILLAGE and len(stem_of(place)) > 1)

    @cached_property
    def owners(self) -> dict[str, set[RegionCode]]:
        """Whose a stem is, old names and names of towns included."""
        found: dict[str, set[RegionCode]] = defaultdict(set)
        for place in self.places:
            if place.level is Level.TOWN:
                found[town_stem(place.name)].add(place.code)
            if place.level is Level.VILLAGE:
                found[stem_of(place)].add(place.code)
            for alias in place.aliases:
                found[bare_stem(alias.name)].add(place.code)
        return found

    @cached_property
    def plain(self) -> tuple[Place, ...]:
        """The villages (not communities) whose name nothing else in the county has."""
        return tuple(place for place in self.villages if self.is_plain(place))

    @cached_property
    def namesakes(self) -> tuple[tuple[Place, ...], ...]:
        """Villages of one name that nothing but villages of today has."""
        by_stem: dict[str, list[Place]] = defaultdict(list)
        for place in self.villages:
            by_stem[stem_of(place)].append(place)
        return tuple(
            tuple(places)
            for stem, places in by_stem.items()
            if len(places) > 1 and self.owners[stem] == {place.code for place in places} and _all_villages(places)
        )

    def is_plain(self, place: Place) -> bool:
        """True when the village's name is its alone."""
        return len(self.owners[stem_of(place)]) == 1 and _all_villages([place])

    def town_of(self, place: Place) -> Place:
        """The town that a village lies in."""
        return self.towns[place.code.ancestor(Level.TOWN)]

    def aliases(self, kind: AliasKind, *, dated: bool = False) -> list[tuple[Place, str]]:
        """The aliases of a kind whose name is theirs alone, with the place that has them."""
        return [
            (place, alias.name)
            for place in self.places
            for alias in place.aliases
            if alias.kind is kind
            and (alias.last_year is not None or not dated)
            and self.owners[bare_stem(alias.name)] == {place.code}
            and not alias.name.endswith("居委会")
        ]


def county_of(code: RegionCode, places: Iterable[Place], rng: random.Random) -> County:
    """The county with invented names for a quarter of its villages."""
    own = [place for place in places if code.contains(place.code)]
    names = {stem_of(place) for place in own}
    natural = [name for name in _NATURAL if name not in names]
    rng.shuffle(natural)
    villages = [place for place in own if place.level is Level.VILLAGE and _all_villages([place])]
    chosen = rng.sample(villages, min(len(villages) // _SHARE_WITH_ALIASES, len(natural)))
    sites = iter(_SITES)
    told = {place.code: _invented(name, next(sites, "")) for place, name in zip(chosen, natural, strict=False)}
    return County(code, tuple(replace(one, aliases=(*one.aliases, *told.get(one.code, ()))) for one in own))


def stem_of(place: Place) -> str:
    """The village's name without 村委会."""
    return bare_stem(place.name)


def _invented(natural: str, site: str) -> tuple[Alias, ...]:
    names = (Alias(natural, AliasKind.NATURAL_VILLAGE), Alias(f"{natural}组", AliasKind.GROUP))
    return (*names, Alias(f"{site}安置点", AliasKind.RELOCATION_SITE)) if site else names


def _all_villages(places: Sequence[Place]) -> bool:
    return all(place.name.endswith(("村委会", "村民委员会")) for place in places)
