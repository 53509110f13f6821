"""Every form of every place, ready to be looked for in one pass over a text: ours with what they mean, and others'."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from domain.places.place import Place
from domain.places.region import Level, RegionCode
from nlp.places.forms import SHORTEST_BARE_STEM, Meaning, bare_stem, forms_of, town_stem
from nlp.places.lexicon import PlaceLexicon

# Characters of names that need words around them: 麻塔, of an estate 万安里 and 湫水万安苑.
_SHORT = range(2, 7)
_FOREIGN_TOWN_ENDINGS = ("镇", "乡", "街道")


@dataclass(frozen=True, slots=True)
class Hit:
    """A form that stands in a text; without meanings it is a place of other counties only."""

    start: int
    end: int
    form: str
    meanings: tuple[Meaning, ...]
    doubtful: bool = False
    """True for what is a miswriting only in a text that is known to play here."""

    @property
    def below_town(self) -> bool:
        """True when the form means a village, a group or a site."""
        return bool(self.meanings) and self.meanings[0].below_town

    @property
    def level(self) -> Level:
        """The level of what is meant; a form means places of one level."""
        return self.meanings[0].level


class PlaceIndex:
    """The forms of one county's places and of all the others that the gazetteer knows."""

    def __init__(self, places: Sequence[Place], county: RegionCode, lexicon: PlaceLexicon) -> None:
        """Index `places`; those inside `county` are ours."""
        inside = [place for place in places if county.contains(place.code)]
        self.meanings = _meanings(inside, lexicon)
        self.short_stems = _short_stems(inside, self.meanings)
        """By town the villages that are read without 村 only directly behind it, longer names first."""
        self.short = {**_short_villages(inside, self.short_stems), **_short_towns(inside)}
        """The names that are read without 村 or 镇 where what stands around tells a place, with every place of each."""
        self.seats = _seats(inside)
        """By town its village of the same name: 三交镇三交 is the village."""
        outside = (place for place in places if place.level in (Level.TOWN, Level.VILLAGE))
        self.foreign = _foreign(place for place in outside if not county.contains(place.code))
        """For every form of towns and villages elsewhere the places of that name, by code."""
        looked_for = (form for form in self.foreign if len(form) > SHORTEST_BARE_STEM or not form.endswith("村"))
        self._automaton = _automaton((*self.meanings, *looked_for))
        self._longest = max(map(len, self.meanings), default=0)

    def counties_with(self, form: str) -> set[RegionCode]:
        """The other counties that have a village of this name, however it is written."""
        stem = bare_stem(form)
        codes = self.foreign.get(stem if stem.endswith("村") else f"{stem}村", ())
        return {code.ancestor(Level.COUNTY) for code in codes}

    def hits(self, content: str, is_part: Callable[[str, Hit], bool]) -> Iterator[Hit]:
        """The forms of the text from left to right, the longest at each place, none over another.

        Where `is_part` says that a form is none there, the forms that begin inside it are tried: 冰雹过后曲峪镇 names
        曲峪镇, not 后曲峪.
        """
        read_to = 0
        for hit in self._forms(content, 0, len(content)):
            if hit.start < read_to:
                continue
            if not is_part(content, hit):
                yield hit
                continue
            for inner in self._forms(content, hit.start + 1, min(hit.end + self._longest, len(content))):
                if read_to <= inner.start < hit.end and not is_part(content, inner):
                    read_to = inner.end
                    yield inner

    def _forms(self, content: str, start: int, end: int) -> Iterator[Hit]:
        # The automaton refuses an empty range.
        for last, form in self._automaton.iter_long(content, start, end) if start < end else ():
            yield Hit(last + 1 - len(form), last + 1, form, self.meanings.get(form, ()))


def _meanings(places: Sequence[Place], lexicon: PlaceLexicon) -> dict[str, tuple[Meaning, ...]]:
    collected: dict[str, dict[tuple[RegionCode, bool], Meaning]] = {}
    for place in places:
        for form, meaning in forms_of(place, lexicon):
            known = collected.setdefault(form, {})
            key = (meaning.code, meaning.below_town)
            if key not in known or _tells_more(meaning, known[key]):
                known[key] = meaning
    return {form: _widest(tuple(known.values())) for form, known in collected.items()}


def _tells_more(meaning: Meaning, known: Meaning) -> bool:
    """An estate's name is its site where the county's table says so; today's own name goes before an old one."""
    return meaning.level is Level.SITE or (meaning.official and known.level is not Level.SITE)


def _widest(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """A bare name that is a town and villages (林家坪) is read as the town, which holds them."""
    return tuple(meaning for meaning in meanings if not meaning.below_town) or meanings


def _short_stems(places: Sequence[Place], meanings: Mapping[str, object]) -> dict[RegionCode, dict[str, RegionCode]]:
    """The villages of two characters and those whose names are mostly words."""
    stems: dict[RegionCode, dict[str, RegionCode]] = defaultdict(dict)
    for place in sorted(places, key=lambda place: -len(bare_stem(place.name))):
        stem = bare_stem(place.name)
        if place.level is Level.VILLAGE and len(stem) > 1 and stem not in meanings:
            stems[place.code.ancestor(Level.TOWN)][stem] = place.code
    return stems


def _short_villages(
    places: Sequence[Place], stems: Mapping[RegionCode, Mapping[str, RegionCode]]
) -> dict[str, tuple[Meaning, ...]]:
    """What short stems and estates mean; none of a village that has its town's name, which is read as the town."""
    towns = {town_stem(place.name) for place in places if place.level is Level.TOWN}
    found: dict[str, list[Meaning]] = defaultdict(list)
    for villages in stems.values():
        for stem, code in villages.items():
            if stem not in towns and len(stem) in _SHORT:
                found[stem].append(Meaning(code, Level.VILLAGE))
    return {stem: tuple(meanings) for stem, meanings in found.items()}


def _seats(places: Sequence[Place]) -> dict[RegionCode, RegionCode]:
    stems = {place.code: town_stem(place.name) for place in places if place.level is Level.TOWN}
    villages = (place for place in places if place.level is Level.VILLAGE)
    return {
        town: place.code
        for place in villages
        if bare_stem(place.name) == stems.get(town := place.code.ancestor(Level.TOWN))
    }


def _short_towns(places: Sequence[Place]) -> dict[str, tuple[Meaning, ...]]:
    """What the stems of towns mean that are too short to be read anywhere: 白文."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for place in places:
        stem = town_stem(place.name)
        if place.level is Level.TOWN and 1 < len(stem) < SHORTEST_BARE_STEM:
            found[stem].append(Meaning(place.code, Level.TOWN))
    return {stem: tuple(meanings) for stem, meanings in found.items()}


def _foreign(places: Iterable[Place]) -> dict[str, tuple[RegionCode, ...]]:
    found: dict[str, tuple[RegionCode, ...]] = {}
    for place in places:
        for form in _foreign_forms(place):
            found[form] = (*found.get(form, ()), place.code)
    return found


def _foreign_forms(place: Place) -> Iterator[str]:
    if place.level is Level.TOWN:
        if place.name.endswith(_FOREIGN_TOWN_ENDINGS) and len(town_stem(place.name)) > 1:
            yield place.name
        return
    stem = bare_stem(place.name)
    if len(stem) > 1:
        yield stem if stem.endswith("村") else f"{stem}村"


def _automaton(forms: Iterable[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for form in forms:
        automaton.add_word(form, form)
    automaton.make_automaton()
    return automaton
