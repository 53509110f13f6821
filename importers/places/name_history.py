"""The history of official names, read against today's list: which old name is whose.

An old name belongs to a village of today only where the data says so: the same name, or a spelling of similar
characters that ends in one year while today's begins in the next. Every other name that has ended is a former village
of its town; into which village it was merged is not told, and never guessed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.places.place import Alias, AliasKind, Place
from domain.places.region import Level, RegionCode
from domain.words.similar_characters import differs_only_in_similar_characters

_OFFICIAL_ENDING = re.compile(r"(?:村民委员会|村委会|农村社区居委会|社区居委会|居民委员会|居委会|社区|村)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class OldName:
    """One row: a village's official name, and the first and last year of the lists that have it."""

    county: RegionCode
    town: str
    village: str
    first_year: int
    last_year: int

    @property
    def stem(self) -> str:
        """The name without 村委会 and the like."""
        return village_stem(self.village)


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose name an old name is."""

    code: RegionCode
    alias: Alias


def village_stem(official: str) -> str:
    """The name without 村委会, 社区 and the like; the name itself when nothing else is left."""
    return _OFFICIAL_ENDING.sub("", official) or official


class NameHistory:
    """The old names of one or more counties."""

    def __init__(self, names: Sequence[OldName], places: Iterable[Place]) -> None:
        """Read `names` against `places`, today's list."""
        self._names = names
        self._villages: dict[RegionCode, dict[str, Place]] = defaultdict(dict)
        self._listed_towns: dict[tuple[RegionCode, str], RegionCode] = {}
        for place in places:
            if place.level is Level.VILLAGE:
                self._villages[place.code.ancestor(Level.TOWN)][village_stem(place.name)] = place
            elif place.level is Level.TOWN:
                self._listed_towns[place.code.ancestor(Level.COUNTY), place.name] = place.code
        self._newest = max((name.last_year for name in names), default=0)

    def owned(self) -> Iterator[Owned]:
        """Every name that is not one of today's list, with the place it belongs to; see `unknown` for the others."""
        for (county, town), code in self._renamed_towns.items():
            years = [name for name in self._names if (name.county, name.town) == (county, town)]
            first, last = min(one.first_year for one in years), max(one.last_year for one in years)
            yield Owned(code, Alias(town, AliasKind.FORMER_TOWN, "", first, last))
        # A name that lived on under the town's new name is listed twice; the longest span of years counts once.
        for (town_code, village), rows in self._by_name.items():
            first, last = min(one.first_year for one in rows), max(one.last_year for one in rows)
            owned = self._owner(town_code, village, first, last)
            if owned is not None:
                yield owned

    def unknown(self) -> Iterator[OldName]:
        """Names that nothing is made of: their town is in no list, or they are newer than the list."""
        for name in self._names:
            code = self._town(name)
            if code is None or (name.last_year == self._newest and name.stem not in self._villages[code]):
                yield name

    @cached_property
    def _by_name(self) -> Mapping[tuple[RegionCode, str], list[OldName]]:
        found: dict[tuple[RegionCode, str], list[OldName]] = defaultdict(list)
        for name in self._names:
            code = self._town(name)
            if code is not None:
                found[code, name.village].append(name)
        return found

    @cached_property
    def _renamed_towns(self) -> Mapping[tuple[RegionCode, str], RegionCode]:
        """Towns of no list whose villages all go on, in the year after, in one and the same town of the list."""
        begins: dict[tuple[RegionCode, str, int], list[str]] = defaultdict(list)
        for name in self._names:
            if (name.county, name.town) in self._listed_towns:
                begins[name.county, name.village, name.first_year].append(name.town)
        heirs: dict[tuple[RegionCode, str], Counter[str]] = defaultdict(Counter)
        for name in self._names:
            if (name.county, name.town) not in self._listed_towns:
                heirs[name.county, name.town].update(begins[name.county, name.village, name.last_year + 1])
        return {
            key: self._listed_towns[key[0], next(iter(towns))]
            for key, towns in heirs.items()
            if len(towns) == 1 and towns.total() > 1
        }

    def _town(self, name: OldName) -> RegionCode | None:
        key = (name.county, name.town)
        return self._listed_towns.get(key) or self._renamed_towns.get(key)

    def _owner(self, town: RegionCode, village: str, first: int, last: int) -> Owned | None:
        stem = village_stem(village)
        today = self._villages[town].get(stem)
        if today is not None and today.name == village:
            return None
        if today is not None and not self._at_the_same_time(town, today, first, last):
            return Owned(today.code, Alias(village, AliasKind.ALIAS, "原名", first, last))
        if last == self._newest:
            return None
        respelled = self._respelled(town, stem, last)
        if respelled is not None:
            return Owned(respelled.code, Alias(village, AliasKind.ALIAS, "旧写法", first, last))
        return Owned(town, Alias(village, AliasKind.FORMER_VILLAGE, "并入哪个村没有资料", first, last))

    def _at_the_same_time(self, town: RegionCode, today: Place, first: int, last: int) -> bool:
        """True when the list had both names in one year: then they were two units."""
        return any(
            one.first_year <= last and first <= one.last_year for one in self._by_name.get((town, today.name), ())
        )

    def _respelled(self, town: RegionCode, stem: str, last: int) -> Place | None:
        fitting = [
            place
            for other, place in self._villages[town].items()
            if differs_only_in_similar_characters(stem, other)
            and any(one.first_year == last + 1 for one in self._by_name.get((town, place.name), ()))
        ]
        return fitting[0] if len(fitting) == 1 else None
