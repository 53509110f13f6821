"""Stage lead: opens a lead for a household and matter, or adds evidence to the one that is open."""

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.accounts.access_scope import AccessScope
from domain.clock import china_date
from domain.failures.errors import SkipRecord
from domain.leads.lead import OPEN_STATUSES, Lead, LeadEvidence, LeadId, LeadStatus, LeadView
from domain.links.household_judgement import CONFIRMED_BY_CADRE
from domain.links.link import Link, LinkDecision
from domain.places.region import Level, RegionCode
from domain.register.household import Household
from domain.risk import Risk
from domain.texts.analysis import Reading
from domain.texts.document import Document, DocumentId
from domain.texts.judgement import Judgement, Verdict
from domain.words.vocabulary import Channel, Route, Scope
from nlp.repeats.series import series_among, voices
from pipeline.leads.due_dates import due_dates, sooner
from pipeline.leads.matter import matter_of, petitions_about
from pipeline.leads.moves import leave, may_carry_its_history, move, retired_before, take_up_again
from pipeline.leads.petitions import Petition, alone, matter_kept, matter_of_the_same_person, petitions_of
from pipeline.leads.priority import Standing, assess
from pipeline.leads.versions import NEWER_VERSION, left_by_newer_version
from pipeline.policy.tables import Policy
from pipeline.stages.stage import Stage, Step, done
from storage.joined.matter_documents import documents_of_matter
from storage.unit_of_work import UnitOfWork

_BETTER_DOOR = "登记册更新后已关联到户, 材料全部并入该户的线索"


