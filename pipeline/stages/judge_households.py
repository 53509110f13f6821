"""Gives effect to what cadres said of texts and households, and to what they took back; at the end of every run.

The stages link and lead run again for the text and for its repeats, and for nothing else. A verdict that no run has
seen counts already whenever the text is linked; here its lead follows.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.clock import Clock
from domain.counting.stage_report import StageReport
from domain.links.household_judgement import JudgementEvent
from domain.texts.document import BY_PERSON, DocumentId, Outcome
from nlp.repeats.copied_letters import first_of_each_household
from pipeline.stages.lead import LeadStage
from pipeline.stages.link import LinkStage
from pipeline.stages.run import attempt
from pipeline.stages.stage import Step, done
from storage.joined.standing_judgements import bears_on, in_order_of_arrival
from storage.register.household_judgements import STAGE, event_version
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_AT_ONCE = 100
_GIVEN, _TAKEN_BACK = "干部判断了是不是这一户", "干部撤销了对这一户的判断"


def apply_household_judgements(store: Store, link: LinkStage, lead: LeadStage, clock: Clock) -> StageReport:
    """One transaction for each hundred verdicts and undoings; the counts by what became of the texts' leads."""
    started, details, seen = time.perf_counter(), Counter[str](), 0
    while events := _apply(store, link, lead, clock.now(), details):
        seen += events
    outcomes = Counter({Outcome.DONE: seen})
    return StageReport.counted(STAGE, BY_PERSON, outcomes, details, seconds=time.perf_counter() - started)


def _apply(store: Store, link: LinkStage, lead: LeadStage, at: datetime, details: Counter[str]) -> int:
    with store.unit_of_work() as work:
        events = work.household_judgements.waiting(_AT_ONCE)
        if not events:
            return 0
        concerned = {document_id: event for event in events for document_id in _concerned(work, event)}
        _link_again(work, link, concerned, at)
        leads = _lead_again(work, lead, concerned, at)
        for event in events:
            step = leads.get(event.document_id, done("not_linked"))
            details[step.detail] += 1
            said = _TAKEN_BACK if event.undone else _GIVEN
            crumb = Step(Outcome.DONE, step.detail, said).crumb(event.document_id, STAGE, event_version(event), at)
            work.breadcrumbs.append(crumb)
        work.commit()
    return len(events)


def _concerned(work: UnitOfWork, event: JudgementEvent) -> list[DocumentId]:
    """The text and those of its repeats that the judgement bears on, as far as they were linked before."""
    members = sorted({event.document_id, *work.duplicates.members(event.cluster_id)})
    firsts = first_of_each_household(in_order_of_arrival(work.documents.many(members)))
    bearing = [one for one in members if bears_on(firsts, event.document_id, one)]
    return [one for one in bearing if work.links.latest(one) is not None]


def _link_again(work: UnitOfWork, stage: LinkStage, concerned: dict[DocumentId, JudgementEvent], at: datetime) -> None:
    for document_id, item in stage.load(work, list(concerned)):
        event = event_version(concerned[document_id])
        outcome = replace(stage.outcome(item), version=f"{stage.version}+{event}")
        work.links.add(outcome, at)
        work.breadcrumbs.append(done(outcome.decision.value).crumb(document_id, stage.name, event, at))


def _lead_again(
    work: UnitOfWork, stage: LeadStage, concerned: dict[DocumentId, JudgementEvent], at: datetime
) -> dict[DocumentId, Step]:
    steps: dict[DocumentId, Step] = {}
    for document_id, item in stage.load(work, _read(work, list(concerned))):
        event = concerned[document_id]
        because = _TAKEN_BACK if event.undone else _GIVEN
        step = attempt(stage, work, replace(item, because=because), at)
        work.breadcrumbs.append(step.crumb(document_id, stage.name, event_version(event), at))
        steps[document_id] = step
    return steps


def _read(work: UnitOfWork, ids: Sequence[DocumentId]) -> list[DocumentId]:
    return [one for one in ids if work.analyses.latest(one) is not None]
