"""Miswritten names of places: of the same sound without tones (庞家庄 as 旁家庄), or one character of similar shape.

Only names of three characters or more that end like a place are looked for, and of those only what fits.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from domain.places.region import Level, RegionCode
from domain.words.similar_characters import similar_characters
from nlp.places.context import inside_longer_name
from nlp.places.forms import Meaning
from nlp.places.index import Hit
from nlp.places.lexicon import PlaceLexicon

_SHORTEST, _LONGEST = 3, 7
_CLASS_WORDS = ("村", "镇", "乡", "社区")
_SHORT_OF = {"村": 3, "社区": 4}
"""Of how many characters the names of two and such a word are."""
_REMEMBERED = 1 << 16
_LEVELS = (Level.TOWN, Level.VILLAGE)
_BODIES = ("村委会", "村民委员会", "居委会", "行政村", "自然村")


class Miswritings:
    """The county's names by their sound and by the shapes they are mistaken for."""

    def __init__(self, meanings: Mapping[str, tuple[Meaning, ...]], lexicon: PlaceLexicon) -> None:
        """Know the forms in `meanings`; the table of sounds is read here, which takes about a tenth of a second."""
        self._lexicon = lexicon
        self._endings = lexicon.endings
        self._ending = re.compile(f"[{''.join(sorted(lexicon.endings))}]|社区")
        self._readings = dict(lexicon.readings)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_shape: dict[str, list[str]] = defaultdict(list)
        self._last_sounds: set[tuple[str, ...]] = set()
        self._meanings = {form: known for form, known in meanings.items() if self._is_looked_for(form, known)}
        for form in self._meanings:
            sounds = self._sounds(form)
            self._by_sound[" ".join(sounds)].append(form)
            self._last_sounds.add(tuple(sounds[-2:]))
            for variant in _variants(form):
                if variant not in meanings:
                    self._by_shape[variant].append(form)
        self._last_shapes = {variant[-2:] for variant in self._by_shape}
        self._may_end = lru_cache(maxsize=_REMEMBERED)(self._decide_end)

    def merged(self, content: str, hits: Sequence[Hit]) -> list[Hit]:
        """`hits` and what may be a miswriting beside them, in the order of the text.

        A miswriting stands over no hit, unless it begins directly behind its town and the hit is only its end, or a
        name that other counties have: 三交镇薜家圪垛村 is no 圪垛村.
        """
        towns = {hit.end: hit.meanings[0].code for hit in hits if hit.meanings and hit.level is Level.TOWN}
        kept = {position: hit for hit in hits for position in range(hit.start, hit.end)}
        candidates = self._candidates(content, _read_already(hits, towns))
        for wrong in sorted(candidates, key=lambda hit: (hit.start - hit.end, hit.start)):
            span = range(wrong.start, wrong.end)
            under = {kept[position].start: kept[position] for position in span if position in kept}
            town = towns.get(wrong.start)
            in_town = town is not None and any(town.contains(meaning.code) for meaning in wrong.meanings)
            if not under or (in_town and all(not hit.meanings or _is_end_of(hit, wrong) for hit in under.values())):
                for hit in under.values():
                    for position in range(hit.start, hit.end):
                        del kept[position]
                kept.update(dict.fromkeys(span, wrong))
        by_start = {hit.start: hit for hit in kept.values()}
        return [by_start[start] for start in sorted(by_start)]

    def short_village(self, written: str, stems: Mapping[str, RegionCode]) -> str | None:
        """The one of a town's villages that `written`, two characters behind the town's name, is a miswriting of."""
        if len(written) != 2 or written[-1] not in self._endings or written in stems:
            return None
        sounds = self._sounds(written)
        fitting = [
            stem for stem in stems if len(stem) == 2 and (written in _variants(stem) or self._sounds(stem) == sounds)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _is_looked_for(self, form: str, meanings: tuple[Meaning, ...]) -> bool:
        return (
            _SHORTEST <= len(form) <= _LONGEST
            and (form[-1] in self._endings or form.endswith(_CLASS_WORDS))
            and not form.endswith(_BODIES)
            and meanings[0].level in _LEVELS
        )

    def _candidates(self, content: str, read_already: set[int]) -> Iterator[Hit]:
        for found in self._ending.finditer(content, _SHORTEST - 1):
            end = found.end()
            if end not in read_already and self._may_end(content[end - 2 : end]):
                yield from self._ending_at(content, end)

    def _ending_at(self, content: str, end: int) -> Iterator[Hit]:
        sounds = self._sounds(content[max(end - _LONGEST, 0) : end])
        for width in range(len(sounds), _SHORTEST - 1, -1):
            written = content[end - width : end]
            right = (*self._by_shape.get(written, ()), *self._by_sound.get(" ".join(sounds[-width:]), ()))
            if right and self._is_no_name(written) and not _goes_on(content, end - width, end):
                meant = self._meant(_nearest(written, right))
                # Two characters and 村 are like some other name too easily: 新华村 need not be 新化村.
                short = any(written.endswith(word) and width <= most for word, most in _SHORT_OF.items())
                doubtful = short and meant[0].below_town
                yield Hit(end - width, end, written, meant, doubtful)

    def _is_no_name(self, written: str) -> bool:
        if written in self._meanings or written.endswith(self._lexicon.village_words):
            return False
        return written.endswith(_CLASS_WORDS) or self._lexicon.reads_bare(written)

    def _decide_end(self, last: str) -> bool:
        """True when a miswriting may end in these two characters; nearly all that a text holds may not."""
        return last in self._last_shapes or tuple(self._sounds(last)) in self._last_sounds

    def _meant(self, right: Iterable[str]) -> tuple[Meaning, ...]:
        found = {meaning.code: replace(meaning, meant=form) for form in right for meaning in self._meanings[form]}
        return tuple(found.values())

    def _sounds(self, written: str) -> list[str]:
        return [self._readings.get(character) or self._reading(character) for character in written]

    def _reading(self, character: str) -> str:
        from pypinyin import Style, lazy_pinyin  # its dictionaries take a sixth of a second to read

        self._readings[character] = lazy_pinyin(character, style=Style.NORMAL)[0]
        return self._readings[character]


def _read_already(hits: Iterable[Hit], towns: Container[int]) -> set[int]:
    """Where no miswriting can end: inside our own names, but for those a town stands a little before."""
    return {
        position
        for hit in hits
        if hit.meanings and not any(at in towns for at in range(hit.start - _LONGEST + 1, hit.start))
        for position in range(hit.start + 1, hit.end + 1)
    }


def _is_end_of(hit: Hit, wrong: Hit) -> bool:
    return wrong.start < hit.start and hit.end <= wrong.end


def _goes_on(content: str, start: int, end: int) -> bool:
    """True when what is written is only part of a longer name; 萍乡市 is a city."""
    return inside_longer_name(content, start, end) or content.startswith("市", end)


def _nearest(written: str, right: Iterable[str]) -> list[str]:
    """Of the names that fit those in which the fewest characters are other ones."""
    changes = {form: sum(one != other for one, other in zip(written, form, strict=True)) for form in right}
    fewest = min(changes.values())
    return [form for form, changed in changes.items() if changed == fewest]


def _variants(form: str) -> Iterator[str]:
    """The form with one character replaced by one of similar shape."""
    table = similar_characters()
    for at, character in enumerate(form):
        for other in table.get(character, ""):
            yield form[:at] + other + form[at + 1 :]