@dataclass(frozen=True, slots=True)
class LeadItem:
    """A document with everything earlier stages said of it."""

    document: Document
    reading: Reading
    risks: frozenset[Risk]
    """What the lead is opened or joined for."""
    link: Link
    household: Household | None
    petition: Petition
    """What the text is or repeats."""
    judgement: Judgement | None
    """What a person decided about the text, once nobody can withdraw it any more."""
    because: str = ""
    """What a person said of the household that lets the text move to another lead; empty when nobody said anything."""


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
        petitions = petitions_of(work, [one for one, link in links.items() if link and link.household_id is None])
        items = []
        for document in work.documents.many(ids):
            link, analysis = links[document.id], work.analyses.latest(document.id)
            if link is None or analysis is None:
                raise LookupError(f"document {document.id} reached the lead stage without link or analysis")
            household, reading = households.get(link.household_id) if link.household_id else None, analysis.reading
            petition, judgement = petitions.get(document.id, alone(document.id)), judgements.get(document.id)
            item = LeadItem(document, reading, reading.risks, link, household, petition, judgement)
            items.append((document.id, item))
        return items

    def process(self, work: UnitOfWork, item: LeadItem, at: datetime) -> Step:
        """Append a lead or evidence; what is not about this county ends here, and what a person took out."""
        earlier = _held(work, work.leads.of_document(item.document.id))
        _check_open(work, item, in_a_lead=bool(earlier))
        region = self._region(item, earlier)
        matter = self._matter(work, item)
        if earlier and not item.because and not _now_at_a_better_door(work, earlier, item, matter):
            return done("unchanged")
        if not earlier and _was_replaced(work, item):
            return done("unchanged")
        item = _with_risks_of(earlier, item)
        there = {view.lead.id for view in _of_matter(work, matter)} if earlier else set()
        staying = [view for view in earlier if view.lead.id in there]
        leaving = [view for view in earlier if view.lead.id not in there and view.status in OPEN_STATUSES]
        if staying and not leaving:
            return self._point(work, item, staying, region, matter, at)
        step = done("moved") if staying else self._to_its_lead(work, item, leaving, region, matter, at)
        reason = f"{item.because}, 材料已转到另一条线索" if item.because else _BETTER_DOOR
        for view in leaving:
            self._leave(work, view, item.document.id, reason, at)
        for view, older in left_by_newer_version(work, item.document.id, matter, at):
            self._leave(work, view, older, NEWER_VERSION, at)
        return step

    def _matter(self, work: UnitOfWork, item: LeadItem) -> str:
        """The matter's key; where an open lead holds the petition, or one of the same person, the key of that lead."""
        matter, village = matter_of(item.link, item.reading, item.petition.id), item.link.village
        if not matter.startswith(petitions_about(village)):
            return matter
        kept = matter_kept(work, item.petition, petitions_about(village))
        if kept is None and village is not None:
            kept = matter_of_the_same_person(work, item.document, item.petition, item.risks, village)
        return kept or matter

    def _region(self, item: LeadItem, earlier: Sequence[LeadView]) -> RegionCode:
        region = item.link.village
        if region is not None and not self._county.contains(region):
            raise SkipRecord("说的是外县的事, 不在本县范围", reason="elsewhere")
        if region is None and item.document.channel is Channel.NEWS:
            if not earlier:
                raise SkipRecord("报道没有写到本县的乡镇或村", reason="no_local_place")
            return _town_of(earlier[0].lead.region)
        return region or item.document.region or self._county

    def _to_its_lead(
        self, work: UnitOfWork, item: LeadItem, leaving: list[LeadView], region: RegionCode, matter: str, at: datetime
    ) -> Step:
        """Join the open lead of the matter, or take the own one along, or the former one up again, or open one."""
        there = [view.lead.id for view in _of_matter(work, matter) if view.status in OPEN_STATUSES]
        current = next((view for view in _held(work, there) if view.status in OPEN_STATUSES), None)
        if current is not None:
            return self._join(work, current, item, at)
        whole = next((view for view in leaving if self._goes_along(work, view, item, region, matter)), None)
        if whole is not None:
            leaving.remove(whole)
            return self._take_along(work, whole, item, region, matter, at)
        former = retired_before(work, item.document.id, matter) if item.because else None
        if former is not None:
            take_up_again(work, former, item.because, at)
            return self._join(work, former, item, at)
        return self._open(work, item, region, matter, at)

    def _point(
        self, work: UnitOfWork, item: LeadItem, staying: list[LeadView], region: RegionCode, matter: str, at: datetime
    ) -> Step:
        """Leave the text where it is; a lead that another one was merged into goes where all its texts go now."""
        others = [view for view in staying if view.lead.matter != matter and view.status in OPEN_STATUSES]
        whole = next((view for view in others if self._goes_along(work, view, item, region, matter)), None)
        return done("unchanged") if whole is None else self._take_along(work, whole, item, region, matter, at)

    def _take_along(
        self, work: UnitOfWork, view: LeadView, item: LeadItem, region: RegionCode, matter: str, at: datetime
    ) -> Step:
        move(work, view, item.link.household_id, region, matter, item.because, at)
        moved = [one.document_id for one in view.evidence]
        self._assess(work, replace(view.lead, region=region, matter=matter), moved, item.household, at)
        return done("moved")

    def _goes_along(self, work: UnitOfWork, view: LeadView, item: LeadItem, region: RegionCode, matter: str) -> bool:
        """True when the whole lead may go where the text goes: all that it says does, and no reader learns too much."""
        others = [one.document_id for one in view.evidence if one.document_id != item.document.id]
        return (
            bool(item.because)
            and not view.lead.unsourced
            and may_carry_its_history(view, region)
            and all(one == matter for one in _matters_now(work, others))
        )

    def _leave(self, work: UnitOfWork, view: LeadView, document_id: DocumentId, reason: str, at: datetime) -> None:
        if not leave(work, view, document_id, reason, at):
            staying = [one.document_id for one in view.evidence if one.document_id != document_id]
            household = view.lead.household_id
            known = work.registry.households([household] if household else [])
            at_home = known.get(household) if household else None
            self._assess(work, view.lead, staying, at_home, at)

    def _open(self, work: UnitOfWork, item: LeadItem, region: RegionCode, matter: str, at: datetime) -> Step:
        heard = _heard(work, region, matter, [item.document.id], item.risks)
        priority, reasons = assess(_standing((item.reading,), heard, item.household, at), self._policy.priority)
        lead = Lead(
            id=_new_id(work, f"{matter}|{item.document.id}"),
            household_id=item.link.household_id,
            region=region,
            scope=item.reading.scope,
            matter=matter,
            risks=item.risks,
            opened_at=at,
            due=due_dates(self._policy, region, at, urgent=item.reading.urgent),
            priority=priority,
            priority_reasons=reasons,
        )
        work.leads.add(lead, _evidence(lead.id, item, at))
        return done("raised")

    def _join(self, work: UnitOfWork, current: LeadView, item: LeadItem, at: datetime) -> Step:
        work.leads.add_evidence(_evidence(current.lead.id, item, at))
        documents = list(dict.fromkeys([*(one.document_id for one in current.evidence), item.document.id]))
        lead = current.lead
        if item.reading.urgent and not any(one.urgent for one in current.evidence):
            at_once = due_dates(self._policy, lead.region, at, urgent=True)
            work.leads.set_due(lead.id, sooner(lead.due, at_once), at)
        self._assess(work, lead, documents, item.household, at)
        return done("merged")

    def _assess(
        self,
        work: UnitOfWork,
        lead: Lead,
        documents: Sequence[DocumentId],
        household: Household | None,
        at: datetime,
    ) -> None:
        analyses = [work.analyses.latest(document_id) for document_id in documents]
        readings = tuple(analysis.reading for analysis in analyses if analysis)
        told = lead.risks if lead.unsourced else frozenset[Risk]()
        risks = told.union(*(reading.risks for reading in readings))
        voices, times = _heard(work, lead.region, lead.matter, documents, risks)
        # What no text tells of, one has told.
        standing = _standing(readings, (max(voices, 1), times), household, at)
        priority, reasons = assess(replace(standing, risks=risks), self._policy.priority)
        work.leads.assess(lead.id, priority, reasons, at)


