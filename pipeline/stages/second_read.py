"""Asks the second reader about doubtful texts. What it says is kept beside the first reading and changes nothing.

A request is noted before it is sent and its outcome after: killed in between, a text has lost one try, and no record
is made twice. Where the readers disagree, the text waits for a person (`review/pages/disagreements.py`).
"""

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.accounts.account import AuditEntry
from domain.clock import Clock
from domain.counting.stage_report import StageReport
from domain.failures.errors import AnswerRefused, ConfigError, SecondReaderError, SecondReaderFailed, SkipRecord
from domain.leads.lead import SYSTEM
from domain.texts.document import Document, DocumentId, Outcome
from domain.texts.second_reading import Opinion, RequestStep, SecondReading, agree
from nlp.mentions import MentionFinder
from nlp.second_reader.client import SecondReader
from nlp.second_reader.masking import mask
from pipeline.stages.classify import Classify
from pipeline.stages.doubt import Doubt, kept_back, record, set_aside
from pipeline.stages.run import Progress, chained
from pipeline.stages.stage import Step
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_LOG = logging.getLogger("pipeline.stages.second_read")
NAME = "second_read"
STOPPED = "stopped"
"""Among the details of a run that ended early."""
_IN_A_ROW = 5
"""So many requests without a usable answer end the run: something is wrong with the server, not with the texts."""
_BATCH = 200
_EVERYTHING = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReadReport:
    """The counts of one run; why it ended early, empty when it did not."""

    counts: StageReport
    stopped: str = ""

    @property
    def failed(self) -> bool:
        """True when the server did not do its part."""
        details = self.counts.details
        return bool(self.stopped or details.get(RequestStep.UNREACHABLE) or details.get(RequestStep.FAILED))


