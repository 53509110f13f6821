"""What the petition office sees of a text on which two readers disagree."""

from dataclasses import dataclass

from domain.analysis import Reading, RiskLabel
from domain.clock import china_date
from domain.document import Document
from domain.judgement import NumberedJudgement
from domain.masking import mask_text
from domain.risk import GUIDE_RISKS, Risk
from domain.second_reading import Opinion, SecondReading
from domain.vocabulary import Scope
from review.highlight import Segment, segments
from storage.unit_of_work import UnitOfWork

_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementCard:
    """A disagreement in the list."""

    document_id: str
    channel: str
    day: str
    sentence: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderColumn:
    """What one reader said."""

    verdict: str
    risks: tuple[Risk, ...]
    facts: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementView:
    """One disagreement in full."""

    document_id: str
    channel: str
    day: str
    petitioner: str
    segments: tuple[Segment, ...]
    first: ReaderColumn
    second: ReaderColumn
    proposed: tuple[Risk, ...]
    """Categories that either reader named, the second's first."""
    others: tuple[Risk, ...]
    ticked: frozenset[Risk]
    scope: Scope
    urgent: bool
    relocation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A judgement that can still be withdrawn."""

    number: int
    sentence: str
    verdict: str
    judged_by: str


def disagreement_card(work: UnitOfWork, reading: SecondReading) -> DisagreementCard:
    """The card of one disagreement."""
    document, first = work.documents.get(reading.document_id), first_reading(work, reading)
    return DisagreementCard(
        document_id=document.id,
        channel=document.channel.label,
        day=_day(document),
        sentence=_beginning(document),
        first=_verdict(bool(first.labels), first.accusation),
        second=_verdict(bool(reading.opinion.labels), reading.opinion.accusation),
    )


def disagreement_view(work: UnitOfWork, reading: SecondReading) -> DisagreementView:
    """The text as the petition office may see it, with the second reader's quotations marked."""
    document, first, second = work.documents.get(reading.document_id), first_reading(work, reading), reading.opinion
    named = [*(label.risk for label in second.labels), *(label.risk for label in first.labels)]
    proposed = tuple(risk for risk in dict.fromkeys(named) if risk in GUIDE_RISKS)
    return DisagreementView(
        document_id=document.id,
        channel=document.channel.label,
        day=_day(document),
        petitioner=document.petitioner.name,
        segments=tuple(segments(mask_text(document.content), second.labels)),
        first=_first_column(first),
        second=_second_column(second),
        proposed=proposed,
        others=tuple(risk for risk in GUIDE_RISKS if risk not in proposed),
        ticked=frozenset(label.risk for label in second.labels),
        scope=second.scope if second.labels else first.scope,
        urgent=second.urgent or first.urgent,
        relocation=second.relocation or first.relocation,
    )


def waiting_row(work: UnitOfWork, numbered: NumberedJudgement) -> WaitingRow:
    """The row of a judgement that has not taken effect yet."""
    judgement = numbered.judgement
    return WaitingRow(
        number=numbered.number,
        sentence=_beginning(work.documents.get(judgement.document_id)),
        verdict=judgement.verdict.label,
        judged_by=judgement.judged_by,
    )


def first_reading(work: UnitOfWork, reading: SecondReading) -> Reading:
    """The first reading that the second one was compared with."""
    analysis = work.analyses.of_model(reading.document_id, reading.first_model)
    if analysis is None:
        raise LookupError(f"document {reading.document_id} has no reading by {reading.first_model}")
    return analysis.reading


def _verdict(lead: bool, accusation: bool) -> str:
    said = "有困难" if lead else "没有困难"
    return f"{said}, 像检举控告" if accusation else said


def _first_column(first: Reading) -> ReaderColumn:
    facts = (f"有任何困难的概率 {first.risk_probability:.2f}", _scope_fact(first.scope), *_flags(first.urgent))
    return ReaderColumn(
        verdict=_verdict(bool(first.labels), first.accusation),
        risks=tuple(label.risk for label in first.labels),
        facts=tuple(fact for fact in facts if fact),
        evidence=_quotations(first.labels),
    )


def _second_column(second: Opinion) -> ReaderColumn:
    facts = (second.factuality.label, _scope_fact(second.scope), *_flags(second.urgent))
    return ReaderColumn(
        verdict=_verdict(bool(second.labels), second.accusation),
        risks=tuple(label.risk for label in second.labels),
        facts=tuple(fact for fact in facts if fact),
        evidence=_quotations(second.labels),
    )


def _quotations(labels: tuple[RiskLabel, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(f"{label.risk.label}: {mask_text(span.text)}" for label in labels for span in label.evidence)
    )


def _scope_fact(scope: Scope) -> str:
    return "" if scope is Scope.NONE else f"范围: {scope.label}"


def _flags(urgent: bool) -> tuple[str, ...]:
    return ("紧急",) if urgent else ()


def _beginning(document: Document) -> str:
    content = mask_text(document.content).replace("\n", " ")
    return content if len(content) <= _SHOWN else f"{content[:_SHOWN]}…"


def _day(document: Document) -> str:
    return china_date(document.published_at or document.received_at).isoformat()
