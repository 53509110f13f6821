"""What is marked in a world, and who may meet it: computed from the matrix, in Python and not in the program's SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.accounts.account import Account
from domain.leads.lead import Decision, LeadId, LeadStatus, LeadView
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role
from review.rights.permissions import PERMISSIONS, Right


class Kind(StrEnum):
    """What a marked secret is a piece of.

    NAMED is somebody whom only a text names, or a relative of the register whom it names too; NUMBER a phone or an ID
    number that somebody wrote into a remark, which nobody is shown.
    """

    EVIDENCE = "evidence"
    DOOR = "door"
    BODY = "body"
    NEWS = "news"
    NAMED = "named"
    PETITIONER_NAME = "petitioner_name"
    PETITIONER_PHONE = "petitioner_phone"
    PETITIONER_ID_NUMBER = "petitioner_id_number"
    HOUSEHOLD_NAMES = "household_names"
    HOUSEHOLD_PHONES = "household_phones"
    HOUSEHOLD_ID_NUMBERS = "household_id_numbers"
    HEALTH = "health"
    DECISION = "decision"
    REMARK = "remark"
    NUMBER = "number"
    ACCUSATION = "accusation"
    UNREAD = "unread"
    FILE = "file"
    REASON = "reason"


REVEALED = {
    Kind.BODY: Right.REVEAL_TEXT,
    Kind.DOOR: Right.REVEAL_TEXT,
    Kind.NAMED: Right.REVEAL_TEXT,
    Kind.PETITIONER_NAME: Right.REVEAL_PETITIONER_NAME,
    Kind.PETITIONER_PHONE: Right.REVEAL_PETITIONER_PHONE,
    Kind.PETITIONER_ID_NUMBER: Right.REVEAL_PETITIONER_ID_NUMBER,
    Kind.HOUSEHOLD_NAMES: Right.REVEAL_HOUSEHOLD_NAMES,
    Kind.HOUSEHOLD_PHONES: Right.REVEAL_HOUSEHOLD_PHONES,
    Kind.HOUSEHOLD_ID_NUMBERS: Right.REVEAL_HOUSEHOLD_ID_NUMBERS,
}
"""What asking with a reason may show, and to whom."""
_DIRECTLY = {
    Kind.EVIDENCE: Right.READ_LEADS,
    Kind.DOOR: Right.READ_TEXTS,
    Kind.BODY: Right.READ_TEXTS,
    Kind.NAMED: Right.READ_TEXTS,
    Kind.NEWS: Right.READ_NEWS,
    Kind.PETITIONER_NAME: Right.READ_PETITIONERS,
    Kind.HEALTH: Right.READ_LEADS,
    Kind.DECISION: Right.READ_LEADS,
    Kind.REMARK: Right.READ_OUTCOME_REMARKS,
    Kind.ACCUSATION: Right.READ_RESTRICTED,
    Kind.UNREAD: Right.JUDGE_READINGS,
    Kind.FILE: Right.SUBMIT_PETITIONS,
    Kind.REASON: Right.READ_REVEALS,
}


def allowed_somewhere() -> set[tuple[Kind, Role]]:
    """Whom the matrix lets meet what, directly or for a reason: a search has to see each of them meet it."""
    pairs = [*_DIRECTLY.items(), *REVEALED.items()]
    return {(kind, role) for kind, right in pairs for role in PERMISSIONS[right]}


_STAYS_WITH_DEPARTMENT = (LeadStatus.TO_DEPARTMENT, LeadStatus.REPORTED_BACK, LeadStatus.CLOSED, LeadStatus.MERGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One marked piece."""

    value: str
    kind: Kind
    document_id: DocumentId | None = None
    household_id: HouseholdId | None = None
    lead_id: LeadId | None = None
    region: RegionCode | None = None
    """The office or village that it belongs to, where no lead says so."""
    named: str = ""
    """The user name of whoever its text names, who reads nothing of it that only the petition office reads."""


@dataclass(frozen=True, slots=True)
class State:
    """How things stand now: requests that change something change who may see what."""

    leads: Mapping[LeadId, LeadView]
    restricted: frozenset[DocumentId]
    villages: Mapping[HouseholdId, RegionCode]
    candidates: Mapping[DocumentId, tuple[HouseholdId, ...]]

    def sees(self, account: Account, view: LeadView) -> bool:
        """True when the lead lies inside the account's scope."""
        if account.role not in PERMISSIONS[Right.READ_LEADS] or not account.region.contains(view.lead.region):
            return False
        return account.role is not Role.DEPARTMENT or _is_with(account.department, view)

    def may_meet(self, account: Account, secret: Secret, *, revealing: bool) -> bool:
        """True when the matrix lets the account meet the secret somewhere; `revealing`: on the page of a reveal."""
        if account.username == secret.named:
            return False
        if secret.document_id in self.restricted:
            office = secret.region is not None and account.region.contains(secret.region)
            numbers = secret.kind in (Kind.PETITIONER_PHONE, Kind.PETITIONER_ID_NUMBER)
            return account.role in PERMISSIONS[Right.READ_RESTRICTED] and office and not numbers
        rights = [_DIRECTLY.get(secret.kind), REVEALED.get(secret.kind) if revealing else None]
        if not any(right is not None and account.role in PERMISSIONS[right] for right in rights):
            return False
        return self._inside(account, secret)

    def _inside(self, account: Account, secret: Secret) -> bool:
        if secret.kind is Kind.FILE:
            return secret.region == account.region
        if secret.kind in (Kind.ACCUSATION, Kind.UNREAD):
            return secret.region is not None and account.region.contains(secret.region)
        if secret.household_id is not None:
            return self._household_inside(account, secret.household_id)
        return any(
            self.sees(account, view) and _told(account, view, secret)
            for view in self.leads.values()
            if _holds(view, secret)
        )

    def _household_inside(self, account: Account, household_id: HouseholdId) -> bool:
        if not account.region.contains(self.villages[household_id]):
            return False
        department = account.role is Role.DEPARTMENT
        return any(
            view.lead.household_id == household_id
            or (not department and any(household_id in self.candidates.get(one, ()) for one in _documents(view)))
            or (not department and any(one.household_id == household_id for one in view.decisions))
            for view in self.leads.values()
            if self.sees(account, view)
        )


def _holds(view: LeadView, secret: Secret) -> bool:
    return view.lead.id == secret.lead_id or (secret.document_id is not None and secret.document_id in _documents(view))


def _told(account: Account, view: LeadView, secret: Secret) -> bool:
    """A department reads of what was decided only what came with the transfer and after it."""
    if secret.kind is not Kind.DECISION or account.role is not Role.DEPARTMENT:
        return True
    since: list[Decision] = []
    for at, decision in enumerate(view.decisions, 1):
        with_it = _is_with(account.department, replace(view, decisions=view.decisions[:at]))
        since = [*since, decision] if with_it else []
    return any(secret.value in one.reason + one.measures for one in since)


def _documents(view: LeadView) -> set[DocumentId]:
    return {one.document_id for one in view.evidence}


def _is_with(department: str, view: LeadView) -> bool:
    with_it = False
    for decision in view.decisions:
        if decision.status is LeadStatus.TO_DEPARTMENT and decision.department:
            with_it = decision.department == department
        elif decision.status not in _STAYS_WITH_DEPARTMENT:
            with_it = False
    return with_it
