"""What a reader, rules or model, found in a text: categories with evidence, and what kind of text it is."""

from dataclasses import dataclass

from domain.risk import Risk
from domain.texts.document import DocumentId
from domain.words.vocabulary import Factuality, Scope, VulnerableGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A stretch of the document's content that carries a category; end is exclusive, in characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLabel:
    """One category that passed its threshold."""

    risk: Risk
    probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a classifier says of one text; it knows nothing of storage."""

    risk_probability: float
    """Calibrated probability that the text shows any current difficulty."""
    labels: tuple[RiskLabel, ...]
    scope: Scope
    relocation: bool
    accusation: bool
    urgent: bool
    factuality: Factuality
    groups: tuple[VulnerableGroup, ...]
    model: str
    """Name and version of the model and the lexicon that made the reading."""

    @property
    def risks(self) -> frozenset[Risk]:
        """The categories alone."""
        return frozenset(label.risk for label in self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A reading attached to its document."""

    document_id: DocumentId
    reading: Reading
