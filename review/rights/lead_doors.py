"""Who may work on this one lead now, beyond what the role allows: level, department and recusal."""

from dataclasses import replace

from domain.accounts.account import Account
from domain.deliveries.receipt import Receipt, RowReader, reads_everything
from domain.failures.errors import NotAllowed, TransitionNotAllowed
from domain.leads.lead import LeadStatus, LeadView
from domain.leads.recusal import NamesOfLead
from domain.leads.workflow import LADDER, Transition, possible, shown_status
from domain.places.region import Level
from domain.texts.document import Document
from domain.words.vocabulary import Role
from nlp.hiding.recusal import is_accused, touches
from review.rights import access
from storage.joined.lead_names import names_in_letter, names_of
from storage.unit_of_work import UnitOfWork

_ABOVE = "这条线索由上级办理"
"""One sentence for every cause: it must not tell that a text names the person."""


def require_open(work: UnitOfWork, account: Account, view: LeadView) -> None:
    """NotAllowed unless the account may work on this lead at all."""
    if account.role is Role.DEPARTMENT and not _is_with(account.department, view):
        raise NotAllowed("这条线索没有转给本部门")
    if has_it_above(account, view):
        raise NotAllowed(_ABOVE)
    if stands_back(work, account, view):
        raise NotAllowed(_ABOVE)


def _is_with(department: str, view: LeadView) -> bool:
    return view.status is LeadStatus.TO_DEPARTMENT and view.decisions[-1].department == department


def has_it_above(account: Account, view: LeadView) -> bool:
    """True while somebody of a higher level than the account's has the lead."""
    held = view.assignment
    return held is not None and account.role in LADDER and LADDER.index(account.role) < LADDER.index(held.holder)


def require_not_touched(work: UnitOfWork, account: Account, view: LeadView) -> None:
    """NotAllowed when the lead may touch the person; whoever has it, the person says nothing about it."""
    if stands_back(work, account, view):
        raise NotAllowed(_ABOVE)


def stands_back(work: UnitOfWork, account: Account, view: LeadView) -> bool:
    """True when the lead may touch the person of this account."""
    return must_not_have(account, names_of(work, view))


def may_have_letter(account: Account, document: Document) -> bool:
    """True unless a text that is in no lead names the person of this account, or comes from that person."""
    return not must_not_have(account, names_in_letter(document))


def may_have_accusation(account: Account, document: Document) -> bool:
    """True unless the accusation may mean the person of this account; never for an account without a name."""
    return _may_have_accusation(account, names_in_letter(document))


def _may_have_accusation(account: Account, names: NamesOfLead) -> bool:
    return account.has_person_name and not is_accused(account.display_name, names)


def row_reader(account: Account, receipt: Receipt) -> RowReader:
    """Which rows of the receipt the account may read: all where it handed the file in, else none that may mean it."""
    if receipt.origin.who == account.username:
        return reads_everything

    def may_read(cells: str, *, accusation: bool) -> bool:
        told = NamesOfLead(
            texts=("".join(cells.split()),), persons=frozenset(), officials=frozenset(), household=frozenset()
        )
        return _may_have_accusation(account, told) if accusation else not must_not_have(account, told)

    return may_read


def may_know_writer(work: UnitOfWork, account: Account, document: Document) -> bool:
    """True unless the letter, or a lead that it supports, may touch the person of this account."""
    if not may_have_letter(account, document):
        return False
    if work.routes.restriction(document.id) is not None and not may_have_accusation(account, document):
        return False
    views = work.leads.many(work.leads.of_document(document.id)).values()
    return not any(stands_back(work, account, view) for view in views)


def reader_of(work: UnitOfWork, account: Account, view: LeadView) -> Account:
    """The account as which the lead's texts are shown: whom the lead may touch reads in no whole text who wrote it."""
    touched = access.may_read_texts(account) and stands_back(work, account, view)
    return replace(account, role=Role.TOWN) if touched else account


def must_not_have(account: Account, names: NamesOfLead) -> bool:
    """True when a lead of these persons may touch the one of this account; always for an account without a name."""
    if not account.has_person_name:
        return True
    of_the_village = account.region.level is Level.VILLAGE
    return touches(account.display_name, names, of_the_village=of_the_village)


def steps_now(work: UnitOfWork, account: Account, view: LeadView) -> list[Transition]:
    """The rows of the table that this account may use on this lead now, in the table's order."""
    rows = possible(view.status, account.role)
    if not rows:
        return []
    try:
        require_open(work, account, view)
    except NotAllowed:
        return []
    return rows


def refuse(view: LeadView, after: LeadStatus, role: Role) -> TransitionNotAllowed:
    """The error that says what is not possible, in the words that this role may read."""
    before = shown_status(view.status, role).label
    return TransitionNotAllowed(f"现在是「{before}」, 不能改为「{shown_status(after, role).label}」, 请刷新页面")
