"""What the page of a lead says of time: who came again, and which text replaced which."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.accounts.account import Account
from domain.leads.lead import LeadView
from domain.texts.document import Document, DocumentId
from nlp.repeats.changes import Change, changes_between
from nlp.repeats.series import Series, series_among
from review.rights import access
from review.shown.shown_text import own_words
from review.shown.views import open_evidence
from storage.joined.matter_documents import documents_of_matter
from storage.unit_of_work import UnitOfWork

_MOST_CHANGES = 12
_ONLY_FORM = "只有标点和分段不同"
_WITHHELD = "以新的版本为准"
_ELSEWHERE = "新的版本说的是别处"
_EARLIER_ELSEWHERE = "之前的版本说的是别处"
_IN_NO_LEAD = "新的版本没有成为线索"
_EARLIER_IN_NO_LEAD = "之前的版本没有成为线索"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """Which version a text is, and what changed, for who may read whole texts."""

    label: str
    changes: tuple[Change, ...]
    remark: str
    """Said where no change is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Of one lead."""

    series: tuple[str, ...]
    versions: tuple[VersionRow | None, ...]
    """One for each text of the page, in its order."""


def history_of(work: UnitOfWork, view: LeadView, account: Account) -> History:
    """The series of repeat petitions and the versions of the lead's texts, as far as the role may know them.

    A village is not told that anybody petitioned, how often, nor how many versions there are, only that something was
    corrected.
    """
    shown = [evidence.document_id for evidence in open_evidence(work, view)]
    if not access.may_know_sources(account):
        return History(series=(), versions=(_corrected(work, shown),))
    lines = _series_lines(work, view, account)
    families = work.versions.families(shown)
    versions = tuple(_version(work, one, families[one], shown, account) for one in shown)
    return History(series=tuple(lines), versions=versions)


def _corrected(work: UnitOfWork, shown: Sequence[DocumentId]) -> VersionRow | None:
    """That something was corrected later and where it stands; neither how often nor which of the texts."""
    for document_id, family in work.versions.families(shown).items():
        versions = [one for one in family if work.routes.restriction(one) is None]
        if versions and versions[-1] != document_id and versions[-1] not in shown:
            return VersionRow(label="材料后来有更正", changes=(), remark=_WITHHELD)
    return None


def _series_lines(work: UnitOfWork, view: LeadView, account: Account) -> list[str]:
    ids = [evidence.document_id for evidence in view.evidence]
    told = documents_of_matter(work, view.lead.matter, view.risks, ids, account.scope)
    names = {document.id: document.petitioner.name for document in (*told.own, *told.elsewhere)}
    found = series_among(told.own, told.elsewhere)
    return [
        _series_line(one, next((names[each] for each in one.documents if names[each]), ""), account) for one in found
    ]


def _series_line(series: Series, name: str, account: Account) -> str:
    who = f"反映人 {name}" if name and access.may_read_petitioners(account) else "同一反映人"
    days = "、".join(str(day) for day in series.days)
    return f"{who} 就同一事项先后{series.length}次反映: {days}"


def _version(
    work: UnitOfWork,
    document_id: DocumentId,
    family: Sequence[DocumentId],
    shown: Sequence[DocumentId],
    account: Account,
) -> VersionRow | None:
    versions = [one for one in family if work.routes.restriction(one) is None]
    if len(versions) < 2 or document_id not in versions:
        return None
    at = versions.index(document_id)
    documents = work.documents.found([versions[at - 1], document_id, versions[-1]])
    if at == len(versions) - 1 or versions[at + 1] in shown:
        label = f"第{at + 1}版, 共{len(versions)}版"
        hidden = _hidden(work, versions[at - 1], account, _EARLIER_IN_NO_LEAD, _EARLIER_ELSEWHERE) if at else ""
        before = documents.get(versions[at - 1]) if at else None
        return _row(label, before, documents.get(document_id), account, hidden)
    label = f"第{at + 1}版, 原文后来有更正, 新的版本不在这条线索里"
    hidden = _hidden(work, versions[-1], account, _IN_NO_LEAD, _ELSEWHERE)
    return _row(label, documents.get(document_id), documents.get(versions[-1]), account, hidden)


def _hidden(work: UnitOfWork, document_id: DocumentId, account: Account, in_no_lead: str, elsewhere: str) -> str:
    """Why the account may not read the version beside that of the page; empty where a lead of its region shows it."""
    leads = [*work.leads.of_document(document_id), *work.leads.left_by(document_id)]
    if any(work.leads.inside(lead_id, account.scope) for lead_id in leads):
        return ""
    return elsewhere if leads else in_no_lead


def _row(
    label: str, before: Document | None, after: Document | None, account: Account, hidden: str
) -> VersionRow | None:
    if before is None or after is None:
        return VersionRow(label=label, changes=(), remark="最早的版本" if after else "新的版本已不在库中")
    if not (access.may_read_text(account, before.channel) and access.may_read_text(account, after.channel)):
        return VersionRow(label=label, changes=(), remark=_WITHHELD)
    if hidden:
        return VersionRow(label=label, changes=(), remark=hidden)
    changes = changes_between(*(own_words(one.content, one, account) for one in (before, after)))[:_MOST_CHANGES]
    return VersionRow(label=label, changes=tuple(changes), remark=_ONLY_FORM)
