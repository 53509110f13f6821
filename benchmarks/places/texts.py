"""Texts generated around the places of a county, each with one form of naming them and with what must be found."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

from benchmarks.places.county import County, stem_of
from benchmarks.places.miswriting import homophone, misshaped
from domain.places.place import AliasKind, Place
from domain.places.region import Level, RegionCode

_SLOT = re.compile(r"\{(\w+)\}")
_FILLERS = (4, 9)


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be written into a text, and what it must be read as; without codes it is no place of the county."""

    written: str
    codes: tuple[RegionCode, ...] = ()
    level: Level = Level.VILLAGE


@dataclass(frozen=True, slots=True)
class Gold:
    """What must be found; several codes for a name that must be kept ambiguous."""

    codes: tuple[RegionCode, ...]
    level: Level
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """One generated text."""

    form: str
    content: str
    gold: tuple[Gold, ...]
    known: tuple[RegionCode, ...] = ()
    abroad: bool = False


Sentence = tuple[str, Mapping[str, Sequence[Name]]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes texts about one county."""

    county: County
    others: tuple[County, ...]
    rng: random.Random

    def texts(self, count: int) -> Iterator[Text]:
        """`count` texts of each form that the county has names for."""
        for form, write in _FORMS.items():
            for _ in range(count):
                text = write(self, form)
                if text is not None:
                    yield text

    def compose(
        self, form: str, sentences: Sequence[Sentence], known: tuple[RegionCode, ...] = (), *, abroad: bool = False
    ) -> Text:
        """The sentences in their order between fillers; every name's place in the text becomes gold."""
        fillers = self.rng.sample(material()["filler"], self.rng.randint(*_FILLERS))
        cuts = sorted(self.rng.randint(0, len(fillers)) for _ in sentences)
        content, gold = "", []
        for at in range(len(fillers) + 1):
            for cut, (sentence, names) in zip(cuts, sentences, strict=True):
                if cut == at:
                    content, found = _filled(content, sentence, names)
                    gold += found
            content += fillers[at] if at < len(fillers) else ""
        return Text(form, content, tuple(gold), known, abroad)

    def pick(self, kind: str) -> str:
        """A sentence of the material."""
        return self.rng.choice(material()[kind])

    def village(self, longest: int = 9, shortest: int = 2) -> Place:
        """A village whose name is its alone, with so many characters before 村委会."""
        return self.rng.choice([one for one in self.county.plain if shortest <= len(stem_of(one)) <= longest])


def _filled(content: str, sentence: str, names: Mapping[str, Sequence[Name]]) -> tuple[str, list[Gold]]:
    gold, last = [], 0
    for slot in _SLOT.finditer(sentence):
        content += sentence[last : slot.start()]
        for name in names[slot[1]]:
            if name.codes:
                gold.append(Gold(name.codes, name.level, len(content), len(content) + len(name.written)))
            content += name.written
        last = slot.end()
    return content + sentence[last:], gold


@cache
def material() -> dict[str, list[str]]:
    """The sentences by kind."""
    text = files("benchmarks.places").joinpath("sentences.yml").read_text(encoding="utf-8")
    return cast("dict[str, list[str]]", yaml.safe_load(text))


def _name(place: Place, written: str, level: Level = Level.VILLAGE) -> Name:
    return Name(written, (place.code,), level)


def _town(writer: Writer, village: Place) -> Name:
    town = writer.county.town_of(village)
    return _name(town, town.name, Level.TOWN)


def _one_place(writer: Writer, form: str, *names: Name) -> Text:
    return writer.compose(form, [(writer.pick("place"), {"place": names})])


def _full(writer: Writer, form: str) -> Text:
    place = writer.village()
    return _one_place(writer, form, _name(place, place.name))


def _village_word(writer: Writer, form: str) -> Text:
    place = writer.village()
    return _one_place(writer, form, _name(place, _with_village(stem_of(place))))


def _short(writer: Writer, form: str) -> Text:
    place = writer.village(shortest=3)
    return _one_place(writer, form, _name(place, stem_of(place)))


def _town_and_short(writer: Writer, form: str) -> Text:
    place = writer.village()
    return _one_place(writer, form, _town(writer, place), _name(place, stem_of(place)))


def _town_and_village(writer: Writer, form: str) -> Text:
    place = writer.village()
    return _one_place(writer, form, _town(writer, place), _name(place, _with_village(stem_of(place))))


def _town_alone(writer: Writer, form: str) -> Text:
    town = writer.rng.choice([one for one in writer.county.towns.values() if one.name.endswith(("镇", "乡"))])
    return writer.compose(form, [(writer.pick("town"), {"town": [_name(town, town.name, Level.TOWN)]})])


def _group(writer: Writer, form: str) -> Text:
    place = writer.village()
    number = writer.rng.choice(("一组", "二组", "三社", "第四村民小组", "5组"))
    return _one_place(writer, form, _name(place, _with_village(stem_of(place))), _name(place, number, Level.GROUP))


def _named_group(writer: Writer, form: str) -> Text:
    place, group = writer.rng.choice(writer.county.aliases(AliasKind.GROUP))
    return _one_place(writer, form, _name(place, _with_village(stem_of(place))), _name(place, group, Level.GROUP))


def _natural_village(writer: Writer, form: str) -> Text:
    place, name = writer.rng.choice(writer.county.aliases(AliasKind.NATURAL_VILLAGE))
    return _one_place(writer, form, _name(place, writer.rng.choice((name, f"{name}村", f"{name}自然村"))))


def _site(writer: Writer, form: str) -> Text:
    place, name = writer.rng.choice(writer.county.aliases(AliasKind.RELOCATION_SITE))
    return _one_place(writer, form, _name(place, name, Level.SITE))


def _old_spelling(writer: Writer, form: str) -> Text | None:
    known = [one for one in writer.county.aliases(AliasKind.ALIAS, dated=True) if one[0].level is Level.VILLAGE]
    return _old(writer, form, known)


def _former_village(writer: Writer, form: str) -> Text | None:
    return _old(writer, form, writer.county.aliases(AliasKind.FORMER_VILLAGE, dated=True))


def _old(writer: Writer, form: str, known: Sequence[tuple[Place, str]]) -> Text | None:
    if not known:
        return None
    place, name = writer.rng.choice(known)
    written = _with_village(name.removesuffix("村委会"))
    return _one_place(writer, form, _name(place, written, place.level))


def _miswritten(writer: Writer, form: str) -> Text | None:
    change = homophone if form.startswith("homophone") else misshaped
    for _ in range(20):
        place = writer.village()
        wrong = change(stem_of(place), writer.rng)
        if wrong and wrong not in writer.county.owners:
            name = _name(place, _with_village(wrong))
            return _one_place(writer, form, *([_town(writer, place), name] if form.endswith("town") else [name]))
    return None


def _namesake(writer: Writer) -> tuple[Place, tuple[Place, ...]] | None:
    if not writer.county.namesakes:
        return None
    places = writer.rng.choice(writer.county.namesakes)
    return writer.rng.choice(places), places


def _same_name(writer: Writer, form: str) -> Text | None:
    chosen = _namesake(writer)
    if chosen is None:
        return None
    place, places = chosen
    written = _with_village(stem_of(place))
    sentence = writer.pick("place")
    if form == "same name, nothing else":
        codes = tuple(sorted(one.code for one in places))
        return writer.compose(form, [(sentence, {"place": [Name(written, codes)]})])
    named: Sentence = (sentence, {"place": [_name(place, written)]})
    if form == "same name, address known":
        return writer.compose(form, [named], (place.code.ancestor(Level.TOWN),))
    if form == "same name, town in the text":
        return writer.compose(form, [(writer.pick("town"), {"town": [_town(writer, place)]}), named])
    town = place.code.ancestor(Level.TOWN)
    near = [one for one in writer.county.plain if town.contains(one.code) and len(stem_of(one)) > 1]
    if not near:
        return None
    neighbour = writer.rng.choice(near)
    other = _name(neighbour, _with_village(stem_of(neighbour)))
    return writer.compose(form, [named, (writer.pick("neighbour"), {"place": [other]})])


def _abroad(writer: Writer, form: str) -> Text | None:
    """A village of another county whose name one of ours has too; named by a town alone where we have no such town."""
    kind = {"abroad, whole address": "abroad", "abroad, county": "abroad_county", "abroad, town": "abroad_town"}[form]
    ours = {stem_of(one) for one in writer.county.villages}
    own_towns = {one.name for one in writer.county.towns.values()}
    for _ in range(50):
        other = writer.rng.choice(writer.others)
        same = [one for one in other.villages if stem_of(one) in ours]
        place = writer.rng.choice(same) if same else None
        if place is None or (kind == "abroad_town" and other.town_of(place).name in own_towns):
            continue
        names: dict[str, Sequence[Name]] = {
            "county": [Name(other.name)],
            "town": [Name(other.town_of(place).name)],
            "place": [Name(_with_village(stem_of(place)))],
        }
        sentence: Sentence = (writer.pick(kind), names)
        return writer.compose(form, [sentence], abroad=True)
    return None


def _away(writer: Writer, form: str) -> Text:
    place, other = writer.village(), writer.rng.choice(writer.others)
    names = {"county": [Name(other.name)], "place": [_name(place, _with_village(stem_of(place)))]}
    return writer.compose(form, [(writer.pick("away"), names)])


def _words(writer: Writer, form: str) -> Text:
    return writer.compose(form, [(writer.pick("words"), {}), (writer.pick("words"), {})])


def _with_village(stem: str) -> str:
    return stem if stem.endswith("村") else f"{stem}村"


_FORMS: dict[str, Callable[[Writer, str], Text | None]] = {
    "full name": _full,
    "with 村": _village_word,
    "short": _short,
    "town + short": _town_and_short,
    "town + village": _town_and_village,
    "town": _town_alone,
    "numbered group": _group,
    "named group": _named_group,
    "natural village": _natural_village,
    "relocation site": _site,
    "old spelling": _old_spelling,
    "merged village": _former_village,
    "homophone": _miswritten,
    "homophone behind its town": _miswritten,
    "similar shape": _miswritten,
    "similar shape behind its town": _miswritten,
    "same name, town in the text": _same_name,
    "same name, address known": _same_name,
    "same name, neighbour named": _same_name,
    "same name, nothing else": _same_name,
    "away for work": _away,
    "abroad, whole address": _abroad,
    "abroad, county": _abroad,
    "abroad, town": _abroad,
    "everyday words": _words,
}
