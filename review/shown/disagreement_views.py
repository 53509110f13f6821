"""What the petition office sees of a text on which two readers disagree."""

from dataclasses import dataclass

from domain.accounts.account import Account
from domain.risk import GUIDE_RISKS, Risk
from domain.texts.analysis import Reading, RiskLabel
from domain.texts.judgement import NumberedJudgement
from domain.texts.second_reading import Opinion, SecondReading
from domain.words.vocabulary import Scope
from review.rights import access
from review.shown.highlight import Segment, segments
from review.shown.shown_text import beginning, on_one_line, own_words
from storage.unit_of_work import UnitOfWork


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


def disagreement_card(work: UnitOfWork, reading: SecondReading, account: Account) -> DisagreementCard:
    """The card of one disagreement."""
    document, first = work.documents.get(reading.document_id), first_reading(work, reading)
    return DisagreementCard(
        document_id=document.id,
        channel=document.channel.label,
        day=document.day.isoformat(),
        sentence=beginning(document, account),
        first=_verdict(first),
        second=_verdict(reading.opinion),
    )


def disagreement_view(work: UnitOfWork, reading: SecondReading, account: Account) -> DisagreementView:
    """The text as the petition office may see it, with the second reader's quotations marked."""
    document, first, second = work.documents.get(reading.document_id), first_reading(work, reading), reading.opinion
    shown = own_words(document.content, document, account)
    named = [*(label.risk for label in second.labels), *(label.risk for label in first.labels)]
    proposed = tuple(risk for risk in dict.fromkeys(named) if risk in GUIDE_RISKS)
    return DisagreementView(
        document_id=document.id,
        channel=document.channel.label,
        day=document.day.isoformat(),
        petitioner=document.petitioner.name if access.may_read_petitioners(account) else "",
        segments=tuple(segments(shown, second.labels)),
        first=_column(first, shown, f"有任何困难的概率 {first.risk_probability:.2f}"),
        second=_column(second, shown, second.factuality.label),
        proposed=proposed,
        others=tuple(risk for risk in GUIDE_RISKS if risk not in proposed),
        ticked=frozenset(label.risk for label in second.labels),
        scope=second.scope if second.labels else first.scope,
        urgent=second.urgent or first.urgent,
        relocation=second.relocation or first.relocation,
    )


def waiting_row(work: UnitOfWork, numbered: NumberedJudgement, account: Account) -> WaitingRow:
    """The row of a judgement that has not taken effect yet."""
    judgement = numbered.judgement
    return WaitingRow(
        number=numbered.number,
        sentence=beginning(work.documents.get(judgement.document_id), account),
        verdict=judgement.verdict.label,
        judged_by=judgement.judged_by,
    )


def first_reading(work: UnitOfWork, reading: SecondReading) -> Reading:
    """The first reading that the second one was compared with."""
    analysis = work.analyses.of_model(reading.document_id, reading.first_model)
    if analysis is None:
        raise LookupError(f"document {reading.document_id} has no reading by {reading.first_model}")
    return analysis.reading


def _verdict(said: Reading | Opinion) -> str:
    lead = "有困难" if said.labels else "没有困难"
    return f"{lead}, 像检举控告" if said.accusation else lead


def _column(said: Reading | Opinion, shown: str, first_fact: str) -> ReaderColumn:
    scope = "" if said.scope is Scope.NONE else f"范围: {said.scope.label}"
    return ReaderColumn(
        verdict=_verdict(said),
        risks=tuple(label.risk for label in said.labels),
        facts=tuple(fact for fact in (first_fact, scope, "紧急" if said.urgent else "") if fact),
        evidence=_quotations(said.labels, shown),
    )


def _quotations(labels: tuple[RiskLabel, ...], shown: str) -> tuple[str, ...]:
    """Cut out of the text as it is shown: of a number that a quotation begins or ends in too much would be left."""
    spans = ((label.risk.label, one.start, one.end) for label in labels for one in label.evidence)
    return tuple(dict.fromkeys(f"{risk}: {on_one_line(shown[start:end])}" for risk, start, end in spans))
