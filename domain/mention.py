"""What a text names: persons, places, phones, ID numbers, amounts. Offsets count characters of the content."""

from dataclasses import dataclass

from domain.document import DocumentId
from domain.labelled import Labelled
from domain.region import Level, RegionCode


class PersonRole(Labelled):
    """What a person is in the text."""

    PETITIONER = "petitioner", "反映人"
    SUFFERER = "sufferer", "困难当事人"
    RELATIVE = "relative", "亲属"
    OFFICIAL = "official", "公职人员等"
    OTHER = "other", "其他人"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention:
    """A person as written: 庞建国, 庞某某, 李*华, 薛大爷."""

    name: str
    role: PersonRole
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place as written and the division it resolves to."""

    code: RegionCode
    level: Level
    name: str
    start: int
    end: int
    meant: str = ""
    """The right writing where `name` is taken for a miswriting of it; empty otherwise."""
    former: bool = False
    """True for a village that is no more: `code` is the village it became, or its town where nobody has told which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousPlace:
    """A name of several places that the text does not tell apart: one of `codes` is meant."""

    codes: tuple[RegionCode, ...]
    """Sorted; a town stands for a village of it that is no more."""
    level: Level
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPlace:
    """A place of another county in which the text seems to play."""

    code: RegionCode | None
    """Of the county, or of the place where the gazetteer knows it; none when only the name is known."""
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMention:
    """A phone, an ID number or an amount of money as written."""

    text: str
    value: str
    """Normalised: digits for phones and ID numbers, yuan for amounts."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Everything found in one text."""

    persons: tuple[PersonMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    phones: tuple[ValueMention, ...] = ()
    id_numbers: tuple[ValueMention, ...] = ()
    amounts: tuple[ValueMention, ...] = ()
    ambiguous_places: tuple[AmbiguousPlace, ...] = ()
    foreign_places: tuple[ForeignPlace, ...] = ()

    @property
    def of_another_county(self) -> bool:
        """True when the text plays in another county: it names places there and none of ours."""
        return bool(self.foreign_places) and not self.places and not self.ambiguous_places


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMentions:
    """Mentions attached to their document and to the version of the code that found them."""

    document_id: DocumentId
    mentions: Mentions
    version: str
