"""Gives effect to what people decided about texts on which two readers disagree; once each, at the start of a run.

Until then a decision can be withdrawn. Of the two, whichever is stored first counts.
"""

import time
from collections import Counter
from datetime import datetime

from domain.clock import Clock
from domain.counting.stage_report import StageReport
from domain.leads.lead import SYSTEM, LeadNote
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import BY_PERSON, Outcome
from domain.texts.judgement import Ending, Judgement, NumberedJudgement, Verdict, person_reading
from pipeline.stages.classify import Classify
from pipeline.stages.stage import Step
from storage.store import Store
from storage.unit_of_work import UnitOfWork

NAME = "judge"
_REMARKS = {
    Verdict.HARDSHIP: "已有专人看过原文, 认为确有困难: {}",
    Verdict.NO_LEAD: "已有专人看过原文, 认为说的不是困难, 请照常核实后处理",
}
"""They do not name the petition office: a village would learn by which door the matter came in."""


def apply_judgements(store: Store, clock: Clock) -> StageReport:
    """One transaction for each judgement; the counts by verdict."""
    started, at = time.perf_counter(), clock.now()
    with store.reading() as work:
        waiting = work.judgements.waiting()
    verdicts = Counter(numbered.judgement.verdict.value for numbered in waiting if _apply(store, numbered, at))
    outcomes = Counter({Outcome.DONE: verdicts.total()})
    return StageReport.counted(NAME, BY_PERSON, outcomes, verdicts, seconds=time.perf_counter() - started)


def _apply(store: Store, numbered: NumberedJudgement, at: datetime) -> bool:
    judgement = numbered.judgement
    with store.unit_of_work() as work:
        if not work.judgements.end(numbered.number, Ending.APPLIED, SYSTEM, at):
            return False
        if judgement.verdict is Verdict.HARDSHIP:
            _read_by_person(work, judgement, at)
        _remark(work, judgement)
        step = _step(judgement, judgement.verdict.value)
        work.breadcrumbs.append(step.crumb(judgement.document_id, NAME, f"{BY_PERSON}-{numbered.number}", at))
        work.commit()
    return True


def _read_by_person(work: UnitOfWork, judgement: Judgement, at: datetime) -> None:
    """The person's reading, and the breadcrumb that lets the text go on as if the classifier had tagged it."""
    first = work.analyses.latest(judgement.document_id)
    second = work.second_readings.latest(judgement.document_id)
    if first is None or second is None:
        raise LookupError(f"document {judgement.document_id} was judged without two readings")
    reading = person_reading(judgement, first.reading, second.opinion)
    work.analyses.add(Analysis(document_id=judgement.document_id, reading=reading), at)
    crumb = _step(judgement, "judged").crumb(judgement.document_id, Classify.name, BY_PERSON, at)
    work.breadcrumbs.append(crumb)


def _remark(work: UnitOfWork, judgement: Judgement) -> None:
    """A remark for whoever works on a lead that the text had raised already; the lead itself stays as it is."""
    if judgement.verdict not in _REMARKS:
        return
    categories = "、".join(risk.label for risk in Risk if risk in judgement.risks)
    for lead_id in work.leads.of_document(judgement.document_id):
        note = LeadNote(
            lead_id=lead_id,
            document_id=judgement.document_id,
            written_by=judgement.judged_by,
            written_at=judgement.judged_at,
            text=_REMARKS[judgement.verdict].format(categories),
        )
        work.leads.add_note(note)


def _step(judgement: Judgement, detail: str) -> Step:
    return Step(Outcome.DONE, detail, f"{judgement.judged_by}判断: {judgement.verdict.label}")
