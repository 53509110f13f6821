"""What the writer of a text means to say of a household, before any slip of the pen."""

from dataclasses import dataclass

from benchmarks.linking.composition import YEAR
from benchmarks.linking.gold import NameForm, PlaceForm
from benchmarks.linking.villages import Village
from domain.register.household import Household, Person, Sex

OLD_YEARS = 58
"""From this age on people are addressed as 大爷 or 大娘."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The facts that a text tells; what is not told is None, False or empty."""

    household: Household
    village: Village
    main: Person
    """Whom the text is about."""
    named: Person
    """Whose name stands for the household: the main person, or a relative (张三家儿子)."""
    name_form: NameForm
    place_form: PlaceForm
    age: bool = False
    sex: bool = False
    group: bool = False
    town: bool = False
    """The town is told as well, where the form of the place does not tell it anyway."""
    second: Person | None = None
    phone: str = ""
    id_number: str = ""
    mask_id_number: bool = False

    @property
    def shown(self) -> str:
        """The name as a full name, or the part that its form shows, hidden characters as asterisks."""
        name = self.named.name
        if self.name_form is NameForm.STARRED:
            return name[0] + "*" + name[2:] if len(name) > 2 else name[0] + "*"
        if self.name_form in PARTIAL:
            return name[0]
        return name


PARTIAL = frozenset({NameForm.MASKED, NameForm.STARRED, NameForm.FAMILIAR, NameForm.ADDRESSED, NameForm.POLITE})
"""Forms that hide a part of the name."""
AT_VILLAGE = frozenset(
    {
        PlaceForm.FULL,
        PlaceForm.WITH_TOWN,
        PlaceForm.WITH_COUNTY,
        PlaceForm.SHORT,
        PlaceForm.SITE,
        PlaceForm.HOMOPHONE,
        PlaceForm.SIMILAR,
    }
)
"""Forms that mean the right village, well written or not."""
IN_TOWN = frozenset({PlaceForm.NEIGHBOUR, PlaceForm.TOWN_ONLY})
"""Forms from which only the town can be relied on."""


def age_of(person: Person) -> int:
    """The years since the person was born."""
    return YEAR - (person.birth_year or YEAR)


def title_fits(form: NameForm, person: Person) -> bool:
    """True when the person can be called by a form such as 王大爷, 老张 or 王女士."""
    if form is NameForm.ADDRESSED:
        return age_of(person) >= OLD_YEARS
    if form is NameForm.FAMILIAR:
        return person.sex is Sex.MALE and age_of(person) >= 40
    return form is not NameForm.POLITE or 18 <= age_of(person) < OLD_YEARS
