"""Draws the texts of the benchmark: whom each is about, what it tells, and which traps stand in it.

Distribution: a quarter of the texts is about households that are not in the register. Forms of name and place are drawn
by the shares below, then somebody who can be told in these forms; partial names only stand with a village, so the
shares of the result differ a little and are reported. Writers want to be understood: where what they tell fits other
registered households too, nine in ten tell more (age, group, another member, town, phone) until it does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

import numpy as np

from benchmarks.linking.ambiguity import HouseholdIndex
from benchmarks.linking.casting import Casting, relative_of
from benchmarks.linking.gold import Case, Genre, NameForm, PlaceForm, Text, Trap
from benchmarks.linking.material import Topic, load_material
from benchmarks.linking.miswriting import Miswriting
from benchmarks.linking.name_writing import written_name
from benchmarks.linking.names import NameDraw
from benchmarks.linking.place_writing import PlaceWriter
from benchmarks.linking.register import Register
from benchmarks.linking.story import Story, Storyteller
from benchmarks.linking.telling import AT_VILLAGE, PARTIAL, Telling, age_of, title_fits
from benchmarks.linking.villages import VillageList, towns_of
from domain.places.region import RegionCode
from domain.register.household import Person

CASES = {Case.REGISTERED: 0.75, Case.STRANGER: 0.125, Case.NAMESAKE: 0.075, Case.OTHER_COUNTY: 0.05}
GENRES = {Genre.LETTER: 0.25, Genre.HOTLINE: 0.25, Genre.WECHAT: 0.15, Genre.NEWS: 0.1, Genre.SUMMARY: 0.25}
NAME_FORMS = {
    NameForm.FULL: 0.48,
    NameForm.HOMOPHONE: 0.06,
    NameForm.SIMILAR: 0.03,
    NameForm.MASKED: 0.12,
    NameForm.STARRED: 0.07,
    NameForm.FAMILIAR: 0.04,
    NameForm.ADDRESSED: 0.07,
    NameForm.POLITE: 0.04,
    NameForm.BY_RELATIVE: 0.09,
}
PLACE_FORMS = {
    PlaceForm.FULL: 0.22,
    PlaceForm.WITH_TOWN: 0.27,
    PlaceForm.WITH_COUNTY: 0.09,
    PlaceForm.SHORT: 0.10,
    PlaceForm.SITE: 0.06,
    PlaceForm.TOWN_ONLY: 0.06,
    PlaceForm.GROUP_ONLY: 0.02,
    PlaceForm.NONE: 0.04,
    PlaceForm.HOMOPHONE: 0.05,
    PlaceForm.SIMILAR: 0.03,
    PlaceForm.NEIGHBOUR: 0.06,
}
_TELLS = {"age": 0.5, "sex": 0.35, "group": 0.25, "second": 0.3, "phone": 0.15, "id_number": 0.07, "town": 0.1}
_MASKED_ID_NUMBER = 0.4
_TELLS_MORE = 0.9
_WITH_PARTIAL_NAMES = AT_VILLAGE | {PlaceForm.NEIGHBOUR, PlaceForm.OTHER_COUNTY}
"""Nobody writes 王某某 and no village, and hopes to be found."""
_TRIES = 200
"""People drawn for one form before the forms are drawn anew."""
_OWN_VOICE, _REPORTED, _OUTSIDER, _BYLINE = 0.5, 0.25, 0.4, 0.6
_TOPICS: tuple[tuple[str, float, tuple[Topic, ...]], ...] = (
    ("大病", 0.8, ("illness",)),
    ("残疾", 0.8, ("disability",)),
    ("慢性病", 0.6, ("chronic",)),
)
_OTHER_TOPICS: tuple[Topic, ...] = ("accident", "housing", "education", "income", "farming", "illness", "chronic")

_Form = TypeVar("_Form", Case, Genre, NameForm, PlaceForm)


class TextGenerator:
    """Writes texts about the households of one register."""

    def __init__(self, register: Register, villages: VillageList) -> None:
        """Walk through the register once and index it, which takes about a second per 50,000 persons."""
        material = load_material()
        self._villages = {village.code: village for village in villages.villages}
        stems: dict[str, list[RegionCode]] = {}
        for village in villages.villages:
            stems.setdefault(village.stem, []).append(village.code)
        same_stem = {village.code: stems[village.stem] for village in villages.villages}
        self._index = HouseholdIndex(register.households(), same_stem)
        self._casting = Casting(self._index, list(register.strangers()))
        self._names = register.names
        characters = register.names.given_characters
        self._miswriting = Miswriting(characters, material.similar_shapes.persons)
        stem_characters = [sign for village in villages.villages for sign in village.stem]
        places = PlaceWriter(
            neighbours=towns_of(villages.villages),
            miswriting=Miswriting([*stem_characters, *characters[:800]], material.similar_shapes.villages),
            elsewhere=material.other_county,
        )
        self._places = places
        self._storyteller = Storyteller(material, places, self._miswriting)

    def texts(self, count: int, seed: int) -> Iterator[Text]:
        """So many texts; the same register and seed give the same texts."""
        dice = Random(f"{seed}:texts")
        invented = NameDraw(self._names, np.random.default_rng([seed, 1]))
        for number in range(count):
            yield self._text(f"{seed}-{number:06d}", invented, dice)

    def _text(self, text_id: str, invented: NameDraw, dice: Random) -> Text:
        case = _draw(CASES, dice)
        telling = self._unambiguous(self._telling(case, dice), dice)
        story = self._story(telling, invented, dice)
        draft = self._storyteller.write(story, dice)
        registered = case is Case.REGISTERED
        return Text(
            id=text_id,
            genre=story.genre,
            title=draft.title,
            text=draft.text,
            case=case,
            name_form=telling.name_form,
            place_form=telling.place_form,
            traps=tuple(self._traps(story, registered=registered)),
            household_id=telling.household.id if registered else None,
            village="" if case is Case.OTHER_COUNTY else telling.village.code.digits,
            fitting=len(self._index.fitting(telling)),
            persons=tuple(draft.persons),
            places=tuple(draft.places),
            phones=tuple(draft.phones),
            id_numbers=tuple(draft.id_numbers),
        )

    def _telling(self, case: Case, dice: Random) -> Telling:
        while True:
            name_form = _draw(NAME_FORMS, dice)
            place_form = PlaceForm.OTHER_COUNTY if case is Case.OTHER_COUNTY else _draw(PLACE_FORMS, dice)
            if name_form in PARTIAL and place_form not in _WITH_PARTIAL_NAMES:
                continue
            for _ in range(_TRIES):
                telling = self._told_so(case, name_form, place_form, dice)
                if telling:
                    return self._more(telling, _TELLS, dice)

    def _told_so(self, case: Case, name_form: NameForm, place_form: PlaceForm, dice: Random) -> Telling | None:
        """Somebody told in these forms; None when the one that was drawn cannot be."""
        household, main = self._casting.whom(case, dice)
        named = relative_of(household, main, dice) if name_form is NameForm.BY_RELATIVE else main
        if named is None or not title_fits(name_form, main):
            return None
        telling = Telling(
            household=household,
            village=self._villages[household.village],
            main=main,
            named=named,
            name_form=name_form,
            place_form=place_form,
        )
        written = written_name(named, name_form, self._miswriting, dice)
        return telling if written and self._places.possible(telling, dice) else None

    def _unambiguous(self, telling: Telling, dice: Random) -> Telling:
        """The telling with more facts where it fits other households, unless the writer leaves it at that."""
        ways = ["age", "group", "second", "town", "phone"]
        dice.shuffle(ways)
        if dice.random() >= _TELLS_MORE:
            return telling
        for way in ways:
            if all(one.id == telling.household.id for one in self._index.fitting(telling)):
                break
            telling = self._more(telling, {way: 1.0}, dice)
        return telling

    def _more(self, telling: Telling, tells: Mapping[str, float], dice: Random) -> Telling:
        """The telling with each of the facts told as often as its share says."""
        wanted = {fact for fact, share in tells.items() if dice.random() < share}
        main, household = telling.main, telling.household
        changes: dict[str, object] = dict.fromkeys(wanted & {"age", "sex", "group", "town"}, True)
        if telling.place_form is PlaceForm.GROUP_ONLY:
            changes["group"] = True
        if telling.place_form is PlaceForm.OTHER_COUNTY:
            changes.pop("town", None)
        others = [one for one in household.persons if one is not main and one is not telling.named]
        if "second" in wanted and others and telling.second is None:
            changes["second"] = dice.choice(others)
        phones = [one.phone for one in household.persons if one.phone]
        if "phone" in wanted and phones:
            changes["phone"] = main.phone or dice.choice(phones)
        if "id_number" in wanted and telling.name_form not in PARTIAL:
            changes.update(id_number=main.id_number, mask_id_number=dice.random() < _MASKED_ID_NUMBER)
        return replace(telling, **changes)  # type: ignore[arg-type]

    def _story(self, telling: Telling, invented: NameDraw, dice: Random) -> Story:
        genre, form = _draw(GENRES, dice), telling.name_form
        may_speak = genre not in (Genre.NEWS, Genre.SUMMARY) and 16 <= age_of(telling.main) < 90
        may_speak = may_speak and form in (NameForm.FULL, NameForm.HOMOPHONE, NameForm.SIMILAR)
        own_voice = may_speak and dice.random() < _OWN_VOICE
        reported = not own_voice and genre is not Genre.NEWS and dice.random() < _REPORTED
        casting, household, signed = self._casting, telling.household, genre is Genre.NEWS
        return Story(
            telling=telling,
            genre=genre,
            topic=_topic(telling.main, dice),
            own_voice=own_voice,
            reporter=casting.neighbour(household, invented, dice) if reported else "",
            outsider=casting.somebody(household, invented, dice) if dice.random() < _OUTSIDER else "",
            byline=casting.somebody(household, invented, dice) if signed and dice.random() < _BYLINE else "",
        )

    def _traps(self, story: Story, *, registered: bool) -> Iterator[Trap]:
        telling = story.telling
        if registered and self._index.namesakes_in_town(telling.named, telling.household):
            yield Trap.NAMESAKE_IN_TOWN
        if any(name and self._index.called(name) for name in (story.outsider, story.byline)):
            yield Trap.OUTSIDER
        if story.reporter:
            yield Trap.REPORTER


def _topic(person: Person, dice: Random) -> Topic:
    for word, share, topics in _TOPICS:
        if word in person.health and dice.random() < share:
            return dice.choice(topics)
    return dice.choice(_OTHER_TOPICS)


def _draw(shares: Mapping[_Form, float], dice: Random) -> _Form:
    return dice.choices(list(shares), list(shares.values()))[0]
