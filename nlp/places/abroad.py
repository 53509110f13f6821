"""Tells the county's own places from those of other counties, by what stands before them and what else is named."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.links.mention import ForeignPlace
from domain.places.region import Level, RegionCode
from nlp.places.context import Divisions, Home, foreign_town_before, stands_free
from nlp.places.index import Hit, PlaceIndex


@dataclass(frozen=True, slots=True)
class Told:
    """The hits that are ours, and the places by which the text seems to play elsewhere."""

    own: tuple[Hit, ...]
    foreign: tuple[ForeignPlace, ...]


def tell_apart(
    content: str, hits: Sequence[Hit], divisions: Divisions, index: PlaceIndex, *, plays_here: bool = False
) -> Told:
    """Split `hits`, which stand in the order of the text; `plays_here` when its writer is known to live in ours."""
    homes = list(divisions.foreign_homes(content))
    reading = _Reading(content, divisions, index, homes, named_own=plays_here)
    for hit in hits:
        reading.take(hit)
    return reading.told()


@dataclass(slots=True)
class _Reading:
    content: str
    divisions: Divisions
    index: PlaceIndex
    homes: list[Home]
    own: list[Hit] = field(default_factory=list)
    foreign: list[ForeignPlace] = field(default_factory=list)
    weak: list[ForeignPlace] = field(default_factory=list)
    """Villages of other counties that nothing but their name tells: they may be villages of ours in no list."""
    foreign_forms: set[str] = field(default_factory=set)
    counties_of_towns: set[RegionCode] = field(default_factory=set)
    """The other counties that have the towns named so far."""
    foreign_end: int = -1
    own_end: int = -1
    named_own: bool = False

    def take(self, hit: Hit) -> None:
        """Read one hit."""
        if hit.meanings:
            self._take_own(hit)
        elif hit.start != self.own_end and not self.divisions.is_away(self.content, hit.end):
            self._take_foreign(hit)

    def told(self) -> Told:
        """What has been read."""
        counties = (ForeignPlace(code=one.code, name=one.name, start=one.start, end=one.end) for one in self.homes)
        found = [*counties, *self.foreign, *(() if self.own else self.weak)]
        return Told(tuple(self.own), tuple(sorted(found, key=lambda place: (place.start, place.end))))

    def _take_own(self, hit: Hit) -> None:
        follows_own = hit.start == self.own_end
        elsewhere = hit.start == self.foreign_end or self.divisions.foreign_before(self.content, hit.start)
        if not follows_own and hit.below_town and not elsewhere:
            elsewhere = self._plays_abroad(hit) or foreign_town_before(self.content, hit.start)
        if elsewhere or (hit.form in self.foreign_forms and not follows_own):
            self.foreign_end = hit.end
            self.foreign_forms.add(hit.form)
            return
        self.own_end = hit.end
        self.named_own = self.named_own or not hit.below_town
        self.own.append(hit)

    def _plays_abroad(self, hit: Hit) -> bool:
        """True when the text has spoken of another county that may have this place too, and not yet of ours."""
        if self.named_own:
            return False
        if min((home.end for home in self.homes), default=len(self.content)) <= hit.start:
            return True
        return not self.counties_of_towns.isdisjoint(self.index.counties_with(hit.form))

    def _take_foreign(self, hit: Hit) -> None:
        codes = self.index.foreign[hit.form]
        counties = frozenset(code.ancestor(Level.COUNTY) for code in codes)
        place = ForeignPlace(code=codes[0] if len(codes) == 1 else None, name=hit.form, start=hit.start, end=hit.end)
        behind = hit.start == self.foreign_end or self.divisions.foreign_before(self.content, hit.start)
        if codes[0].level is Level.TOWN:
            self.counties_of_towns |= counties
            self.foreign.append(place)
        elif behind:
            self.foreign.append(place)
        elif len(counties) == 1 and stands_free(self.content, hit.start):
            self.weak.append(place)
            return
        else:
            return
        self.foreign_end = hit.end