@dataclass(frozen=True, slots=True)
class Asked:
    """How one text was left: with a step, or without one and why."""

    step: Step | None
    detail: str
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class SecondRead:
    """One run after another over the texts that the classifier has read at its present version."""

    store: Store
    reader: SecondReader
    finder: MentionFinder
    clock: Clock
    doubt: Doubt
    first_model: str
    classified: str
    """Version of the classify stage in the chain."""

    @property
    def version(self) -> str:
        """Version of the breadcrumbs: another model, guide or classifier looks at every text again."""
        return chained(self.reader.version, self.classified)

    def run(self, most: int, progress: Progress) -> SecondReadReport:
        """Ask about at most `most` texts, those least often asked about first.

        Raises:
            ConfigError: when the server is not where it may be, or refuses the key or the model.
        """
        started_at, started = self.clock.now(), time.perf_counter()
        left: list[Asked] = []
        queue = self._queue(most, left)
        stopped = self._ask_all(queue[:most], left, progress)
        details = Counter(asked.detail for asked in left)
        if stopped:
            details[STOPPED] = 1
        outcomes = Counter(asked.step.outcome for asked in left if asked.step)
        report = StageReport.counted(NAME, self.version, outcomes, details, seconds=time.perf_counter() - started)
        with self.store.unit_of_work() as work:
            work.stage_runs.add(report, started_at)
            work.commit()
        return SecondReadReport(counts=report, stopped=stopped)

    def _ask_all(self, queue: Sequence[DocumentId], left: list[Asked], progress: Progress) -> str:
        in_a_row = 0
        for document_id in queue:
            asked = self._ask(document_id)
            left.append(asked)
            progress(NAME, 1)
            in_a_row = in_a_row + 1 if asked.step is None else 0
            if in_a_row == _IN_A_ROW:
                return f"连续{_IN_A_ROW}次没有得到可用的作答, 本次到此为止: {asked.message}"
        return ""

    def _queue(self, most: int, left: list[Asked]) -> list[DocumentId]:
        """The doubtful texts, those never sent first; what needs no asking is set aside on the way."""
        with self.store.reading() as work:
            pending = work.breadcrumbs.pending(
                NAME,
                self.version,
                after=(Classify.name, self.classified),
                limit=_EVERYTHING,
                outcomes=frozenset({Outcome.DONE, Outcome.SKIPPED}),
            )
        waiting: list[tuple[int, DocumentId]] = []
        for start in range(0, len(pending), _BATCH):
            with self.store.unit_of_work() as work:
                for document_id in pending[start : start + _BATCH]:
                    step = self._set_aside(work, document_id)
                    if step is None:
                        steps = work.second_requests.steps(work.duplicates.cluster_of(document_id), self.reader.version)
                        waiting.append((steps[RequestStep.SENT], document_id))
                    else:
                        left.append(Asked(step, step.detail))
                work.commit()
            if sum(sent == 0 for sent, _ in waiting) >= most:
                break
        return [document_id for _, document_id in sorted(waiting, key=lambda one: one[0])]

    def _set_aside(self, work: UnitOfWork, document_id: DocumentId) -> Step | None:
        at = self.clock.now()
        step = set_aside(
            work, document_id, self.doubt, first_model=self.first_model, version=self.reader.version, at=at
        )
        if step is not None:
            work.breadcrumbs.append(step.crumb(document_id, NAME, self.version, at))
        return step

    def _ask(self, document_id: DocumentId) -> Asked:
        document = self._reserve(document_id)
        if isinstance(document, Step):
            return Asked(document, document.detail)
        named = self.finder.find(document.title, document.text, petitioner_name=document.petitioner.name)
        masked = mask(document.content, named.persons, document.petitioner.name)
        try:
            opinion = self.reader.ask(masked, document.content, lambda: self._check_still_open(document_id))
        except SkipRecord as exc:
            return self._overtaken(document_id, exc.reason)
        except SecondReaderError as exc:
            return self._failed(document_id, exc)
        except ConfigError as exc:
            self._end(document_id, RequestStep.UNREACHABLE, exc.reason)
            raise
        return self._answered(document_id, opinion)

    def _reserve(self, document_id: DocumentId) -> Document | Step:
        """The text, its request noted; or how it was set aside, for a near-duplicate may have been sent meanwhile."""
        with self.store.unit_of_work() as work:
            step = self._set_aside(work, document_id)
            if step is None:
                self._note(work, document_id, RequestStep.SENT)
            document = work.documents.get(document_id)
            work.commit()
        return document if step is None else step

    def _check_still_open(self, document_id: DocumentId) -> None:
        """SkipRecord for a text that somebody restricted or judged while its request waited for its turn."""
        with self.store.reading() as work:
            kept = kept_back(work, document_id)
        if kept is not None:
            raise SkipRecord(kept.reason, reason=kept.detail)

    def _overtaken(self, document_id: DocumentId, reason: str) -> Asked:
        """The text set aside, its request ended without an answer."""
        with self.store.unit_of_work() as work:
            self._note(work, document_id, RequestStep.UNREACHABLE, reason)
            step = self._set_aside(work, document_id)
            work.commit()
        return Asked(step, step.detail if step else RequestStep.UNREACHABLE.value)

    def _failed(self, document_id: DocumentId, exc: SecondReaderError) -> Asked:
        steps = {AnswerRefused: RequestStep.REFUSED, SecondReaderFailed: RequestStep.FAILED}
        step = steps.get(type(exc), RequestStep.UNREACHABLE)
        _LOG.warning("document %s: second reader %s (%s)", document_id, step.value, exc.reason)
        self._end(document_id, step, exc.reason)
        return Asked(None, step.value, f"{step.label}({exc})")

    def _end(self, document_id: DocumentId, step: RequestStep, reason: str) -> None:
        with self.store.unit_of_work() as work:
            self._note(work, document_id, step, reason)
            work.commit()

    def _answered(self, document_id: DocumentId, opinion: Opinion) -> Asked:
        at = self.clock.now()
        with self.store.unit_of_work() as work:
            first = work.analyses.of_model(document_id, self.first_model)
            if first is None:
                raise LookupError(f"the first reading of document {document_id} is gone")
            reading = SecondReading(
                document_id=document_id,
                first_model=self.first_model,
                version=self.reader.version,
                opinion=opinion,
                agrees=agree(first.reading, opinion),
                at=at,
            )
            step = record(work, reading)
            work.breadcrumbs.append(step.crumb(document_id, NAME, self.version, at))
            self._note(work, document_id, RequestStep.ANSWERED, step.detail)
            work.commit()
        return Asked(step, step.detail)

    def _note(self, work: UnitOfWork, document_id: DocumentId, step: RequestStep, detail: str = "") -> None:
        """Keep the step for counting tries and in the audit log, which never holds a word of the text."""
        at = self.clock.now()
        work.second_requests.add(document_id, work.duplicates.cluster_of(document_id), self.reader.version, step, at)
        said = " ".join(part for part in (self.reader.version, step.value, detail) if part)
        work.audit.append(AuditEntry(at=at, actor=SYSTEM, action=NAME, subject=document_id, detail=said))
