"""How many registered households a telling fits: more than one, and nobody could say which is meant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.linking.gold import NameForm, PlaceForm
from benchmarks.linking.miswriting import pinyin
from benchmarks.linking.telling import AT_VILLAGE, IN_TOWN, PARTIAL, Telling, title_fits
from domain.places.region import Level, RegionCode
from domain.register.household import Household, Person

_AGE_SLACK = 1


class HouseholdIndex:
    """The registered households by village, town and name."""

    def __init__(self, households: Iterable[Household], same_stem: Mapping[RegionCode, Sequence[RegionCode]]) -> None:
        """Index the households; `same_stem` gives for a village all villages whose name people say the same way."""
        self.households = list(households)
        self._same_stem = same_stem
        self._by_village: dict[RegionCode, list[Household]] = defaultdict(list)
        self._by_town: dict[RegionCode, list[Household]] = defaultdict(list)
        self._by_name: dict[str, list[Household]] = defaultdict(list)
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for one in self.households:
            self._by_village[one.village].append(one)
            self._by_town[one.village.ancestor(Level.TOWN)].append(one)
            for person in one.persons:
                self._by_name[person.name].append(one)
        for name in self._by_name:
            self._by_sound[pinyin(name)].add(name)

    def called(self, name: str) -> Sequence[Household]:
        """The households that have somebody of this name."""
        return self._by_name.get(name, ())

    def in_village(self, code: RegionCode) -> Sequence[Household]:
        """The households of the village."""
        return self._by_village.get(code, ())

    def namesakes_in_town(self, person: Person, household: Household) -> bool:
        """True when another household of the town has somebody of the same name."""
        town = household.village.ancestor(Level.TOWN)
        return any(other.id != household.id and town.contains(other.village) for other in self.called(person.name))

    def fitting(self, telling: Telling) -> list[Household]:
        """The registered households that everything told fits, the household itself among them when registered."""
        return [one for one in self._scope(telling) if fits(one, telling)]

    def _scope(self, telling: Telling) -> Iterable[Household]:
        if telling.id_number or telling.phone:
            # Numbers are nobody else's but a family's who share a phone, and such a family has one door here.
            return (one for one in self._by_village[telling.household.village] if one.id == telling.household.id)
        form, village = telling.place_form, telling.village
        if form is PlaceForm.OTHER_COUNTY:
            return ()
        if form in AT_VILLAGE:
            alone = telling.town or form not in (PlaceForm.FULL, PlaceForm.SHORT)
            codes = [village.code] if alone else self._same_stem.get(village.code, [village.code])
            return (one for code in codes for one in self.in_village(code))
        if form in IN_TOWN:
            return self._by_town[village.town_code]
        return self._sounding(telling)

    def _sounding(self, telling: Telling) -> Iterator[Household]:
        seen = set()
        for name in sorted({telling.named.name, *self._by_sound[pinyin(telling.named.name)]}):
            for one in self.called(name):
                if one.id not in seen:
                    seen.add(one.id)
                    yield one


def fits(household: Household, telling: Telling) -> bool:
    """True when everything that is told is true of the household, give or take a year of age."""
    if telling.group and household.group != telling.household.group:
        return False
    if telling.place_form is PlaceForm.SITE and household.relocation_site != telling.household.relocation_site:
        return False
    if telling.second and not any(telling.second.name == one.name for one in household.persons):
        return False
    return any(_is_named(one, telling) for one in household.persons)


def _is_named(person: Person, telling: Telling) -> bool:
    if not _name_fits(person.name, telling):
        return False
    if telling.name_form is NameForm.BY_RELATIVE:
        return True
    if not title_fits(telling.name_form, person):
        return False
    addressed = telling.name_form in (NameForm.ADDRESSED, NameForm.POLITE, NameForm.FAMILIAR)
    if (telling.sex or addressed) and person.sex is not telling.main.sex:
        return False
    apart = abs((person.birth_year or 0) - (telling.main.birth_year or 0))
    return not telling.age or apart <= _AGE_SLACK


def _name_fits(name: str, telling: Telling) -> bool:
    shown = telling.shown
    if telling.name_form is NameForm.STARRED:
        return len(name) == len(shown) and all(sign in ("*", own) for sign, own in zip(shown, name, strict=True))
    if telling.name_form in PARTIAL:
        return name.startswith(shown)
    if telling.name_form is NameForm.HOMOPHONE:
        return name == shown or pinyin(name) == pinyin(shown)
    if telling.name_form is NameForm.SIMILAR:
        return name[0] == shown[0] and len(name) == len(shown) and _apart(name, shown) <= 1
    return name == shown


def _apart(name: str, other: str) -> int:
    return sum(own != its for own, its in zip(name, other, strict=True))
