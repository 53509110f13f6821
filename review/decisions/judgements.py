"""Appends what the petition office decided about a text on which two readers disagree, and takes it back in time."""

from datetime import datetime

from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import ReviewError
from domain.texts.document import BY_PERSON, DocumentId
from domain.texts.judgement import JUDGED_ACCUSATION, Ending, Judgement, Verdict
from domain.words.vocabulary import Route, Scope
from review.rights.lead_doors import may_have_letter
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_WITHDRAWN = "信访办撤回判断"


def judge(store: Store, account: Account, judgement: Judgement) -> None:
    """Append the judgement with its audit entry; an accusation is out of everybody's sight in the same transaction.

    Raises:
        ReviewError: when nobody waits for it any more, or when a difficulty is named without category or scope.
    """
    if judgement.verdict is Verdict.HARDSHIP and not judgement.risks:
        raise ReviewError("请至少勾选一类困难")
    if judgement.verdict is Verdict.HARDSHIP and judgement.scope is Scope.NONE:
        raise ReviewError("请选择是一户还是一片")
    with store.unit_of_work() as work:
        work.second_readings.claim(judgement.document_id)
        waits = work.second_readings.disagreement(account.region, judgement.document_id) is not None
        if not waits or not is_for(work, account, judgement.document_id):
            raise ReviewError("这份材料已经有人判断过了")
        number = work.judgements.add(judgement)
        if judgement.verdict is Verdict.ACCUSATION:
            _restrict(work, judgement, number)
        _note(work, judgement.judged_at, account, "judge_reading", judgement.document_id, judgement.verdict.value)
        work.commit()


def withdraw(store: Store, account: Account, number: int, at: datetime) -> None:
    """Take a judgement back; ReviewError when the next run has given effect to it already."""
    with store.unit_of_work() as work:
        judgement = work.judgements.get(number, account.region)
        known = judgement is not None and is_for(work, account, judgement.document_id)
        if judgement is None or not known or not work.judgements.end(number, Ending.WITHDRAWN, account.username, at):
            raise ReviewError("这个判断已经生效或已经撤回, 不能再撤回")
        for document_id in _restricted_by(work, number):
            work.routes.add(document_id, Route.OPEN, _WITHDRAWN, f"{_version(number)}-{Ending.WITHDRAWN.value}", at)
        _note(work, at, account, "withdraw_judgement", judgement.document_id, judgement.verdict.value)
        work.commit()


def waiting_for(work: UnitOfWork, account: Account, *, among: int | None = None) -> list[DocumentId]:
    """The texts that wait for a decision of this account, the newest first; of others it has no trace, nor a number.

    Every one of them is unsealed and looked through: `among` asks for those of so many of the newest only.
    """
    ids = work.second_readings.waiting(account.region)[:among]
    documents = work.documents.found(ids)
    return [one for one in ids if may_have_letter(account, documents[one])]


def is_for(work: UnitOfWork, account: Account, document_id: DocumentId) -> bool:
    """False of a text that names the person of the account, or comes from that person: a colleague looks at it."""
    return may_have_letter(account, work.documents.get(document_id))


def _restrict(work: UnitOfWork, judgement: Judgement, number: int) -> None:
    """The text and its near-duplicates, which tell the same of the same people."""
    for document_id in work.duplicates.alike(judgement.document_id):
        if work.routes.restriction(document_id) is None:
            work.routes.add(document_id, Route.RESTRICTED, JUDGED_ACCUSATION, _version(number), judgement.judged_at)


def _restricted_by(work: UnitOfWork, number: int) -> list[DocumentId]:
    """The texts that this judgement alone restricts: a reader or another judgement may restrict them meanwhile."""
    found = work.routes.of_version(_version(number))
    accused = work.judgements.accused(found)
    return [one for one in found if one not in accused and work.routes.restriction(one) == JUDGED_ACCUSATION]


def _version(number: int) -> str:
    return f"{BY_PERSON}-{number}"


def _note(work: UnitOfWork, at: datetime, account: Account, action: str, document_id: DocumentId, detail: str) -> None:
    work.audit.append(AuditEntry(at=at, actor=account.username, action=action, subject=document_id, detail=detail))
