"""Stage lead: opens a lead for a household and matter, or adds evidence to the one that is open."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.analysis import Reading
from domain.clock import china_date
from domain.document import Document, DocumentId
from domain.errors import SkipRecord
from domain.household import Household
from domain.judgement import Judgement, Verdict
from domain.lead import OPEN_STATUSES, Decision, DueDates, Lead, LeadEvidence, LeadId, LeadStatus, LeadView
from domain.link import Link, LinkDecision
from domain.region import RegionCode
from domain.vocabulary import Channel, Route, Scope
from pipeline.matter import matter_of
from pipeline.policy.tables import Policy
from pipeline.priority import Standing, assess
from pipeline.stage import Stage, Step, done
from storage.unit_of_work import UnitOfWork

SYSTEM = "system"
"""Who is written as the author of what no person decided."""


@dataclass(frozen=True, slots=True)
class LeadItem:
    """A document with everything earlier stages said of it."""

    document: Document
    reading: Reading
    link: Link
    household: Household | None
    cluster_id: DocumentId
    judgement: Judgement | None
    """What a person decided about the text, once nobody can withdraw it any more."""


class LeadStage(Stage[LeadItem]):
    """One lead per household and open matter; later texts add evidence and may raise its priority."""

    name = "lead"
    version = "lead-1"

    def __init__(self, policy: Policy, county: RegionCode) -> None:
        """Take time limits and points from `policy`; texts about places outside `county` open nothing."""
        self._policy = policy
        self._county = county

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, LeadItem]]:
        """The documents with their analyses, links and households."""
        links = {document_id: work.links.latest(document_id) for document_id in ids}
        households = work.registry.households(
            sorted({link.household_id for link in links.values() if link and link.household_id})
        )
        judgements = work.judgements.in_force(ids)
        items = []
        for document in work.documents.many(ids):
            link, analysis = links[document.id], work.analyses.latest(document.id)
            if link is None or analysis is None:
                raise LookupError(f"document {document.id} reached the lead stage without link or analysis")
            household = households.get(link.household_id) if link.household_id else None
            cluster, judgement = work.duplicates.cluster_of(document.id), judgements.get(document.id)
            items.append((document.id, LeadItem(document, analysis.reading, link, household, cluster, judgement)))
        return items

    def process(self, work: UnitOfWork, item: LeadItem, at: datetime) -> Step:
        """Append a lead or evidence; what is not about this county ends here, and what a person took out."""
        earlier = work.leads.of_document(item.document.id)
        _check_open(work, item, in_a_lead=bool(earlier))
        region = self._region(item)
        matter = matter_of(item.link, item.reading, item.cluster_id)
        if earlier and not _now_at_a_better_door(work, earlier, item):
            return done("unchanged")
        current = next((view for view in work.leads.by_matter(matter) if view.status in OPEN_STATUSES), None)
        step = self._join(work, current, item, at) if current else self._open(work, item, region, matter, at)
        for lead_id in earlier:
            _retire_if_empty(work, lead_id, at)
        return step

    def _region(self, item: LeadItem) -> RegionCode:
        region = item.link.village
        if region is not None and not self._county.contains(region):
            raise SkipRecord("说的是外县的事, 不在本县范围", reason="elsewhere")
        if region is None and item.document.channel is Channel.NEWS:
            raise SkipRecord("报道没有写到本县的乡镇或村", reason="no_local_place")
        return region or item.document.region or self._county

    def _open(self, work: UnitOfWork, item: LeadItem, region: RegionCode, matter: str, at: datetime) -> Step:
        priority, reasons = assess(_standing((item.reading,), 1, item.household, at), self._policy.priority)
        lead = Lead(
            id=LeadId(hashlib.sha256(f"{matter}|{item.document.id}".encode()).hexdigest()[:12]),
            household_id=item.link.household_id,
            region=region,
            scope=item.reading.scope,
            matter=matter,
            risks=item.reading.risks,
            opened_at=at,
            due=self._due(region, at),
            priority=priority,
            priority_reasons=reasons,
        )
        work.leads.add(lead)
        work.leads.add_evidence(_evidence(lead.id, item, at))
        return done("raised")

    def _join(self, work: UnitOfWork, current: LeadView, item: LeadItem, at: datetime) -> Step:
        work.leads.add_evidence(_evidence(current.lead.id, item, at))
        documents = [*(one.document_id for one in current.evidence), item.document.id]
        analyses = [work.analyses.latest(document_id) for document_id in documents]
        readings = tuple(analysis.reading for analysis in analyses if analysis)
        priority, reasons = assess(_standing(readings, len(documents), item.household, at), self._policy.priority)
        work.leads.assess(current.lead.id, priority, reasons, at)
        return done("merged")

    def _due(self, region: RegionCode, at: datetime) -> DueDates:
        opened = china_date(at)
        limit = self._policy.time_limits.in_force(region, opened)
        return DueDates(
            pass_on=opened + timedelta(days=limit.pass_on_days),
            visit=opened + timedelta(days=limit.visit_days),
            decide=opened + timedelta(days=limit.decide_days),
        )


def _check_open(work: UnitOfWork, item: LeadItem, *, in_a_lead: bool) -> None:
    """SkipRecord for a text that became restricted on the way, or that a person judged to be no lead before it was."""
    rule, judgement = work.routes.restriction(item.document.id), item.judgement
    if rule is not None:
        raise SkipRecord(f"{Route.RESTRICTED.label}: {rule}", reason="restricted")
    if judgement is not None and judgement.verdict is Verdict.NO_LEAD and not in_a_lead:
        raise SkipRecord(f"信访办判断{Verdict.NO_LEAD.label}", reason="judged")


def _standing(
    readings: tuple[Reading, ...], evidence_count: int, household: Household | None, at: datetime
) -> Standing:
    return Standing(
        risks=frozenset(risk for reading in readings for risk in reading.risks),
        urgent=any(reading.urgent for reading in readings),
        scope=Scope.AREA if any(reading.scope is Scope.AREA for reading in readings) else Scope.HOUSEHOLD,
        readings=readings,
        evidence_count=evidence_count,
        household=household,
        year=china_date(at).year,
    )


def _evidence(lead_id: LeadId, item: LeadItem, at: datetime) -> LeadEvidence:
    return LeadEvidence(
        lead_id=lead_id,
        document_id=item.document.id,
        risks=item.reading.risks,
        urgent=item.reading.urgent,
        added_at=at,
    )


def _now_at_a_better_door(work: UnitOfWork, earlier: Sequence[LeadId], item: LeadItem) -> bool:
    """True when the register now names a household for a text whose leads, all untouched by people, had none."""
    if item.link.decision is not LinkDecision.LINKED:
        return False
    views = [view for view in (work.leads.get(lead_id) for lead_id in earlier) if view]
    return all(view.lead.household_id is None and view.status is LeadStatus.NEW for view in views)


def _retire_if_empty(work: UnitOfWork, lead_id: LeadId, at: datetime) -> None:
    view = work.leads.get(lead_id)
    if view is None or any(len(work.leads.of_document(one.document_id)) < 2 for one in view.evidence):
        return
    reason = "登记册更新后已关联到户, 材料全部并入该户的线索"
    work.decisions.append(
        Decision(lead_id=lead_id, status=LeadStatus.DUPLICATE, decided_by=SYSTEM, decided_at=at, reason=reason)
    )
