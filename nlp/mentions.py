"""Finds whom and what a text names: persons with their roles, places, phones, ID numbers, amounts of money."""

from collections.abc import Sequence

from domain.mention import Mentions
from domain.region import RegionCode
from nlp.gazetteer import Gazetteer
from nlp.names import NameFinder
from nlp.person_lexicon import load_person_lexicon
from nlp.roles import RoleFinder
from nlp.segmentation import load_segmenter
from nlp.values import find_amounts, find_id_numbers, find_phones

VERSION = "mentions-2"


class MentionFinder:
    """Finds mentions with one county's gazetteer."""

    version = VERSION

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Know the places of `gazetteer`; the dictionary of words is read here, which takes about half a second."""
        lexicon = load_person_lexicon()
        self._gazetteer = gazetteer
        self._names = NameFinder(lexicon, load_segmenter())
        self._roles = RoleFinder(lexicon)

    def find(
        self, title: str, text: str, *, petitioner_name: str = "", known_places: Sequence[RegionCode] = ()
    ) -> Mentions:
        """What the text names; offsets count characters of title, line break and text, or of the text alone.

        `known_places` are divisions that are known from outside the text, as by the petitioner's address: they tell
        villages of one name apart.
        """
        content = f"{title}\n{text}" if title else text
        read = self._gazetteer.read(content, known=known_places)
        spans = [(place.start, place.end) for place in read.places]
        spans += [(place.start, place.end) for place in read.ambiguous]
        names = self._names.find(content, spans, known=petitioner_name)
        return Mentions(
            persons=self._roles.assign(content, names, petitioner_name),
            places=read.places,
            phones=find_phones(content),
            id_numbers=find_id_numbers(content),
            amounts=find_amounts(content),
            ambiguous_places=read.ambiguous,
            foreign_places=read.foreign,
        )

    def places_of_address(self, address: str, region: RegionCode | None) -> tuple[RegionCode, ...]:
        """The divisions that an address names without doubt, and the division it was handed in at."""
        known = (region,) if region else ()
        return (*(place.code for place in self._gazetteer.find(address, known=known)), *known)
