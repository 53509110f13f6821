"""Which texts the second reader is asked about: those the classifier doubts, once each, never an accusation."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.texts.document import DocumentId
from domain.texts.second_reading import RequestStep, SecondReading, agree
from pipeline.stages.classify import PASSED_BY, Classify
from pipeline.stages.stage import Step, done, skipped
from storage.unit_of_work import UnitOfWork

MOST_TRIES = 3
"""A text whose answers break the rules so often is not asked about again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Which texts are doubtful."""

    low: float
    high: float
    most_characters: int


def set_aside(
    work: UnitOfWork, document_id: DocumentId, doubt: Doubt, *, first_model: str, version: str, at: datetime
) -> Step | None:
    """How the text is dealt with unasked, None when it is to be asked about."""
    kept = kept_back(work, document_id)
    if kept is not None:
        return kept
    first = work.analyses.of_model(document_id, first_model)
    if first is None and _passed_by(work, document_id):
        return skipped("certain", "初筛没有见到困难, 不问")
    if first is None and work.accusations.released([document_id]):
        # It goes on by the office's word, also where this classifier has not read it yet.
        return skipped("judged", "信访办已认定不是检举控告, 不问")
    if first is None:
        raise LookupError(f"document {document_id} was classified without an analysis by {first_model}")
    if not doubt.low <= first.reading.risk_probability <= doubt.high:
        return skipped("certain", "分类器有把握, 不问")
    known = work.second_readings.latest(document_id, version=version)
    if known is not None:
        agrees = agree(first.reading, known.opinion)
        return record(work, replace(known, first_model=first_model, agrees=agrees, at=at))
    return _not_to_be_sent(work, document_id, doubt, version)


def kept_back(work: UnitOfWork, document_id: DocumentId) -> Step | None:
    """How the text is dealt with where people or accusations forbid to send it, None where they do not."""
    if any(work.routes.restriction(one) is not None for one in work.duplicates.alike(document_id)):
        return skipped("restricted", "检举控告或它的重复件, 不发给第二判读")
    if document_id in work.judgements.standing([document_id]):
        return skipped("judged", "信访办已作判断, 不再问")
    return None


def _passed_by(work: UnitOfWork, document_id: DocumentId) -> bool:
    details = [crumb.detail for crumb in work.breadcrumbs.of(document_id) if crumb.stage == Classify.name]
    return details[-1:] == [PASSED_BY]


def record(work: UnitOfWork, reading: SecondReading) -> Step:
    """Append the reading; the step says whether the readers agree."""
    work.second_readings.add(reading)
    return done("agrees" if reading.agrees else "disagrees")


def _not_to_be_sent(work: UnitOfWork, document_id: DocumentId, doubt: Doubt, version: str) -> Step | None:
    if len(work.documents.get(document_id).content) > doubt.most_characters:
        return skipped("too_long", f"超过{doubt.most_characters}字, 不发给第二判读")
    cluster = work.duplicates.cluster_of(document_id)
    if work.second_requests.first_sent(cluster, version) not in {None, document_id}:
        return skipped("member_of", "同一件事的另一份材料已经问过")
    steps = work.second_requests.steps(cluster, version)
    if steps[RequestStep.SENT] - steps[RequestStep.UNREACHABLE] >= MOST_TRIES:
        return skipped("given_up", f"问了{MOST_TRIES}次都没有得到合规则的作答")
    return None
