"""Two leads of one household become one, and one text becomes a lead of its own. Texts move, nothing is deleted."""

import hashlib
from dataclasses import replace
from datetime import datetime

from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import ReviewError
from domain.leads.lead import SPLIT_OFF, Decision, Lead, LeadEvidence, LeadId, LeadNote, LeadView, Phase
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role
from review.rights import access
from review.rights.lead_doors import require_open
from review.shown.views import open_evidence
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_MERGEABLE = frozenset({Phase.OPEN, Phase.VERIFIED})
MAY_SPLIT = frozenset({Role.TOWN, Role.CLERK, Role.LEADER})
_LONGEST_REASON = 150


def require_mergeable(work: UnitOfWork, account: Account, view: LeadView, other: LeadView) -> None:
    """What merging asks of both leads, beyond the one that goes on being one that may be named.

    Raises:
        NotAllowed: when somebody above has it, or it may touch the person.
        ReviewError: when it is of another village, or done, or there is no text to move. A text that is restricted now
            would move too, and by what it brings along a lead whose text became an accusation would be told apart from
            one that was registered by hand.
    """
    if not open_evidence(work, view):
        raise ReviewError("没有可以引用的材料的线索不并案; 还没有核查结论的可按「重复」办结, 写明继续办理的线索")
    if view.lead.region != other.lead.region or other.status.phase not in _MERGEABLE:
        raise ReviewError("只能并入同一村还在办的线索, 请核对编号")
    require_open(work, account, other)


def merge(work: UnitOfWork, view: LeadView, other: LeadView, decision: Decision) -> None:
    """Move every text of the lead to the other, which keeps the earlier days and the higher place in the feed."""
    at = decision.decided_at
    for evidence in view.evidence:
        work.leads.add_evidence(replace(evidence, lead_id=other.lead.id, added_at=at))
        work.leads.leave(view.lead.id, evidence.document_id, at)
    if view.lead.priority > other.lead.priority:
        work.leads.assess(other.lead.id, view.lead.priority, view.lead.priority_reasons, at)
    if view.evidence:
        _remark(work, other.lead.id, view.evidence[0].document_id, decision, f"线索 {view.lead.id} 并入这一条")


def take_apart(work: UnitOfWork, view: LeadView, merged: Decision, at: datetime) -> None:
    """Bring the texts back that came to the other lead with this merging, and only those."""
    if merged.other_lead is None:
        return
    came_along = work.leads.came_at(merged.other_lead, merged.decided_at)
    for evidence in work.leads.left_at(view.lead.id, merged.decided_at):
        work.leads.add_evidence(replace(evidence, added_at=at))
        if evidence.document_id in came_along:
            work.leads.leave(merged.other_lead, evidence.document_id, at)


def split(
    store: Store, account: Account, lead_id: LeadId, document_id: DocumentId, reason: str, at: datetime
) -> LeadId:
    """The id of the new lead that this text has now; it keeps the days of the old one, for the text has waited.

    Raises:
        NotAllowed: when the account may not, or somebody above has the lead.
        ReviewError: when the text is not in the lead or its only one, the lead is done, or the reason is missing.
    """
    access.require(account.role in MAY_SPLIT)
    with store.unit_of_work() as work:
        work.leads.hold([lead_id])
        view = work.leads.inside(lead_id, account.scope)
        if view is None:
            raise ReviewError("线索已不存在")
        require_open(work, account, view)
        text = _splittable(work, view, document_id, reason)
        opened = _lead_of_its_own(work, view, text, at)
        work.leads.add(opened, replace(text, lead_id=opened.id, added_at=at))
        work.leads.leave(lead_id, document_id, at)
        for one in (lead_id, opened.id):
            _note_split(work, account, one, document_id, f"{reason}, 材料另立线索", at)
        entry = AuditEntry(at=at, actor=account.username, action="split_lead", subject=lead_id, detail=opened.id)
        work.audit.append(entry)
        work.commit()
    return opened.id


def _splittable(work: UnitOfWork, view: LeadView, document_id: DocumentId, reason: str) -> LeadEvidence:
    """Of the texts that may be shown: an answer by all of them would tell that a hidden one is among them."""
    if not reason or len(reason) > _LONGEST_REASON:
        raise ReviewError(f"请写明为什么分开, 不超过{_LONGEST_REASON}字")
    if view.status.phase not in _MERGEABLE:
        raise ReviewError("线索已处置, 不能再分出材料")
    shown = open_evidence(work, view)
    if len(shown) < 2:
        raise ReviewError("这条线索只有一份材料, 不用分开")
    found = next((one for one in shown if one.document_id == document_id), None)
    if found is None:
        raise ReviewError("这份材料不在这条线索里, 请刷新页面")
    return found


def _lead_of_its_own(work: UnitOfWork, view: LeadView, text: LeadEvidence, at: datetime) -> Lead:
    seed = f"split|{view.lead.id}|{text.document_id}|{at.isoformat()}"
    number = LeadId(hashlib.sha256(seed.encode()).hexdigest()[:12])
    if work.leads.get(number) is not None:
        raise ReviewError("这份材料刚刚已经分出, 请刷新页面")
    matter = f"{SPLIT_OFF}{text.document_id}"
    return replace(view.lead, id=number, household_id=None, matter=matter, risks=text.risks, opened_at=at)


def _remark(work: UnitOfWork, lead_id: LeadId, document_id: DocumentId, decision: Decision, text: str) -> None:
    note = LeadNote(
        lead_id=lead_id,
        document_id=document_id,
        written_by=decision.decided_by,
        written_at=decision.decided_at,
        text=text,
    )
    work.leads.add_note(note)


def _note_split(
    work: UnitOfWork, account: Account, lead_id: LeadId, document_id: DocumentId, text: str, at: datetime
) -> None:
    note = LeadNote(
        lead_id=lead_id, document_id=document_id, written_by=account.username, written_at=at, text=text[:200]
    )
    work.leads.add_note(note)
