"""Which of several places of one name a text means: told by the town before it, by what else the text names, or not.

Asked in this order, until one place is left: the town directly before the name; a named group directly behind it; the
same name resolved elsewhere in the text; towns of the same sentence; towns of the text; the petitioner's address and
the office's division; the towns of the other villages named. What is left is kept ambiguous, never guessed.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from domain.links.mention import AmbiguousPlace, PlaceMention
from domain.places.region import Level, RegionCode
from nlp.places.context import stands_free
from nlp.places.forms import Meaning
from nlp.places.index import Hit

_NAME_BEGINS = re.compile(r"[\u4e00-\u9fff]{1,3}")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")

Behind = Callable[[str, PlaceMention], Iterator[PlaceMention]]
"""The villages that are only read directly behind their town, given the text and the town."""


class _Named:
    """The places read so far, by what tells others apart; each is entered once and found without a look at the rest."""

    def __init__(self, content: str) -> None:
        self._sentence_ends = [found.end() for found in _SENTENCE_END.finditer(content)]
        self.by_form: dict[str, set[RegionCode]] = defaultdict(set)
        self.towns: set[RegionCode] = set()
        self._towns_by_sentence: dict[int, set[RegionCode]] = defaultdict(set)
        self.towns_of_villages: set[RegionCode] = set()
        self.latest: dict[RegionCode, int] = {}
        """Of every place below the county which of `Resolution.places` named it last."""

    def add(self, place: PlaceMention, at: int) -> None:
        """Enter the place that stands `at` there."""
        self.by_form[place.name].add(place.code)
        if place.level is not Level.COUNTY:
            self.latest[place.code] = at
        if place.level is Level.TOWN and not place.former:
            self.towns.add(place.code)
            self._towns_by_sentence[self._sentence(place.start)].add(place.code)
        if place.level in (Level.VILLAGE, Level.SITE):
            self.towns_of_villages.add(place.code.ancestor(Level.TOWN))

    def towns_beside(self, start: int) -> set[RegionCode]:
        """The towns of the sentence that goes on at `start`."""
        return self._towns_by_sentence[self._sentence(start)]

    def _sentence(self, start: int) -> int:
        return bisect_right(self._sentence_ends, start)


@dataclass(slots=True)
class Resolution:
    """The places of one text, as far as they are told apart."""

    content: str
    known: Sequence[RegionCode]
    """Divisions that are known from outside the text."""
    plays_here: bool = False
    """True when one of them is a town or a village."""
    office_is_ours: bool = False
    """True when the text was handed in at an office of the county."""
    places: list[PlaceMention] = field(default_factory=list)
    ambiguous: list[AmbiguousPlace] = field(default_factory=list)
    _pending: list[Hit] = field(default_factory=list)
    _named: _Named = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is named yet."""
        self._named = _Named(self.content)

    def read(self, hits: Sequence[Hit], behind: Behind) -> None:
        """Resolve `hits`, which stand in the order of the text, into `places` and `ambiguous`."""
        plays_here = self.plays_here or any(not hit.meanings[0].meant for hit in hits)
        starts = {hit.start for hit in hits}
        for hit, following in zip_longest(hits, hits[1:]):
            believed = plays_here or not hit.doubtful or (self.office_is_ours and _by_one_character(hit))
            if believed and not self._is_end_of_unknown(hit):
                resolved = self._take(hit, following)
                if resolved is not None:
                    self._add(resolved)
                    for village in behind(self.content, resolved) if resolved.end not in starts else ():
                        self._add(village)
        for hit in self._pending:
            left = self._narrowed(hit)
            if len(left) == 1:
                self._add(mention_of(hit, left[0]))
            else:
                codes = tuple(sorted(meaning.code for meaning in left))
                self.ambiguous.append(
                    AmbiguousPlace(codes=codes, level=hit.level, name=hit.form, start=hit.start, end=hit.end)
                )
        self.places.sort(key=lambda mention: mention.start)

    def _add(self, place: PlaceMention) -> None:
        self._named.add(place, len(self.places))
        self.places.append(place)

    def _is_end_of_unknown(self, hit: Hit) -> bool:
        """True for 圪垛村 in 三交镇双圪垛村: the name of a village there that no list has."""
        previous = self.places[-1] if self.places else None
        if previous is None or previous.level is not Level.TOWN or not hit.below_town:
            return False
        if not _NAME_BEGINS.fullmatch(self.content, previous.end, hit.start) or stands_free(self.content, hit.start):
            return False
        return not any(previous.code.contains(meaning.code) for meaning in hit.meanings)

    def _take(self, hit: Hit, following: Hit | None) -> PlaceMention | None:
        """The place of a hit that is told by itself; others wait until the whole text is read."""
        meanings = self._behind_its_town(hit)
        if hit.level is Level.GROUP:
            meanings = self._of_named_village(meanings)
        elif len(meanings) > 1 and following is not None and following.start == hit.end:
            meanings = _with_group(meanings, following)
        if len(meanings) == 1:
            return mention_of(hit, meanings[0])
        one_name = len({meaning.meant for meaning in meanings}) == 1
        if one_name and hit.level in (Level.VILLAGE, Level.SITE):
            self._pending.append(Hit(hit.start, hit.end, hit.form, meanings))
        return None

    def _behind_its_town(self, hit: Hit) -> tuple[Meaning, ...]:
        previous = self.places[-1] if self.places else None
        if not hit.below_town or previous is None or previous.end != hit.start:
            return hit.meanings
        if previous.level is not Level.TOWN or previous.former:
            return hit.meanings
        return tuple(meaning for meaning in hit.meanings if previous.code.contains(meaning.code))

    def _of_named_village(self, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """后沟组 is a name of many groups; it is ours when its village or town has been named, the nearest first."""
        latest = self._named.latest
        nearest = max((latest.get(code, -1) for meaning in meanings for code in meaning.code.lineage), default=-1)
        if nearest < 0:
            return ()
        return tuple(meaning for meaning in meanings if self.places[nearest].code.contains(meaning.code))

    def _narrowed(self, hit: Hit) -> tuple[Meaning, ...]:
        meanings = hit.meanings
        for codes in self._contexts(hit):
            inside = tuple(meaning for meaning in meanings if not codes.isdisjoint(meaning.code.lineage))
            meanings = inside or meanings
            if len(meanings) == 1:
                break
        return meanings

    def _contexts(self, hit: Hit) -> Iterator[set[RegionCode]]:
        named = self._named
        yield named.by_form[hit.form]
        yield named.towns_beside(hit.start)
        yield named.towns
        yield {code for code in self.known if code.level is Level.VILLAGE}
        yield {code for code in self.known if code.level is Level.TOWN}
        yield {code.ancestor(Level.TOWN) for code in self.known if code.level is Level.VILLAGE}
        yield named.towns_of_villages


def _by_one_character(hit: Hit) -> bool:
    """True when what is written differs in one character from what may be meant."""
    return sum(one != other for one, other in zip(hit.form, hit.meanings[0].meant, strict=True)) == 1


def _with_group(meanings: tuple[Meaning, ...], group: Hit) -> tuple[Meaning, ...]:
    """Of several villages those that have the named group directly behind them."""
    codes = {meaning.code for meaning in group.meanings if meaning.level is Level.GROUP}
    return tuple(meaning for meaning in meanings if meaning.code in codes) or meanings


def mention_of(hit: Hit, meaning: Meaning) -> PlaceMention:
    """The hit as the place of `meaning`."""
    level = Level.TOWN if meaning.former and meaning.code.level is Level.TOWN else meaning.level
    return PlaceMention(
        code=meaning.code,
        level=level,
        name=hit.form,
        start=hit.start,
        end=hit.end,
        meant=meaning.meant,
        former=meaning.former,
    )
