"""Who lives together in an invented household: from one old man alone to three generations, one to seven persons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.linking.identity import invented_phone, wrong_id_number
from benchmarks.linking.names import NameDraw
from domain.register.household import Person, Relation, Sex

YEAR = 2026
"""The year in which the register was taken and the texts were written."""
_ADULT_YEARS = 18
_PHONE_SHARE = 0.6
_SHARED_PHONE = 0.05
_OTHER_SURNAMES = 12


@dataclass(frozen=True, slots=True)
class Surnames:
    """The surnames of a village: one or two cover half of it, a dozen others share the rest."""

    main: tuple[str, ...]
    others: tuple[str, ...]

    def draw(self, dice: Random) -> str:
        """The surname of a family."""
        pool = self.main if dice.random() < 0.5 else self.others
        return pool[int(dice.random() * len(pool))]


def surnames_of(stem: str, names: NameDraw, known: frozenset[str], dice: Random) -> Surnames:
    """The surnames of the village called `stem`; 庞家庄 has many called 庞."""
    own = stem[0] if len(stem) > 1 and stem[1] == "家" and stem[0] in known else names.surname()
    main = (own,) if dice.random() < 0.5 else (own, own, names.surname())
    return Surnames(main, tuple(names.surname() for _ in range(_OTHER_SURNAMES)))


class Family:
    """Draws the persons of households of one village."""

    def __init__(self, surnames: Surnames, names: NameDraw, dice: Random, county: str) -> None:
        """Draw with the given dice; `county` are the first six digits of every ID number."""
        self._surnames = surnames
        self._names = names
        self._dice = dice
        self._county = county

    def persons(self) -> tuple[Person, ...]:
        """The persons of one more household, the head first."""
        at, shape = self._dice.random(), _SHAPES[-1][1]
        for share, candidate in _SHAPES:
            if at < share:
                shape = candidate
                break
            at -= share
        surname = self._surnames.draw(self._dice)
        return self._with_phones(tuple(shape(self, surname))[:7])

    def year(self, first: int, last: int) -> int:
        """A birth year from `first` to `last`."""
        return first + int(self._dice.random() * (last - first + 1))

    def chance(self, share: float) -> bool:
        """True in such a share of calls."""
        return self._dice.random() < share

    def person(self, surname: str, relation: Relation, sex: Sex, year: int) -> Person:
        """One person with a name of the time."""
        return Person(
            name=surname + self._names.given(sex, year),
            relation=relation,
            sex=sex,
            birth_year=year,
            id_number=wrong_id_number(self._dice, self._county, year, sex),
            health=self._health(year),
        )

    def spouse(self, of: Person, relation: Relation) -> Person:
        """A wife or husband with another surname."""
        sex = Sex.FEMALE if of.sex is Sex.MALE else Sex.MALE
        return self.person(self.other_surname(of), relation, sex, (of.birth_year or 0) + self.year(-2, 5))

    def other_surname(self, than: Person) -> str:
        """A surname that the person does not have."""
        surname = self._names.surname()
        while than.name.startswith(surname):
            surname = self._names.surname()
        return surname

    def child(self, surname: str, relation: Relation, parent: Person) -> Person:
        """A son or daughter, 21 to 33 years younger, none younger than the register."""
        year = min((parent.birth_year or 0) + self.year(21, 33), YEAR - 1)
        return self.person(surname, relation, self.sex(), year)

    def sex(self) -> Sex:
        """Either sex."""
        return Sex.MALE if self.chance(0.51) else Sex.FEMALE

    def _health(self, year: int) -> str:
        dice = self._dice.random()
        old = YEAR - year >= 60
        bounds = (0.30, 0.38, 0.46) if old else (0.05, 0.075, 0.105)
        words = ("长期慢性病", "患有大病", "残疾")
        return next((word for word, bound in zip(words, bounds, strict=True) if dice < bound), "健康")

    def _with_phones(self, persons: tuple[Person, ...]) -> tuple[Person, ...]:
        found: list[Person] = []
        for one in persons:
            adult = YEAR - (one.birth_year or YEAR) >= _ADULT_YEARS
            phone = invented_phone(self._dice) if adult and self.chance(_PHONE_SHARE) else ""
            if phone and found and found[0].phone and self.chance(_SHARED_PHONE):
                phone = found[0].phone
            found.append(replace(one, phone=phone) if phone else one)
        return tuple(found)


def _alone(family: Family, surname: str) -> Iterator[Person]:
    yield family.person(surname, Relation.HEAD, family.sex(), family.year(1936, 1964))


def _bachelor(family: Family, surname: str) -> Iterator[Person]:
    yield family.person(surname, Relation.HEAD, Sex.MALE, family.year(1955, 1992))


def _old_couple(family: Family, surname: str) -> Iterator[Person]:
    head = family.person(surname, Relation.HEAD, Sex.MALE, family.year(1940, 1968))
    yield head
    yield family.spouse(head, Relation.SPOUSE)


def _with_children(family: Family, surname: str) -> Iterator[Person]:
    head = family.person(surname, Relation.HEAD, Sex.MALE, family.year(1968, 1996))
    yield head
    yield family.spouse(head, Relation.SPOUSE)
    for _ in range(family.year(1, 3)):
        yield family.child(surname, Relation.CHILD, head)
    if family.chance(0.25):
        year = min(family.year(1942, 1955), (head.birth_year or 0) - 20)
        yield family.person(family.other_surname(head), Relation.PARENT, Sex.FEMALE, year)


def _three_generations(family: Family, surname: str) -> Iterator[Person]:
    head = family.person(surname, Relation.HEAD, Sex.MALE, family.year(1946, 1968))
    yield head
    if family.chance(0.85):
        yield family.spouse(head, Relation.SPOUSE)
    son = family.person(surname, Relation.CHILD, Sex.MALE, (head.birth_year or 0) + family.year(21, 30))
    yield son
    if family.chance(0.85):
        yield family.spouse(son, Relation.CHILD_IN_LAW)
    for _ in range(family.year(1, 3)):
        yield family.child(surname, Relation.GRANDCHILD, son)


def _left_behind(family: Family, surname: str) -> Iterator[Person]:
    head = family.person(surname, Relation.HEAD, Sex.MALE, family.year(1948, 1968))
    yield head
    yield family.spouse(head, Relation.SPOUSE)
    for _ in range(family.year(1, 2)):
        yield family.person(surname, Relation.GRANDCHILD, family.sex(), family.year(2008, 2021))


def _widow(family: Family, surname: str) -> Iterator[Person]:
    late = family.person(surname, Relation.OTHER, Sex.MALE, family.year(1950, 1985))
    head = family.spouse(late, Relation.HEAD)
    yield head
    for _ in range(family.year(1, 2)):
        yield family.child(surname, Relation.CHILD, head)


def _grown_child(family: Family, surname: str) -> Iterator[Person]:
    head = family.person(surname, Relation.HEAD, Sex.MALE, family.year(1948, 1972))
    yield head
    if family.chance(0.8):
        yield family.spouse(head, Relation.SPOUSE)
    yield family.child(surname, Relation.CHILD, head)
    if family.chance(0.3):
        yield family.person(surname, Relation.SIBLING, Sex.MALE, (head.birth_year or 0) + family.year(-8, 8))


_SHAPES: tuple[tuple[float, Callable[[Family, str], Iterator[Person]]], ...] = (
    (0.15, _alone),
    (0.05, _bachelor),
    (0.20, _old_couple),
    (0.24, _with_children),
    (0.12, _three_generations),
    (0.06, _left_behind),
    (0.06, _widow),
    (0.12, _grown_child),
)
"""Shares of the shapes, our estimate of a hill county from which the young have gone; mean about three persons."""
