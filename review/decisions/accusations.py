"""What the petition office does with an accusation: forwards it, gives it back into the open, agrees or objects.

Whoever of the office is named in one, or may be meant by a surname, finds no trace of it; a colleague, or the office
above, deals with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.accounts.account import Account, AuditEntry
from domain.clock import china_date
from domain.failures.errors import ReviewError
from domain.leads.disclosure import DisclosureRules
from domain.texts.accusation import RELEASED_BY_OFFICE, AccusationAct, AccusationState, AccusationStep, state_of
from domain.texts.document import BY_PERSON, Breadcrumb, DocumentId, Outcome
from domain.words.vocabulary import Route
from review.rights.lead_doors import may_have_accusation
from storage.store import Store
from storage.texts.accusations import OfficeScope, QueuedAccusation
from storage.unit_of_work import UnitOfWork

_ROUTE_STAGE, _CLASSIFY_STAGE = "route", "classify"
_LONGEST_REFERENCE = 60
_PROPOSALS = {
    AccusationState.FORWARD_PROPOSED: AccusationAct.FORWARD,
    AccusationState.RELEASE_PROPOSED: AccusationAct.RELEASE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What the form carried."""

    act: AccusationAct
    reference: str = ""
    day: date | None = None
    reason: str = ""


def last_day(received_at: datetime, rules: DisclosureRules) -> date:
    """By when an accusation that came in then has to be forwarded or given back (信访工作条例 art. 22)."""
    return china_date(received_at) + timedelta(days=rules.forward_days)


def is_owed(one: QueuedAccusation, rules: DisclosureRules, today: date) -> bool:
    """True for an open accusation whose last day is near or over."""
    return one.state.open and last_day(one.received_at, rules) - today <= timedelta(days=rules.remind_days)


def owed_count(work: UnitOfWork, account: Account, office: OfficeScope, rules: DisclosureRules, today: date) -> int:
    """How many accusations of the account's queue have to be forwarded or given back soon."""
    owed = (one for one in work.accusations.queue(office) if is_owed(one, rules, today))
    return sum(_is_for(work, account, one) for one in owed)


def queue_of(work: UnitOfWork, account: Account, office: OfficeScope) -> list[QueuedAccusation]:
    """The office's accusations but those that may mean the person of the account."""
    return [one for one in work.accusations.queue(office) if _is_for(work, account, one)]


def accusation_of(
    work: UnitOfWork, account: Account, office: OfficeScope, document_id: DocumentId
) -> QueuedAccusation | None:
    """The accusation when it is restricted now, the office's, and cannot mean the person of the account."""
    queued = work.accusations.get(document_id, office)
    return queued if queued is not None and _is_for(work, account, queued) else None


def act_on(
    store: Store,
    account: Account,
    office: OfficeScope,
    document_id: DocumentId,
    filled: Filled,
    *,
    rules: DisclosureRules,
    at: datetime,
) -> None:
    """Append the act with its audit entry; what is given back goes on with the next run, in the same transaction.

    Raises:
        ReviewError: when the accusation is none of the account's queue, the act does not fit where it stands, something
            is missing, or the second person is the first one.
    """
    with store.unit_of_work() as work:
        # Held, or a judgement made meanwhile and this act would not know of each other, nor two acts at once.
        work.judgements.hold()
        work.accusations.hold(document_id)
        queued = accusation_of(work, account, office, document_id)
        if queued is None:
            raise ReviewError("没有这份限制件, 或已经处理, 请刷新页面")
        _check(queued, account, filled, rules, china_date(at))
        step = AccusationStep(
            document_id=document_id,
            act=filled.act,
            made_by=account.username,
            at=at,
            reference=filled.reference,
            day=filled.day,
            reason=filled.reason,
            alone=_alone(filled.act, rules),
        )
        work.accusations.add(step)
        if state_of((*queued.steps, step)) is AccusationState.RELEASED:
            _release(work, document_id, len(queued.steps), at)
        entry = AuditEntry(
            at=at, actor=account.username, action=f"accusation_{filled.act.value}", subject=document_id, detail=""
        )
        work.audit.append(entry)
        work.commit()


def _is_for(work: UnitOfWork, account: Account, queued: QueuedAccusation) -> bool:
    return may_have_accusation(account, work.documents.get(queued.document_id))


def _check(queued: QueuedAccusation, account: Account, filled: Filled, rules: DisclosureRules, today: date) -> None:
    proposal = _PROPOSALS.get(queued.state)
    if filled.act in (AccusationAct.AGREE, AccusationAct.OBJECT):
        if proposal is None:
            raise ReviewError(f"现在是「{queued.state.label}」, 没有待复核的意见, 请刷新页面")
        if filled.act is AccusationAct.AGREE and account.username == _proposer(queued.steps, proposal):
            raise ReviewError("复核要由另一位信访办同事作出")
    elif queued.state is not AccusationState.WAITING:
        raise ReviewError(f"现在是「{queued.state.label}」, 请刷新页面")
    if filled.act is AccusationAct.FORWARD:
        _check_forwarding(filled, today)
    elif filled.act is not AccusationAct.AGREE:
        _check_reason(filled.reason, rules)


def _check_forwarding(filled: Filled, today: date) -> None:
    if not filled.reference or len(filled.reference) > _LONGEST_REFERENCE:
        raise ReviewError(f"请填写转送文号, 不超过{_LONGEST_REFERENCE}字")
    if filled.day is None:
        raise ReviewError("请填写转送日期")
    if filled.day > today:
        raise ReviewError(f"转送日期 {filled.day} 在今天之后, 请核对")


def _check_reason(reason: str, rules: DisclosureRules) -> None:
    if not rules.shortest_reason <= len(reason) <= rules.longest_reason:
        raise ReviewError(f"请写明理由, {rules.shortest_reason}到{rules.longest_reason}字, 现有{len(reason)}字")


def _proposer(steps: Sequence[AccusationStep], act: AccusationAct) -> str:
    return next(step.made_by for step in reversed(steps) if step.act is act)


def _alone(act: AccusationAct, rules: DisclosureRules) -> bool:
    if act is AccusationAct.FORWARD:
        return not rules.second_person_forward
    return act is AccusationAct.RELEASE and not rules.second_person_release


def _release(work: UnitOfWork, document_id: DocumentId, number: int, at: datetime) -> None:
    """Open the text, and leave the crumbs by which the stages after those that restricted it find it."""
    version = f"{BY_PERSON}-release-{number}"
    work.routes.add(document_id, Route.OPEN, RELEASED_BY_OFFICE, version, at)
    crumb = Breadcrumb(
        document_id=document_id,
        stage=_ROUTE_STAGE,
        outcome=Outcome.DONE,
        detail="open",
        version=BY_PERSON,
        at=at,
        reason=RELEASED_BY_OFFICE,
    )
    work.breadcrumbs.append(crumb)
    if _shows_hardship(work, document_id):
        work.breadcrumbs.append(replace(crumb, stage=_CLASSIFY_STAGE, detail="tagged"))


def _shows_hardship(work: UnitOfWork, document_id: DocumentId) -> bool:
    """True of a text that was read before, with a difficulty in it, and that nobody else calls an accusation."""
    analysis = work.analyses.latest(document_id)
    accused = work.judgements.accused([document_id])
    return analysis is not None and bool(analysis.reading.labels) and not accused
