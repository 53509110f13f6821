"""Takes in a text that a person pasted, or says which text is there already."""

from dataclasses import dataclass
from datetime import datetime, time

from crawlers.declaring.addresses import is_web_address, normalise_address
from domain.accounts.account import Account, AuditEntry
from domain.clock import CHINA, written_day
from domain.failures.errors import ReviewError
from domain.texts.document import PASTED, Document, DocumentId, RawDocument, document_id
from domain.words.vocabulary import Channel
from nlp.documents import to_document
from nlp.repeats.near_duplicates import signature
from nlp.repeats.overlap import overlap
from nlp.repeats.same_text import compared, is_same_text, worth_reading
from review.decisions.accusations import accusation_of
from review.rights import access
from storage.store import Store
from storage.texts.accusations import OfficeScope
from storage.unit_of_work import UnitOfWork

_SHORTEST, _LONGEST = 10, 20_000
_LONGEST_LINE = 300
_EMPTIED = "这一篇以前录入过, 正文已按保存期限清除, 没有再录入"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What stands in the form."""

    url: str
    medium: str
    title: str
    text: str
    day: str

    def __post_init__(self) -> None:
        """ReviewError with what is wrong, in Chinese."""
        if len(self.text) < _SHORTEST:
            raise ReviewError(f"正文只有{len(self.text)}个字, 请粘贴全文")
        if len(self.text) > _LONGEST:
            raise ReviewError(f"正文不超过{_LONGEST}字, 现有{len(self.text)}字")
        for name, line in (("链接", self.url), ("媒体", self.medium), ("标题", self.title)):
            if len(line) > _LONGEST_LINE:
                raise ReviewError(f"{name}不超过{_LONGEST_LINE}字, 现有{len(line)}字")
        if self.url and not self.url.lower().startswith(("http://", "https://")):
            raise ReviewError(f"链接应以 http:// 或 https:// 开头: {self.url[:40]}")
        if not self.url and not self.medium:
            raise ReviewError("链接和媒体至少填一项, 以便核对出处")


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """The text that the pasted one repeats."""

    document_id: DocumentId
    exact: bool
    """True for the same title and the same characters under the same address; then there is nothing to take in."""
    about: str
    """Its day and source, for who may read it."""
    link: str
    """Where the account may read it; empty where it may not: then nothing is said of it but that it is there."""


def take_in(store: Store, account: Account, pasted: Pasted, now: datetime, *, anyway: bool) -> Existing | None:
    """None when the text was stored; else the text that is there already. Either way the audit log says so.

    With `anyway` a text that is only like another one is stored beside it. ReviewError for a text that was taken in
    before and has been emptied since.
    """
    raw = _raw(account, pasted, now)
    with store.unit_of_work() as work:
        existing = _existing(work, account, raw)
        if existing is not None and (existing.exact or not anyway):
            work.audit.append(_entry(account, now, "enter_text_refused", existing.document_id))
            work.commit()
            return existing
        taken = work.raw.add(raw)
        work.audit.append(_entry(account, now, "enter_text" if taken else "enter_text_refused", raw.id))
        work.commit()
    if not taken:
        raise ReviewError(_EMPTIED)
    return None


def _entry(account: Account, now: datetime, action: str, subject: DocumentId) -> AuditEntry:
    return AuditEntry(at=now, actor=account.username, action=action, subject=subject)


def _raw(account: Account, pasted: Pasted, now: datetime) -> RawDocument:
    published_at = _published_at(pasted.day, now)
    address = _normalised(pasted.url)
    key = address or f"{pasted.medium} {document_id(PASTED, pasted.medium, pasted.title, pasted.text)}"
    return RawDocument(
        id=document_id(PASTED, key, pasted.title, pasted.text),
        channel=Channel.NEWS,
        source=PASTED,
        external_key=key,
        title=pasted.title,
        text=pasted.text,
        published_at=published_at,
        received_at=now,
        url=pasted.url,
        origin=pasted.medium,
        region=account.region,
    )


def _published_at(day: str, now: datetime) -> datetime | None:
    if not day:
        return None
    try:
        published = datetime.combine(written_day(day), time(), CHINA)
    except ValueError as exc:
        raise ReviewError(f"日期不对: {day[:20]}, 请像 2026-09-03 这样写") from exc
    if published > now:
        raise ReviewError(f"日期 {day[:20]} 在今天之后, 请核对")
    return published


def _existing(work: UnitOfWork, account: Account, raw: RawDocument) -> Existing | None:
    document = to_document(raw, None)
    addresses = [raw.external_key, raw.url] if raw.url else [raw.external_key]
    same_address = work.raw.under_address(addresses)
    made = signature(compared(document))
    alike = worth_reading(made.values, work.signatures.near(made.bands))
    # What is under the address may not have been processed yet, so its raw text is read.
    under_address = [to_document(work.raw.get(found), None) for found in same_address]
    for earlier in under_address:
        if (earlier.title, _characters(earlier)) == (document.title, _characters(document)):
            return _describe(work, account, earlier, exact=True)
    for other in (*under_address, *work.documents.found(alike).values()):
        if _may_be_told(work, account, other) and _is_same(document, other):
            return _describe(work, account, other, exact=False)
    return None


def _may_be_told(work: UnitOfWork, account: Account, document: Document) -> bool:
    """True for what is public or open to the account: nobody tries out here what somebody petitioned or accused."""
    is_public = document.channel is Channel.NEWS and work.routes.restriction(document.id) is None
    return is_public or bool(_link(work, account, document.id))


def _characters(document: Document) -> str:
    return "".join(document.text.split())


def _is_same(document: Document, other: Document) -> bool:
    return is_same_text(document, other, overlap(compared(document), compared(other)))


def _describe(work: UnitOfWork, account: Account, document: Document, *, exact: bool) -> Existing:
    link = _link(work, account, document.id)
    about = f"{document.day} {document.origin or document.source}" if link else ""
    return Existing(document_id=document.id, exact=exact, about=about, link=link)


def _link(work: UnitOfWork, account: Account, document_id: DocumentId) -> str:
    """The page on which the account may read the text: its lead inside the region, or the restricted text."""
    if work.routes.restriction(document_id) is not None:
        office = OfficeScope(account.region, is_house=False)
        own = access.may_read_restricted(account) and accusation_of(work, account, office, document_id) is not None
        return f"/restricted/{document_id}" if own else ""
    views = (work.leads.inside(lead_id, account.scope) for lead_id in work.leads.of_document(document_id))
    return next((f"/leads/{view.lead.id}" for view in views if view and access.may_see(account, view)), "")


def _normalised(url: str) -> str:
    if url and not is_web_address(url):
        raise ReviewError(f"链接不对: {url[:40]}")
    return normalise_address(url) if url else ""
