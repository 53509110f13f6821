"""The seam between the benchmark and what it measures: a register goes in, and an answer comes out for every text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.links.link import LinkDecision
from domain.links.mention import Mentions
from domain.register.household import Household, HouseholdId, Sex
from domain.texts.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRecord:
    """One named person as a flat record, for linkers that compare records; empty or None where nothing is known."""

    name: str
    """The full name; empty when the text hides a part of it."""
    surname: str
    village: str
    town: str
    birth_year: int | None
    sex: Sex
    phone: str
    id_number: str


@dataclass(frozen=True, slots=True)
class LinkText:
    """A text as linkers get it."""

    document: Document
    mentions: Mentions
    records: tuple[MentionRecord, ...]
    """Of the persons who may belong to the household; officials and reporters of others' troubles are left out."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A household with the probability that the text speaks of it."""

    household_id: HouseholdId
    probability: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a linker says of one text."""

    candidates: tuple[Ranked, ...]
    """Most probable first."""
    absent: float
    """How far the household is believed not to be in the register, 0 to 1."""
    decision: LinkDecision | None = None
    """None of a linker that only scores; the benchmark then links from a threshold that it learns on other texts."""


class Linker(Protocol):
    """Links texts to one register."""

    one_by_one: bool
    """True when a text alone costs about what it costs among others; otherwise single texts are timed apart."""

    def load(self, households: Iterable[Household]) -> None:
        """Read the register; the households come one after the other and need not be kept."""
        ...

    def learn(self, texts: Sequence[LinkText]) -> None:
        """Estimate parameters on texts without labels; linkers that need none do nothing."""
        ...

    def link(self, texts: Sequence[LinkText]) -> list[Answer]:
        """One answer for each text."""
        ...
