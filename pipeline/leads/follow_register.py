"""Open leads follow their households into a new version of the register, in the transaction that takes it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.leads.lead import OPEN_STATUSES, SYSTEM, LeadEvidence, LeadId, LeadNote, LeadView
from domain.places.region import Level, RegionCode
from domain.register.household import HouseholdId
from domain.register.register_change import HouseholdChangeKind, RegisterDiff, Succession
from pipeline.leads.matter import household_matter, unsourced_matter
from pipeline.leads.moves import move, retire
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What became of the open leads of households that changed their number or village, or are gone."""

    moved: int = 0
    to_review: int = 0
    gone: int = 0


def follow_register(work: UnitOfWork, diff: RegisterDiff, version: int, at: datetime) -> Followed:
    """Point the open leads at the successors; where it is not clear who they are, a person has to choose.

    A household that keeps its number and is registered in another village, all of it, takes its leads there. The
    numbers of the successions in `diff` mean the households of the version before `version`; of those that are gone
    nobody is in the register any more. A lead without a text stays with who has it, and has its household's matter
    while the household lives there.
    """
    by_number = {one.household_id: one for one in diff.successions}
    gone = sorted(one.household_id for one in diff.households if one.kind is HouseholdChangeKind.GONE)
    # Where somebody left, the number alone does not say where the family lives now.
    whole = {one.household_id for one in diff.households if one.kind is HouseholdChangeKind.MOVED and not one.related}
    stayed = {one.id: one.village for one in diff.replaced if one.id in whole and one.id not in by_number}
    homes = {one.id: one.village for one in (*diff.added, *diff.replaced) if one.id not in by_number}
    concerned = [*work.leads.open_of_households(sorted({*by_number, *gone})), *_left_behind(work, stayed)]
    concerned += _unsourced_elsewhere(work, homes)
    # Whoever closes one of them at this moment comes before, or reads what happened to it.
    work.leads.hold([view.lead.id for view in concerned])
    waiting = {view.lead.id: view for view in work.leads.open_of_households(sorted(by_number))}
    ended, left_behind = work.leads.open_of_households(gone), _left_behind(work, stayed)
    villages = _villages(work, diff.successions)
    moved = to_review = 0
    # First, or texts of a household that moves in with this one would join a lead in a village that it has left.
    for view in _unsourced_elsewhere(work, homes):
        number = HouseholdId(view.lead.household_id or "")
        where = "本村" if homes[number] == view.lead.region else "另一个村"
        reason = f"台账第{version}版: 户编号{number}的户现在登记在{where}"
        move(work, view, number, view.lead.region, _matter_in(view, number, homes), reason, at)
    # Those without a text last: the one that has texts, and what was done for them, is not given up for them.
    for view in sorted(waiting.values(), key=lambda one: one.lead.unsourced):
        # The lead that is on its way itself from the number that the successor has now is another household's.
        del waiting[view.lead.id]
        succession = by_number[HouseholdId(view.lead.household_id or "")]
        reason = f"台账第{version}版: {succession.reason}"
        if succession.clear:
            _to_successor(work, view, succession, villages, waiting, reason, at)
            moved += 1
        else:
            _to_review(work, view, succession, villages, version, reason, at)
            to_review += 1
    for view in left_behind:
        number = HouseholdId(view.lead.household_id or "")
        reason = f"台账第{version}版: 户编号{number}的户现在登记在另一个村"
        move(work, view, number, stayed[number], view.lead.matter, reason, at)
    for view in ended:
        _note(work, view, f"台账第{version}版中已没有这一户的人(去世、迁出或漏报), 请核实", at)
    return Followed(moved=moved + len(left_behind), to_review=to_review, gone=len(ended))


def _left_behind(work: UnitOfWork, stayed: Mapping[HouseholdId, RegionCode]) -> list[LeadView]:
    """The leads that lie in another village than their household now; one without a text stays with who has it."""
    return [
        view
        for view in work.leads.open_of_households(sorted(stayed))
        if not view.lead.unsourced and view.lead.region != stayed[HouseholdId(view.lead.household_id or "")]
    ]


def _unsourced_elsewhere(work: UnitOfWork, homes: Mapping[HouseholdId, RegionCode]) -> list[LeadView]:
    """The leads without a text that have the matter of a household which lives elsewhere now, or is back."""
    views = [one for one in work.leads.open_of_households(sorted(homes)) if one.lead.unsourced]
    return [one for one in views if one.lead.matter != _matter_in(one, HouseholdId(one.lead.household_id or ""), homes)]


def _matter_in(view: LeadView, number: HouseholdId, homes: Mapping[HouseholdId, RegionCode]) -> str:
    return unsourced_matter(number, view.lead.region, homes.get(number))


def _villages(work: UnitOfWork, successions: Sequence[Succession]) -> dict[HouseholdId, RegionCode]:
    numbers = {number for one in successions for number in one.successors}
    return {number: one.village for number, one in work.registry.households(sorted(numbers)).items()}


def _to_successor(
    work: UnitOfWork,
    view: LeadView,
    succession: Succession,
    villages: Mapping[HouseholdId, RegionCode],
    waiting: Mapping[LeadId, LeadView],
    reason: str,
    at: datetime,
) -> None:
    heir = succession.successors[0]
    if view.lead.unsourced:
        # It stays with who has it: its division was chosen so that the source stays hidden.
        move(work, view, heir, view.lead.region, _matter_in(view, heir, villages), reason, at)
        return
    matter = household_matter(heir)
    there = [one for one in work.leads.by_matter(matter) if one.status in OPEN_STATUSES and one.lead.id not in waiting]
    if not there:
        move(work, view, heir, villages[heir], matter, reason, at)
        return
    for evidence in view.evidence:
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=there[0].lead.id,
                document_id=evidence.document_id,
                risks=evidence.risks,
                urgent=evidence.urgent,
                added_at=at,
            )
        )
        work.leads.leave(view.lead.id, evidence.document_id, at)
    retire(work, view, f"{reason}, 材料并入线索 {there[0].lead.id}", at)
    _note(work, there[0], f"{reason}, 线索 {view.lead.id} 并入这一条", at)


def _to_review(
    work: UnitOfWork,
    view: LeadView,
    succession: Succession,
    villages: Mapping[HouseholdId, RegionCode],
    version: int,
    reason: str,
    at: datetime,
) -> None:
    among = {villages[one] for one in succession.successors if one in villages}
    elsewhere = among - {view.lead.region} if view.lead.region.level is Level.VILLAGE else set()
    region = view.lead.region.ancestor(Level.TOWN) if elsewhere else view.lead.region
    matter = f"successors:{succession.household_id}:{version}"
    move(work, view, None, region, matter, reason, at)


def _note(work: UnitOfWork, view: LeadView, text: str, at: datetime) -> None:
    for evidence in view.evidence[:1]:
        work.leads.add_note(
            LeadNote(
                lead_id=view.lead.id,
                document_id=evidence.document_id,
                written_by=SYSTEM,
                written_at=at,
                text=text[:200],
            )
        )
