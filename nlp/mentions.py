"""Finds whom and what a text names: persons with their roles and relatives, places, numbers, amounts, areas, dates."""

from collections.abc import Sequence
from datetime import date

from domain.links.mention import Mentions
from domain.places.region import RegionCode
from domain.register.petitioner_cell import each_name
from nlp.mention_models import load_mention_models
from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.names import NameFinder, NameReader
from nlp.persons.relatives import find_relatives
from nlp.persons.written_name import Name
from nlp.places.gazetteer import Gazetteer
from nlp.roles.roles import RoleFinder, RoleReader
from nlp.segmentation import load_segmenter
from nlp.values.dates import find_dates
from nlp.values.values import find_amounts, find_areas, find_households, find_id_numbers, find_phones

_VERSION = "mentions-12"


class MentionFinder:
    """Finds mentions with one county's gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Know the places of `gazetteer`; the dictionary of words is read here, which takes about half a second."""
        lexicon, models = load_person_lexicon(), load_mention_models()
        self.version = f"{_VERSION}-{models.version}"
        self._gazetteer = gazetteer
        self._segmenter = load_segmenter()
        decisions = models.manifest
        self._names = NameFinder(NameReader(lexicon, self._segmenter), models.names, threshold=decisions.name_threshold)
        self._roles = RoleFinder(
            RoleReader(lexicon, models.hardship), models.roles, official_weight=decisions.official_weight
        )

    def find(
        self,
        title: str,
        text: str,
        *,
        petitioner_name: str = "",
        known_places: Sequence[RegionCode] = (),
        day: date | None = None,
    ) -> Mentions:
        """What the text names; offsets count characters of title, line break and text, or of the text alone.

        Args:
            title: The title, which may be empty.
            text: The text.
            petitioner_name: Who petitions, where a register says so; several names may stand in its cell.
            known_places: Divisions known from outside the text, as by the petitioner's address: they tell villages of
                one name apart.
            day: The day of the text; 去年 and 本月 are reckoned from it.
        """
        content = f"{title}\n{text}" if title else text
        read = self._gazetteer.read(content, known=known_places)
        cut = self._segmenter.cut(content)
        petitioners = each_name(petitioner_name)
        names = self._names.find(content, cut, read.spans, known=petitioners)
        if names and self._gazetteer.holds_short_name(content):
            beside = [(name.start, name.end) for name in names]
            read = self._gazetteer.read(content, known=known_places, persons=beside)
            names = _outside(names, read.spans)
        persons = self._roles.assign(content, names, petitioners, cut, read.spans)
        return Mentions(
            persons=persons,
            places=read.places,
            phones=find_phones(content),
            id_numbers=find_id_numbers(content),
            amounts=find_amounts(content),
            ambiguous_places=read.ambiguous,
            foreign_places=read.foreign,
            areas=find_areas(content),
            households=find_households(content),
            dates=find_dates(content, day),
            relatives=find_relatives(content, persons, load_kinship()),
        )

    def places_of_address(self, address: str, region: RegionCode | None) -> tuple[RegionCode, ...]:
        """The divisions that an address names without doubt, and the division it was handed in at."""
        known = (region,) if region else ()
        return (*(place.code for place in self._gazetteer.find(address, known=known)), *known)


def _outside(names: Sequence[Name], places: Sequence[tuple[int, int]]) -> list[Name]:
    taken = {position for start, end in places for position in range(start, end)}
    return [name for name in names if taken.isdisjoint(range(name.start, name.end))]
