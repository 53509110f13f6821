"""What a text names: persons, places, numbers, amounts, dates. Offsets count characters of the content."""

from dataclasses import dataclass

from domain.labelled import Labelled
from domain.places.region import Level, RegionCode
from domain.register.household import Relation, Sex
from domain.texts.document import DocumentId


class PersonRole(Labelled):
    """What a person is in the text."""

    PETITIONER = "petitioner", "反映人"
    SUFFERER = "sufferer", "困难当事人"
    RELATIVE = "relative", "亲属"
    OFFICIAL = "official", "公职人员等"
    OTHER = "other", "其他人"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention:
    """A person as written: 庞建国, 庞某某, 李*华, 薛大爷, 张三家儿子; with what stands beside the name."""

    name: str
    role: PersonRole
    start: int
    end: int
    sex: Sex = Sex.UNKNOWN
    age: int | None = None
    """In years, as the text says."""
    birth_year: int | None = None
    """As the text says; never reckoned from the age, for that needs the day of the text."""
    health: tuple[str, ...] = ()
    """Words of illness and disability said of this person, as written: 胃癌, 二级残疾, 瘫痪."""
    relation: Relation | None = None
    """What the person is to `relation_to`: in 其妻薛改变 薛改变 is a spouse."""
    relation_to: str = ""
    """The name, as written, of the person the relation is to; empty when it is the one the text is about."""
    by_trade: bool = False
    """True for those whom a text names for their work alone (包工头, 老板, 律师): no household in difficulty."""

    @property
    def may_be_in_difficulty(self) -> bool:
        """False for officials, doctors, teachers, journalists and those named for their trade: never to be offered."""
        return self.role is not PersonRole.OFFICIAL and not self.by_trade

    @property
    def household_name(self) -> str:
        """The name under which a register may know the household: 张三 for 张三家儿子, else the name itself."""
        return self.relation_to if self.relation_to and self.name.startswith(f"{self.relation_to}家") else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class KinMention:
    """A member of a household whom the text does not name: 我丈夫, 两个孙子, 其母."""

    text: str
    relation: Relation
    start: int
    end: int
    count: int = 1
    """How many there are; an indefinite number gives its lower bound."""
    sex: Sex = Sex.UNKNOWN
    age: int | None = None
    health: tuple[str, ...] = ()
    relation_to: str = ""


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
    """A phone, an ID number, an amount of money, an area, a number of households or a date as written."""

    text: str
    value: str
    """Normalised: digits for phones and ID numbers, yuan, mu, a number of households, a date as far as it is known."""
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
    areas: tuple[ValueMention, ...] = ()
    households: tuple[ValueMention, ...] = ()
    dates: tuple[ValueMention, ...] = ()
    relatives: tuple[KinMention, ...] = ()

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
