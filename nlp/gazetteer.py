"""Finds the deployment's places in a text and says which division each one is.

A name that may mean several villages is resolved by a town named in the text, or left out; a name that another county
stands before is not ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from domain.mention import PlaceMention
from domain.place import Place
from domain.region import Level, RegionCode
from nlp.place_context import foreign_town_before, inside_longer_name, load_divisions
from nlp.place_forms import Meaning, bare_stem, forms_of
from nlp.place_groups import find_groups

_BELOW_TOWN = frozenset({Level.VILLAGE, Level.GROUP, Level.SITE})


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    form: str
    meanings: tuple[Meaning, ...]

    @property
    def below_town(self) -> bool:
        return all(meaning.level in _BELOW_TOWN for meaning in self.meanings)


class Gazetteer:
    """The places of one county under all their names."""

    def __init__(self, places: Sequence[Place], county: RegionCode) -> None:
        """Know the places of `county`; of places elsewhere only the counties' names are used, to tell them apart."""
        own = [place for place in places if county.contains(place.code) or place.code.contains(county)]
        counties = [place for place in places if place.level is Level.COUNTY]
        self._divisions = load_divisions(
            county,
            (place.name for place in own if place.level in (Level.PROVINCE, Level.CITY, Level.COUNTY)),
            (place.name for place in counties if place.code != county),
        )
        inside = [place for place in own if county.contains(place.code)]
        self._meanings = _meanings(inside)
        self._short_stems = _short_stems(inside)
        self._automaton = _automaton(self._meanings)

    def find(self, content: str) -> tuple[PlaceMention, ...]:
        """The places of the county that the text names, in the order of the text."""
        if not self._meanings:
            return ()
        hits = list(self._own(content, list(self._hits(content))))
        towns = {hit.meanings[0].code for hit in hits if _level(hit) is Level.TOWN}
        resolved: list[PlaceMention] = []
        for hit in hits:
            mention = self._resolve(hit, towns, resolved)
            if mention is not None:
                resolved.append(mention)
                resolved.extend(self._short_village_behind(content, mention))
        return tuple(sorted((*resolved, *find_groups(content, resolved)), key=lambda mention: mention.start))

    def _hits(self, content: str) -> Iterator[_Hit]:
        for last, form in self._automaton.iter_long(content):
            start, end = last + 1 - len(form), last + 1
            if not inside_longer_name(content, start, end):
                yield _Hit(start, end, form, self._meanings[form])

    def _own(self, content: str, hits: Sequence[_Hit]) -> Iterator[_Hit]:
        """The hits that no other county claims."""
        homes = list(self._divisions.foreign_homes(content))
        foreign_forms: set[str] = set()
        foreign_end, own_end, named_own = -1, -1, False
        for hit in hits:
            follows_own = hit.start == own_end
            elsewhere = hit.start == foreign_end or self._divisions.foreign_before(content, hit.start)
            if not follows_own and hit.below_town:
                abroad = not named_own and any(home <= hit.start for home in homes)
                elsewhere = elsewhere or abroad or foreign_town_before(content, hit.start)
            if elsewhere or (hit.form in foreign_forms and not follows_own):
                foreign_end = hit.end
                foreign_forms.add(hit.form)
                continue
            own_end = hit.end
            named_own = named_own or not hit.below_town
            yield hit

    def _resolve(self, hit: _Hit, towns: set[RegionCode], before: Sequence[PlaceMention]) -> PlaceMention | None:
        meanings = hit.meanings
        if _level(hit) is Level.GROUP and not any(place.code.contains(meanings[0].code) for place in before):
            # 后沟组 is a name of many groups; it is ours when its village or town has been named.
            return None
        if hit.below_town:
            previous = before[-1] if before else None
            if previous is not None and previous.level is Level.TOWN and previous.end == hit.start:
                meanings = tuple(meaning for meaning in meanings if previous.code.contains(meaning.code))
            elif len(meanings) > 1:
                meanings = tuple(one for one in meanings if one.code.ancestor(Level.TOWN) in towns)
        if len(meanings) != 1:
            return None
        meaning = meanings[0]
        return PlaceMention(code=meaning.code, level=meaning.level, name=hit.form, start=hit.start, end=hit.end)

    def _short_village_behind(self, content: str, town: PlaceMention) -> Iterator[PlaceMention]:
        """A village of two characters is read without 村 only directly behind its own town: 白文镇南庄."""
        if town.level is not Level.TOWN:
            return
        for stem, code in self._short_stems.get(town.code, {}).items():
            end = town.end + len(stem)
            if content.startswith(stem, town.end) and content[end : end + 1] not in tuple("村社居"):
                yield PlaceMention(code=code, level=Level.VILLAGE, name=stem, start=town.end, end=end)


def _level(hit: _Hit) -> Level:
    return hit.meanings[0].level


def _meanings(places: Sequence[Place]) -> dict[str, tuple[Meaning, ...]]:
    collected: dict[str, dict[RegionCode, Meaning]] = {}
    for place in places:
        for form, meaning in forms_of(place):
            by_code = collected.setdefault(form, {})
            if meaning.code not in by_code or meaning.official:
                by_code[meaning.code] = meaning
    return {form: _widest(tuple(by_code.values())) for form, by_code in collected.items()}


def _widest(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """A bare name that is a town and villages (林家坪) is read as the town, which holds them."""
    towns = tuple(meaning for meaning in meanings if meaning.level is Level.TOWN)
    return towns or meanings


def _short_stems(places: Sequence[Place]) -> dict[RegionCode, dict[str, RegionCode]]:
    stems: dict[RegionCode, dict[str, RegionCode]] = {}
    for place in places:
        stem = bare_stem(place.name)
        if place.level is Level.VILLAGE and len(stem) == 2:
            stems.setdefault(place.code.ancestor(Level.TOWN), {})[stem] = place.code
    return stems


def _automaton(meanings: dict[str, tuple[Meaning, ...]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for form in meanings:
        automaton.add_word(form, form)
    automaton.make_automaton()
    return automaton
