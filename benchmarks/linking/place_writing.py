"""Writes where a household lives, in every form that petitions use, right or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.linking.draft import Draft
from benchmarks.linking.gold import PlaceForm
from benchmarks.linking.material import OtherCounty
from benchmarks.linking.miswriting import Miswriting
from benchmarks.linking.telling import Telling
from benchmarks.linking.villages import Village
from domain.places.region import Level, RegionCode

_HERE = ("我们村", "本村", "咱村", "村里", "我村")
_GROUP_FORMS = ("{0}组", "{0}组", "{1}组", "第{0}村民小组", "{0}社", "第{0}组")
_NUMERALS = "一二三四五六七八"
_TOWN_TOO = 0.5


@dataclass(frozen=True, slots=True)
class PlaceWriter:
    """Writes places into drafts."""

    neighbours: Mapping[RegionCode, Sequence[Village]]
    """The villages of each town."""
    miswriting: Miswriting
    elsewhere: OtherCounty

    def possible(self, telling: Telling, dice: Random) -> bool:
        """False when the form cannot be written for this village: no homophone, no neighbour, no site."""
        stem = telling.village.stem
        if telling.place_form is PlaceForm.HOMOPHONE:
            return self.miswriting.homophone(stem, dice) is not None
        if telling.place_form is PlaceForm.SIMILAR:
            return self.miswriting.similar(stem, dice) is not None
        if telling.place_form is PlaceForm.NEIGHBOUR:
            return len(self.neighbours[telling.village.town_code]) > 1
        return telling.place_form is not PlaceForm.SITE or bool(telling.household.relocation_site)

    def write(self, draft: Draft, telling: Telling, dice: Random) -> None:
        """Write the place and, where it is told, the group."""
        writers = {
            PlaceForm.WITH_COUNTY: self._with_county,
            PlaceForm.SITE: self._site,
            PlaceForm.TOWN_ONLY: self._town_only,
            PlaceForm.GROUP_ONLY: self._here,
            PlaceForm.NONE: self._here,
            PlaceForm.OTHER_COUNTY: self._other_county,
        }
        writers.get(telling.place_form, self._village)(draft, telling, dice)
        if telling.group or telling.place_form is PlaceForm.GROUP_ONLY:
            self._group(draft, telling, dice)

    def _village(self, draft: Draft, telling: Telling, dice: Random) -> None:
        village, form = telling.village, telling.place_form
        slip = form in (PlaceForm.HOMOPHONE, PlaceForm.SIMILAR, PlaceForm.NEIGHBOUR)
        if telling.town or form is PlaceForm.WITH_TOWN or (slip and dice.random() < _TOWN_TOO):
            draft.place(village.town, village.town_code, Level.TOWN)
        if form is PlaceForm.NEIGHBOUR:
            others = [one for one in self.neighbours[village.town_code] if one.code != village.code]
            village = dice.choice(others)
        draft.place(self._name(village, form, dice), village.code, Level.VILLAGE)

    def _name(self, village: Village, form: PlaceForm, dice: Random) -> str:
        stem = village.stem
        if form is PlaceForm.SHORT:
            return stem
        if form is PlaceForm.HOMOPHONE:
            stem = self.miswriting.homophone(stem, dice) or stem
        elif form is PlaceForm.SIMILAR:
            stem = self.miswriting.similar(stem, dice) or stem
        elif dice.random() < 0.1:
            return village.name
        if "社区" in village.name:
            return stem + "社区"
        bare = form is PlaceForm.WITH_TOWN and dice.random() < 0.4
        return stem if bare or stem.endswith("村") else stem + "村"

    def _with_county(self, draft: Draft, telling: Telling, dice: Random) -> None:
        village = telling.village
        draft.place(village.county, village.code.ancestor(Level.COUNTY), Level.COUNTY)
        draft.place(village.town, village.town_code, Level.TOWN)
        draft.place(self._name(village, telling.place_form, dice), village.code, Level.VILLAGE)

    def _site(self, draft: Draft, telling: Telling, dice: Random) -> None:
        if telling.town or dice.random() < _TOWN_TOO:
            draft.place(telling.village.town, telling.village.town_code, Level.TOWN)
        draft.place(telling.household.relocation_site, telling.village.code, Level.SITE)

    def _town_only(self, draft: Draft, telling: Telling, dice: Random) -> None:
        draft.place(telling.village.town, telling.village.town_code, Level.TOWN)

    def _here(self, draft: Draft, telling: Telling, dice: Random) -> None:
        if telling.town:
            draft.place(telling.village.town, telling.village.town_code, Level.TOWN)
        draft.add(dice.choice(_HERE))

    def _other_county(self, draft: Draft, telling: Telling, dice: Random) -> None:
        draft.add(dice.choice(self.elsewhere.counties))
        if dice.random() < _TOWN_TOO:
            draft.add(dice.choice(self.elsewhere.towns))
        draft.add(telling.village.stem + ("" if telling.village.stem.endswith("村") else "村"))

    def _group(self, draft: Draft, telling: Telling, dice: Random) -> None:
        numeral = telling.household.group[:1]
        words = dice.choice(_GROUP_FORMS).format(numeral, _NUMERALS.index(numeral) + 1)
        last = draft.places[-1] if draft.places else None
        if last is None or last.level not in (Level.VILLAGE, Level.SITE):
            draft.add(words)
        else:
            draft.place(words, RegionCode(last.code), Level.GROUP)
