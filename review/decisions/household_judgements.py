"""Appends what a cadre said of a text and a household, and takes it back; the scope is part of every query."""

from collections.abc import Sequence
from datetime import datetime

from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import NotAllowed, ReviewError
from domain.leads.lead import LeadId, LeadView, Phase
from domain.links.household_judgement import HouseholdJudgement, HouseholdVerdict
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from review.decisions.household_views import HouseholdPanel, SaidRow, household_panels, same_word
from review.rights import access
from review.rights.lead_doors import require_not_touched
from storage.store import Store
from storage.unit_of_work import UnitOfWork


def judge_household(
    store: Store,
    account: Account,
    lead_id: LeadId,
    household_id: HouseholdId,
    verdict: HouseholdVerdict,
    documents: Sequence[DocumentId],
    *,
    register_version: int,
    at: datetime,
) -> None:
    """Append the verdict for each of the lead's texts named, with an audit entry.

    Who is not told how many texts there are speaks of all of them.

    Raises:
        NotAllowed: when the lead is none that the account may see, whether it exists or not, or may touch the person.
        ReviewError: when the household or a text is none that the page offers, or the page is older than the register.
    """
    with store.unit_of_work() as work:
        view = _lead(work, account, lead_id)
        if work.registry.version() != register_version:
            raise ReviewError("户籍台账刚刚更新, 请刷新页面, 看清是哪一户再判断")
        panel = _panel(work, account, view, household_id, at)
        offered = [text.document_id for text in panel.texts]
        if not access.may_know_sources(account):
            documents = offered
        if not documents or not set(offered).issuperset(documents):
            raise ReviewError("请选择判断的是哪份材料; 材料有变化时请刷新页面")
        clusters = work.duplicates.clusters(list(documents))
        for document_id in dict.fromkeys(documents):
            if panel.latest_of(account.username, document_id) is verdict:
                continue
            work.household_judgements.add(
                HouseholdJudgement(
                    document_id=document_id,
                    cluster_id=clusters[document_id],
                    household_id=household_id,
                    verdict=verdict,
                    judged_by=account.username,
                    division=account.region,
                    register_version=register_version,
                    judged_at=at,
                )
            )
        _note(work, at, account, "judge_household", lead_id, f"{verdict.value} {household_id}")
        work.commit()


def undo_household_judgement(store: Store, account: Account, lead_id: LeadId, number: int, at: datetime) -> None:
    """Take a verdict back, one's own or one from a division inside one's own; what one button took back, in one entry.

    Raises:
        NotAllowed: when the lead is none that the account may see or may touch the person, or the verdict is none that
            it may take back.
        ReviewError: when the verdict is not there any more.
    """
    with store.unit_of_work() as work:
        view = _lead(work, account, lead_id)
        said, meant = _row_with(work, account, view, number, at)
        if not said.may_be_undone:
            raise NotAllowed("只能撤销自己的判断, 或本辖区下级的判断")
        undone = [work.household_judgements.undo(one, account.username, at) for one in meant]
        if not any(undone):
            raise ReviewError("这个判断已经撤销, 请刷新页面")
        _note(work, at, account, "undo_household_judgement", lead_id, f"{number} {said.verdict.value}")
        work.commit()


def _lead(work: UnitOfWork, account: Account, lead_id: LeadId) -> LeadView:
    access.require(access.may_judge_households(account))
    view = work.leads.inside(lead_id, account.scope)
    if view is None:
        raise NotAllowed("没有这条线索, 或不在您的辖区")
    require_not_touched(work, account, view)
    if view.status.phase is Phase.CLOSED:
        raise ReviewError("线索已办结, 不能再判断")
    return view


def _row_with(
    work: UnitOfWork, account: Account, view: LeadView, number: int, at: datetime
) -> tuple[SaidRow, list[int]]:
    """The row of this number, and the numbers of all that is taken back with it.

    Who is not told how many texts there are takes one word back for all of them, those that it sees no more among them.
    """
    page = household_panels(work, account, view, at)
    for told, rows in (*((one.shown, one.said) for one in page.panels), (page.lost, page.all_lost)):
        row = next((one for one in rows if one.number == number), None)
        if row in told and access.may_know_sources(account):
            return row, [number]
        if row is not None and not access.may_know_sources(account) and any(same_word(row, one) for one in told):
            return row, [one.number for one in rows if one.judged_by == row.judged_by and same_word(one, row)]
    raise ReviewError("这个判断已经撤销, 请刷新页面")


def _panel(
    work: UnitOfWork, account: Account, view: LeadView, household_id: HouseholdId, at: datetime
) -> HouseholdPanel:
    panels = household_panels(work, account, view, at).panels
    found = next((panel for panel in panels if panel.household.household_id == household_id), None)
    if found is None:
        raise ReviewError("这一户不在候选之中, 请刷新页面")
    return found


def _note(work: UnitOfWork, at: datetime, account: Account, action: str, lead_id: LeadId, detail: str) -> None:
    work.audit.append(AuditEntry(at=at, actor=account.username, action=action, subject=lead_id, detail=detail))
