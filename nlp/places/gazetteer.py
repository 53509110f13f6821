"""Finds the deployment's places in a text and says which division each one is.

A name of several villages is resolved by what else is known (`nlp.places.resolution`) or kept ambiguous; a name that
another county stands before is not ours; a name that is written wrong is marked as such (`nlp.places.miswriting`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from domain.links.mention import AmbiguousPlace, ForeignPlace, PlaceMention
from domain.places.place import Place
from domain.places.region import Level, RegionCode
from nlp.places.abroad import tell_apart
from nlp.places.context import inside_longer_name, load_divisions, time_word_before
from nlp.places.forms import Meaning
from nlp.places.groups import find_groups
from nlp.places.index import Hit, PlaceIndex
from nlp.places.lexicon import Beside, load_place_lexicon
from nlp.places.miswriting import Miswritings
from nlp.places.resolution import Resolution

_GOES_ON = tuple("村社居")
_VILLAGERS = re.compile("村(?:民|干部|级)")
_SHORTEST_WITH_VILLAGE = 3
_Named = TypeVar("_Named", PlaceMention, AmbiguousPlace)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesRead:
    """The places of one text, each list in the order of the text."""

    places: tuple[PlaceMention, ...] = ()
    ambiguous: tuple[AmbiguousPlace, ...] = ()
    foreign: tuple[ForeignPlace, ...] = ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where our places begin and end."""
        places = [(place.start, place.end) for place in self.places]
        return [*places, *((place.start, place.end) for place in self.ambiguous)]


class Gazetteer:
    """The places of one county under all their names."""

    def __init__(self, places: Sequence[Place], county: RegionCode) -> None:
        """Know the places of `county`; places elsewhere only serve to tell them apart."""
        self._county = county
        self._lexicon = lexicon = load_place_lexicon()
        self._index = PlaceIndex(places, county, lexicon)
        self._divisions = load_divisions(county, places)
        self._miswritings = Miswritings(self._index.meanings, lexicon)
        self._short = re.compile("|".join(sorted(self._index.short, key=len, reverse=True)) or "(?!)")

    def find(self, content: str, *, known: Sequence[RegionCode] = ()) -> tuple[PlaceMention, ...]:
        """The places of the county that the text names without doubt, in the order of the text."""
        return self.read(content, known=known).places

    def read(
        self, content: str, *, known: Sequence[RegionCode] = (), persons: Sequence[tuple[int, int]] = ()
    ) -> PlacesRead:
        """All places of the text.

        Args:
            content: The whole text.
            known: Divisions told elsewhere, as by the petitioner's address.
            persons: Where persons are named, as far as known: a short name is read beside them, not over them.
        """
        if not self._index.meanings:
            return PlacesRead()
        hits = list(self._index.hits(content, self._is_part))
        merged = list(self._with_seats(self._miswritings.merged(content, hits)))
        merged = sorted((*merged, *self._short_names(content, merged, Beside(persons))), key=lambda hit: hit.start)
        plays_here = any(code.level in (Level.TOWN, Level.VILLAGE) for code in known)
        told = tell_apart(content, merged, self._divisions, self._index, plays_here=plays_here)
        resolution = Resolution(content, known, plays_here, office_is_ours=self._county in known)
        resolution.read(told.own, self._villages_behind)
        groups = find_groups(content, resolution.places)
        found = sorted((*resolution.places, *groups), key=lambda mention: mention.start)
        return PlacesRead(
            places=tuple(_before_villagers(content, mention) for mention in found),
            ambiguous=tuple(_before_villagers(content, mention) for mention in resolution.ambiguous),
            foreign=told.foreign,
        )

    def holds_short_name(self, content: str) -> bool:
        """True when a name stands there that is a place only beside the right words; else `persons` change nothing."""
        return self._short.search(content) is not None

    def _with_seats(self, hits: Sequence[Hit]) -> Iterator[Hit]:
        """The hits, but a town's bare name directly behind the town is its village of that name: 三交镇三交."""
        previous: Hit | None = None
        for hit in hits:
            seat = self._seat_behind(previous, hit) if previous is not None and previous.end == hit.start else None
            previous = replace(hit, meanings=(Meaning(seat, Level.VILLAGE),)) if seat is not None else hit
            yield previous

    def _seat_behind(self, town: Hit, hit: Hit) -> RegionCode | None:
        if not (town.meanings and hit.meanings) or (town.level, hit.level) != (Level.TOWN, Level.TOWN):
            return None
        codes = {meaning.code for meaning in (*town.meanings, *hit.meanings)}
        bare = hit.form != town.form and town.form.startswith(hit.form)
        return self._index.seats.get(codes.pop()) if bare and len(codes) == 1 else None

    def _short_names(self, content: str, hits: Sequence[Hit], persons: Beside) -> Iterator[Hit]:
        """Short names without 村 or 镇 where what stands around tells a place, outside the other hits and persons.

        What was taken for a person is a place where another person stands beside it: 枣林的盛某君.
        """
        taken = {position for hit in hits for position in range(hit.start, hit.end)}
        for found in self._short.finditer(content):
            start, end = found.span()
            span = range(start, end)
            if not taken.isdisjoint(span) or inside_longer_name(content, start, end):
                continue
            meanings = self._index.short[found[0]]
            town = meanings[0].level is Level.TOWN
            beside = not town and self._lexicon.stands_beside_person(content, start, end, persons)
            if persons.covered.isdisjoint(span):
                beside = beside or self._lexicon.stands_as_place(content, start, end, town=town)
            elif persons.stops.get(start) != end:
                continue
            if beside:
                yield Hit(start, end, found[0], meanings)

    def _is_part(self, content: str, hit: Hit) -> bool:
        """True when the form is only part of a longer name, or shares a character with a word beside it."""
        if inside_longer_name(content, hit.start, hit.end):
            return True
        if time_word_before(content, hit.start) and hit.form[1:] in self._index.meanings:
            return True
        return not hit.form.endswith("委会") and self._lexicon.goes_on_as_a_word(content, hit.end)

    def _villages_behind(self, content: str, town: PlaceMention) -> Iterator[PlaceMention]:
        """A village of two characters is read without 村 only directly behind its own town: 白文镇南庄."""
        if town.level is not Level.TOWN or town.former:
            return
        stems = self._index.short_stems.get(town.code, {})
        for stem, code in stems.items():
            end = town.end + len(stem)
            if content.startswith(stem, town.end) and content[end : end + 1] not in _GOES_ON:
                yield PlaceMention(code=code, level=Level.VILLAGE, name=stem, start=town.end, end=end)
                return
        written = content[town.end : town.end + 2]
        meant = self._miswritings.short_village(written, stems)
        if meant is not None and content[town.end + 2 : town.end + 3] not in _GOES_ON:
            yield PlaceMention(
                code=stems[meant], level=Level.VILLAGE, name=written, start=town.end, end=town.end + 2, meant=meant
            )


def _before_villagers(content: str, mention: _Named) -> _Named:
    """The mention without 村 where that belongs to the word behind: 庞家庄|村民, 庞家庄|村干部, 庞家庄|村级公路."""
    end = mention.end - 1
    if len(mention.name) < _SHORTEST_WITH_VILLAGE or not _VILLAGERS.match(content, end):
        return mention
    return replace(mention, name=mention.name[:-1], end=end)
