"""Shows one hidden item to one account for a short time, with a reason that stands in the audit log."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.accounts.account import Account, AuditEntry
from domain.clock import CHINA, china_date
from domain.failures.errors import ReviewError
from domain.leads.disclosure import DisclosureRules, Reveal, RevealField
from domain.leads.lead import LeadView
from domain.privacy.masking import mask_name
from domain.register.household import Household, HouseholdId
from domain.texts.document import Document, DocumentId
from domain.words.vocabulary import Channel
from nlp.hiding.hidden_numbers import hide_numbers
from nlp.hiding.named_persons import hide_names
from review.decisions.household_views import household_panels
from review.rights import access
from review.rights.lead_doors import has_it_above, stands_back
from review.rights.permissions import Right
from review.shown.shown_text import own_words
from review.shown.told_apart import number_end
from review.shown.views import open_evidence
from storage.joined.named_persons import named_in
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_RIGHTS: Mapping[RevealField, Right] = {
    RevealField.TEXT: Right.REVEAL_TEXT,
    RevealField.PETITIONER_NAME: Right.REVEAL_PETITIONER_NAME,
    RevealField.PETITIONER_PHONE: Right.REVEAL_PETITIONER_PHONE,
    RevealField.PETITIONER_ID_NUMBER: Right.REVEAL_PETITIONER_ID_NUMBER,
    RevealField.HOUSEHOLD_NAMES: Right.REVEAL_HOUSEHOLD_NAMES,
    RevealField.HOUSEHOLD_PHONES: Right.REVEAL_HOUSEHOLD_PHONES,
    RevealField.HOUSEHOLD_ID_NUMBERS: Right.REVEAL_HOUSEHOLD_ID_NUMBERS,
}
_NOTHING = "没有登记"


@dataclass(frozen=True, slots=True)
class RevealItem:
    """Something of a lead that the account may ask for."""

    key: str
    """What the form sends."""
    field: RevealField
    label: str
    document_id: DocumentId | None = None
    household_id: HouseholdId | None = None


def may_reveal_anything(account: Account) -> bool:
    """True for roles that have at least one kind of hidden content to ask for."""
    return any(access.may(account, right) for right in _RIGHTS.values())


def reveal_items(work: UnitOfWork, account: Account, view: LeadView, at: datetime) -> list[RevealItem]:
    """What the account may ask for of this lead: of each text that may be shown, and of each household on its page.

    Nothing for whom the lead may touch (信访工作条例 art. 30), and no text nor petitioner while somebody above has it:
    that may be because of what the text says of those below.
    """
    if stands_back(work, account, view):
        return []
    texts = [] if has_it_above(account, view) else _of_texts(work, account, view)
    return [*texts, *_of_households(work, account, view, at)]


def reveal(
    store: Store, account: Account, view: LeadView, key: str, reason: str, *, rules: DisclosureRules, at: datetime
) -> Reveal:
    """The reveal, kept together with its audit entry.

    Raises:
        ReviewError: when the item is none that the account may ask for, the reason is too short or too long, or the
            day's number is used up.
    """
    reason = " ".join(reason.split())
    if not rules.shortest_reason <= len(reason) <= rules.longest_reason:
        raise ReviewError(f"请写明查看理由, {rules.shortest_reason}到{rules.longest_reason}字, 现有{len(reason)}字")
    with store.unit_of_work() as work:
        # Held, or several at once would each find the day's number not used up.
        work.accounts.hold(account.username)
        item = next((one for one in reveal_items(work, account, view, at) if one.key == key), None)
        if item is None:
            raise ReviewError("请选择要查看的内容; 内容有变化时请刷新页面")
        if work.reveals.count_since(account.username, day_began(at)) >= rules.reveals_per_day:
            raise ReviewError(f"今天已查看{rules.reveals_per_day}次, 到了上限; 确有需要请联系信访办")
        made = Reveal(
            id=secrets.token_hex(16),
            account=account.username,
            field=item.field,
            lead_id=view.lead.id,
            document_id=item.document_id,
            household_id=item.household_id,
            reason=hide_names(hide_numbers(reason), named_in(work, view)),
            at=at,
            until=at + timedelta(minutes=rules.reveal_minutes),
        )
        work.reveals.add(made)
        work.audit.append(
            AuditEntry(
                at=at,
                actor=account.username,
                action="reveal",
                subject=str(item.document_id or item.household_id),
                detail=f"{item.field.value} {view.lead.id} {made.reason}",
            )
        )
        work.commit()
    return made


def revealed_lines(work: UnitOfWork, account: Account, made: Reveal, at: datetime) -> list[str] | None:
    """The content, line by line; None when it may not be shown any more: out of scope, restricted, or not the role's.

    Everything is asked anew, for between asking and looking a text may have become an accusation.
    """
    view = work.leads.inside(made.lead_id, account.scope)
    if view is None or not access.may_read_leads(account):
        return None
    wanted = (made.field, made.document_id, made.household_id)
    offered = {(one.field, one.document_id, one.household_id) for one in reveal_items(work, account, view, at)}
    if wanted not in offered:
        return None
    if made.document_id is not None:
        return _text_lines(account, made.field, work.documents.get(made.document_id))
    households = work.registry.households([made.household_id] if made.household_id else [], inside=account.scope)
    return [line for one in households.values() for line in _household_lines(made.field, one)]


def day_began(at: datetime) -> datetime:
    """The beginning of the day in China."""
    return datetime.combine(china_date(at), time(), CHINA)


def _of_texts(work: UnitOfWork, account: Account, view: LeadView) -> Iterator[RevealItem]:
    documents = work.documents.many([one.document_id for one in open_evidence(work, view)])
    for number, document in enumerate(documents, 1):
        for field in RevealField:
            if field.of_text and access.may(account, _RIGHTS[field]) and document.channel is not Channel.NEWS:
                label = f"材料{number}({document.day}): {field.label}"
                yield RevealItem(f"{field.value}:{document.id}", field, label, document_id=document.id)


def _of_households(work: UnitOfWork, account: Account, view: LeadView, at: datetime) -> Iterator[RevealItem]:
    fields = [field for field in RevealField if not field.of_text and access.may(account, _RIGHTS[field])]
    candidates = [one.household.household_id for one in household_panels(work, account, view, at).panels]
    own = [view.lead.household_id] if view.lead.household_id else []
    households = work.registry.households(list(dict.fromkeys([*own, *candidates])), inside=account.scope)
    for household in households.values():
        for field in fields:
            label = f"{mask_name(household.head.name)}户(尾号{number_end(household)}): {field.label}"
            yield RevealItem(f"{field.value}:{household.id}", field, label, household_id=household.id)


def _text_lines(account: Account, field: RevealField, document: Document) -> list[str]:
    petitioner = document.petitioner
    if field is RevealField.TEXT:
        return own_words(document.content, document, account).split("\n")
    values = {
        RevealField.PETITIONER_NAME: petitioner.name,
        RevealField.PETITIONER_PHONE: petitioner.phone,
        RevealField.PETITIONER_ID_NUMBER: petitioner.id_number,
    }
    return [values[field] or _NOTHING]


def _household_lines(field: RevealField, household: Household) -> list[str]:
    lines = []
    for person in household.persons:
        values = {
            RevealField.HOUSEHOLD_NAMES: person.name,
            RevealField.HOUSEHOLD_PHONES: person.phone,
            RevealField.HOUSEHOLD_ID_NUMBERS: person.id_number,
        }
        shown = person.name if field is RevealField.HOUSEHOLD_NAMES else mask_name(person.name)
        extra = "" if field is RevealField.HOUSEHOLD_NAMES else f" {values[field] or _NOTHING}"
        lines.append(f"{person.relation.label} {shown}{extra}")
    return lines
