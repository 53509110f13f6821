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


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMentions:
    """Mentions attached to their document and to the version of the code that found them."""

    document_id: DocumentId
    mentions: Mentions
    version: str