def _held(work: UnitOfWork, ids: Sequence[LeadId]) -> list[LeadView]:
    """The leads as they stay until the transaction ends: nobody closes one while a text joins it or leaves it."""
    if not ids:
        return []
    work.leads.hold(ids)
    found = work.leads.many(ids)
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def _of_matter(work: UnitOfWork, matter: str) -> Iterator[LeadView]:
    """The leads of a matter, newest first; for one that a person merged into another, that other."""
    for view in work.leads.by_matter(matter):
        standing: LeadView | None = view
        while standing is not None and standing.status is LeadStatus.MERGED:
            other = standing.decisions[-1].other_lead
            standing = work.leads.get(other) if other else None
        if standing is not None:
            yield standing


def _check_open(work: UnitOfWork, item: LeadItem, *, in_a_lead: bool) -> None:
    """SkipRecord for a text that became restricted on the way, or that was found to be no lead before it was one.

    What the petition office opened again comes here whatever the newest reading finds in it.
    """
    rule, judgement = work.routes.restriction(item.document.id), item.judgement
    if rule is not None:
        raise SkipRecord(f"{Route.RESTRICTED.label}: {rule}", reason="restricted")
    if judgement is not None and judgement.verdict is Verdict.NO_LEAD and not in_a_lead:
        raise SkipRecord(f"信访办判断{Verdict.NO_LEAD.label}", reason="judged")
    if not item.risks and not in_a_lead:
        raise SkipRecord("没有读出当前的困难", reason="no_risk")


