"""What a person of the petition office decided about a text on which two readers disagree."""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled
from domain.risk import Risk, with_derived
from domain.texts.analysis import Evidence, Reading, RiskLabel
from domain.texts.document import BY_PERSON, DocumentId
from domain.texts.second_reading import Opinion
from domain.words.vocabulary import Factuality, Scope

JUDGED_ACCUSATION = "信访办判断为检举控告"
"""The rule by which a text is restricted that a person called an accusation."""


class Verdict(Labelled):
    """What the text is."""

    HARDSHIP = "hardship", "有困难, 提为线索"
    NO_LEAD = "no_lead", "不是线索"
    ACCUSATION = "accusation", "转入限制件(检举控告)"


class Ending(Labelled):
    """What became of a judgement: the next run applies it, until then the petition office may withdraw it."""

    APPLIED = "applied", "已生效"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision: who, when, what. It outranks every reading by a machine, earlier or later."""

    document_id: DocumentId
    verdict: Verdict
    judged_by: str
    judged_at: datetime
    risks: frozenset[Risk] = frozenset()
    """The categories that the person ticked; empty unless the verdict is `hardship`."""
    scope: Scope = Scope.NONE
    relocation: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedJudgement:
    """A judgement with the number it was given when it was stored."""

    number: int
    judgement: Judgement


def person_reading(judgement: Judgement, first: Reading, second: Opinion) -> Reading:
    """The reading of the person: the ticked categories with the quotations of either reader, the second's first."""
    risks = with_derived(judgement.risks, relocation=judgement.relocation)
    return Reading(
        risk_probability=1.0,
        labels=tuple(
            RiskLabel(risk=risk, probability=1.0, evidence=_evidence(risk, second.labels, first.labels))
            for risk in Risk
            if risk in risks
        ),
        scope=judgement.scope,
        relocation=judgement.relocation,
        accusation=False,
        urgent=judgement.urgent,
        factuality=Factuality.CURRENT,
        groups=first.groups,
        model=f"{BY_PERSON}:{judgement.judged_by}",
    )


def _evidence(risk: Risk, *readers: tuple[RiskLabel, ...]) -> tuple[Evidence, ...]:
    wanted = Risk.UNEMPLOYMENT if risk is Risk.RELOCATION_UNEMPLOYMENT else risk
    return next((label.evidence for labels in readers for label in labels if label.risk is wanted), ())
