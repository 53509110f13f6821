"""Writes one text from what is to be told: opening, place and name, trouble, family, outsiders, numbers, request."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.linking.composition import YEAR
from benchmarks.linking.draft import Draft, Fill
from benchmarks.linking.gold import Genre, NameForm
from benchmarks.linking.kinship import counted_kin, kin_word, unnamed_kin
from benchmarks.linking.material import Material, Topic
from benchmarks.linking.miswriting import Miswriting
from benchmarks.linking.name_writing import numeral, profile, written_name
from benchmarks.linking.place_writing import PlaceWriter
from benchmarks.linking.telling import Telling
from domain.links.mention import PersonRole
from domain.privacy.masking import mask_id_number
from domain.register.household import Person, Sex

_YEAR_OFF = 0.2
_AGE_APART = 0.25
"""So often the age stands in a clause of its own and not behind the name."""
_TITLED = (Genre.HOTLINE, Genre.NEWS, Genre.SUMMARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything that one text tells, and how."""

    telling: Telling
    genre: Genre
    topic: Topic
    own_voice: bool
    """The main person speaks."""
    reporter: str = ""
    outsider: str = ""
    byline: str = ""


class Storyteller:
    """Writes stories down."""

    def __init__(self, material: Material, places: PlaceWriter, miswriting: Miswriting) -> None:
        """Write with this material; `miswriting` is that of persons' names."""
        self._material = material
        self._places = places
        self._miswriting = miswriting

    def write(self, story: Story, dice: Random) -> Draft:
        """The text of the story."""
        material, genre = self._material, story.genre
        draft = Draft(dice.choice(material.titles) if genre in _TITLED or dice.random() < 0.2 else "")
        draft.add(dice.choice(material.opening[genre]))
        if story.reporter:
            draft.render(
                dice.choice(material.reporter),
                {"reporter": lambda _: draft.name(story.reporter, PersonRole.PETITIONER)},
            )
        self._introduce(draft, story, dice)
        draft.add(dice.choice(material.trouble[story.topic]))
        body = list(self._body(draft, story, dice))
        dice.shuffle(body)
        for clause, fills in body:
            draft.render(clause, fills)
        for clause, fills in self._end(draft, story, dice):
            draft.render(clause, fills)
        return draft

    def _introduce(self, draft: Draft, story: Story, dice: Random) -> None:
        telling = story.telling
        year = self._told_year(telling, dice)
        apart = year is not None and dice.random() < _AGE_APART
        person = telling.main
        sex = person.sex if telling.sex else Sex.UNKNOWN
        own = telling.name_form is not NameForm.BY_RELATIVE
        role = PersonRole.PETITIONER if story.own_voice else PersonRole.SUFFERER if own else PersonRole.RELATIVE

        def who(_: str) -> None:
            name = written_name(telling.named, telling.name_form, self._miswriting, dice) or telling.named.name
            known = {"birth_year": year, "sex": sex} if own else {}
            draft.name(name, role, main=True, **known)  # type: ignore[arg-type]
            if not own:
                draft.add(("家" if dice.random() < 0.5 else "的") + _whose(telling, dice))

        fills: dict[str, Fill] = {
            "place": lambda _: self._places.write(draft, telling, dice),
            "who": who,
            "profile": lambda after: _add(draft, profile(None if apart else year, sex, after, dice)),
        }
        material = self._material
        draft.render(dice.choice(material.introduce_self if story.own_voice else material.introduce_other), fills)
        if apart and year is not None:
            draft.add(self._age_clause(year, dice))

    def _told_year(self, telling: Telling, dice: Random) -> int | None:
        if not telling.age or telling.main.birth_year is None:
            return None
        return telling.main.birth_year + (dice.choice((-1, 1)) if dice.random() < _YEAR_OFF else 0)

    def _age_clause(self, year: int, dice: Random) -> str:
        material, age = self._material, max(YEAR - year, 1)
        if dice.random() < 0.2:
            return dice.choice(material.year_told).format(year=year)
        spelt = numeral(age) if age < 100 and dice.random() < 0.4 else str(age)
        return dice.choice(material.age_subject) + dice.choice(material.age_told).format(age=spelt)

    def _body(self, draft: Draft, story: Story, dice: Random) -> Iterator[tuple[str, dict[str, Fill]]]:
        material, telling = self._material, story.telling
        for clause in dice.sample(material.background, dice.randint(1, 4)):
            yield clause, {}
        if telling.second:
            yield dice.choice(material.second), self._second(draft, telling, telling.second, dice)
        elif dice.random() < 0.3:
            kin = unnamed_kin(telling.main, telling.household, dice)
            if kin:
                yield dice.choice(material.unnamed), {"kin": lambda _: _add(draft, kin)}
        if story.outsider:
            yield (
                dice.choice(material.outsider),
                {"outsider": lambda _: draft.name(story.outsider, PersonRole.OFFICIAL)},
            )

    def _second(self, draft: Draft, telling: Telling, second: Person, dice: Random) -> dict[str, Fill]:
        kin = kin_word(telling.main, second, dice) or "家人"
        year = second.birth_year if dice.random() < 0.25 else None
        return {
            "kin": lambda _: _add(draft, kin),
            "second": lambda _: draft.name(second.name, PersonRole.RELATIVE, birth_year=year),
            "profile": lambda after: _add(draft, profile(year, Sex.UNKNOWN, after, dice)),
        }

    def _end(self, draft: Draft, story: Story, dice: Random) -> Iterator[tuple[str, dict[str, Fill]]]:
        material, telling = self._material, story.telling
        if telling.id_number:
            number = mask_id_number(telling.id_number) if telling.mask_id_number else telling.id_number
            clause = dice.choice(material.number_lead) + dice.choice(material.number_tail)
            yield clause, {"number": lambda _: draft.id_number(number)}
        yield dice.choice(material.request), {}
        if telling.phone:
            clause = dice.choice(material.contact_lead) + dice.choice(material.contact_tail)
            yield clause, {"phone": lambda _: draft.phone(telling.phone)}
        if story.byline:
            yield dice.choice(material.byline), {"outsider": lambda _: draft.name(story.byline, PersonRole.OFFICIAL)}


def _whose(telling: Telling, dice: Random) -> str:
    """What the main person is to the relative who is named: 儿子, or 两个孙子 where nothing is told of just one."""
    several = counted_kin(telling.named, telling.main, telling.household)
    if several and not (telling.age or telling.sex):
        return several
    return kin_word(telling.named, telling.main, dice) or "家里人"


def _add(draft: Draft, words: str) -> None:
    draft.add(words)