def _heard(
    work: UnitOfWork, region: RegionCode, matter: str, documents: Sequence[DocumentId], risks: frozenset[Risk]
) -> tuple[int, int]:
    """How many voices speak in these documents, and how often the most patient petitioner of the matter has come."""
    own = work.documents.found(documents)
    told = documents_of_matter(work, matter, risks, documents, AccessScope.everything_in(region))
    series = series_among(told.own, told.elsewhere)
    return voices(list(own.values()), work.duplicates.clusters(documents)), max(
        (one.length for one in series), default=1
    )


def _standing(
    readings: tuple[Reading, ...], heard: tuple[int, int], household: Household | None, at: datetime
) -> Standing:
    return Standing(
        risks=frozenset(risk for reading in readings for risk in reading.risks),
        urgent=any(reading.urgent for reading in readings),
        scope=Scope.AREA if any(reading.scope is Scope.AREA for reading in readings) else Scope.HOUSEHOLD,
        readings=readings,
        voices=heard[0],
        times=heard[1],
        household=household,
        year=china_date(at).year,
    )


def _evidence(lead_id: LeadId, item: LeadItem, at: datetime) -> LeadEvidence:
    return LeadEvidence(
        lead_id=lead_id,
        document_id=item.document.id,
        risks=item.risks,
        urgent=item.reading.urgent,
        added_at=at,
    )


def _was_replaced(work: UnitOfWork, item: LeadItem) -> bool:
    """True of a text that left its lead and whose newer version, the same text, open to all, is in one."""
    if item.link.candidates and item.link.candidates[0].why[0] == CONFIRMED_BY_CADRE:
        return False
    document_id = item.document.id
    versions = work.versions.all_of(document_id)
    newer = versions[versions.index(document_id) + 1 :]
    if not newer or not work.leads.left_by(document_id):
        return False
    clusters = work.duplicates.clusters([document_id, *newer])
    return any(
        clusters[one] == clusters[document_id] and work.routes.restriction(one) is None and work.leads.of_document(one)
        for one in newer
    )


def _now_at_a_better_door(work: UnitOfWork, earlier: Sequence[LeadView], item: LeadItem, matter: str) -> bool:
    """True when the register now names a household for a text whose leads, all untouched by people, had none."""
    if item.link.decision is not LinkDecision.LINKED:
        return False
    if any(view.lead.split_off for view in earlier):
        # The register would put what a person has split off back to where it was taken from.
        left = set(work.leads.left_by(item.document.id))
        if any(view.lead.id in left for view in _of_matter(work, matter)):
            return False
    return all(view.lead.household_id is None and (view.status is LeadStatus.NEW or view.untouched) for view in earlier)


def _with_risks_of(earlier: Sequence[LeadView], item: LeadItem) -> LeadItem:
    """The item with the categories that its leads show it for, where a later reader sees none any more."""
    shown = (one.risks for view in earlier for one in view.evidence if one.document_id == item.document.id)
    return item if item.risks else replace(item, risks=frozenset[Risk]().union(*shown))


def _matters_now(work: UnitOfWork, ids: Sequence[DocumentId]) -> Iterator[str]:
    """The matters of texts as they are linked now; what is restricted goes wherever its lead goes and has none."""
    petitions = petitions_of(work, ids)
    for document_id in ids:
        link, analysis = work.links.latest(document_id), work.analyses.latest(document_id)
        if link is not None and analysis is not None and work.routes.restriction(document_id) is None:
            yield matter_of(link, analysis.reading, petitions[document_id].id)


def _town_of(region: RegionCode) -> RegionCode:
    return region.ancestor(Level.TOWN) if region.level is Level.VILLAGE else region


def _new_id(work: UnitOfWork, material: str) -> LeadId:
    """An id from the content; a lead that once began with the same content and points elsewhere now keeps its own."""
    seeds = itertools.chain([material], (f"{material}|{number}" for number in itertools.count(1)))
    ids = (LeadId(hashlib.sha256(seed.encode()).hexdigest()[:12]) for seed in seeds)
    return next(one for one in ids if work.leads.get(one) is None)
