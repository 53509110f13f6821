"""What leaves for the rest of the monitoring system: verified leads in order, and what came of them there.

The fields are the least that a receiver needs (data protection: 个人信息保护法 art. 6): the register's own household
number, categories with their national codes, statuses, dates and how certain we are; never a name, a text or a source.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NewType

from domain.labelled import Labelled
from domain.leads.lead import LeadId, LeadStatus
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import TAXONOMY, Risk
from domain.words.vocabulary import Scope

EventId = NewType("EventId", str)
_CURSOR = re.compile(r"v1:(\d{1,18})")
START = 0
"""The position before the first event."""


class EventKind(Labelled):
    """Why an event stands in the feed."""

    DECIDED = "lead.decided", "处理结果"
    MOVED = "lead.moved", "线索改户"


class OutcomeKind(Labelled):
    """What became of a lead in the system that received it (DOMAIN 0.20, 1.8)."""

    RECEIVED = "received", "已接收"
    TAKEN_IN = "taken_in", "纳入监测"
    ALREADY_MONITORED = "already_monitored", "已在监测"
    SINGLE_RELIEF = "single_relief", "单项救助"
    POLICY_EXPLAINED = "policy_explained", "政策解释"
    NOT_TAKEN_IN = "not_taken_in", "不纳入"
    RISK_REMOVED = "risk_removed", "风险消除"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingEvent:
    """One thing that receivers are told; its id stays the same however often and by whichever way it is told."""

    id: EventId
    number: int
    kind: EventKind
    lead_id: LeadId
    at: datetime
    decision: int | None
    """Sequence number of the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingCategory:
    """A category that the receiver may know, with the highest probability that a text of the lead gave it."""

    risk: Risk
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLead:
    """A lead as it leaves."""

    id: LeadId
    status: LeadStatus
    """As it stands at the moment of reading."""
    region: RegionCode
    household_id: HouseholdId | None
    basis: Literal["person", "model"] | None
    """Who says that it is this household; None without a household."""
    probability: float | None
    """Of the link, when the model says it."""
    scope: Scope
    categories: tuple[OutgoingCategory, ...]
    opened_at: datetime | None
    visit_due: date | None
    decide_due: date | None
    """These three are None for a department, which is not told when a matter came in."""
    superseded_by: LeadId | None
    """The lead that goes on in place of one closed as 重复 or 并案, as soon as the receiver may read that one too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One event with its lead."""

    id: EventId
    position: int
    kind: EventKind
    at: datetime
    status: LeadStatus
    """What was decided; the status at the moment of reading when a lead was only moved."""
    visited_on: date | None
    lead: OutgoingLead


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """The events after a position, oldest first."""

    items: tuple[FeedItem, ...]
    position: int
    """Where the next page goes on, also when everything on the way was outside the receiver's scope."""
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOutcome:
    """What a receiving system says became of a lead; appended, never edited."""

    id: str
    lead_id: LeadId
    outcome: OutcomeKind
    reported_by: str
    """How the audit log names the key."""
    office: str
    """What the key is called."""
    reference: str
    """The receiver's own number of this report; the same one a second time is the same report."""
    occurred_on: date
    received_at: datetime
    remark: str = ""


def cursor_of(position: int) -> str:
    """The position as receivers hold it: opaque, safe in an address."""
    return base64.urlsafe_b64encode(f"v1:{position}".encode()).decode().rstrip("=")


def position_of(cursor: str) -> int:
    """The position of a cursor; ValueError in Chinese for what this system never gave out."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as exc:
        raise ValueError("游标不对, 请用上一次得到的 cursor, 从头读就不写") from exc
    found = _CURSOR.fullmatch(text)
    if found is None or cursor_of(int(found[1])) != cursor:
        raise ValueError("游标不对, 请用上一次得到的 cursor, 从头读就不写")
    return int(found[1])


def item_record(item: FeedItem) -> dict[str, object]:
    """The event as JSON: one form for the interface, the command line and webhooks."""
    return {
        "id": item.id,
        "type": item.kind.value,
        "cursor": cursor_of(item.position),
        "decided_at": item.at.isoformat(timespec="seconds"),
        "status": item.status.value,
        "visited_on": item.visited_on.isoformat() if item.visited_on else None,
        "lead": lead_record(item.lead),
    }


def lead_record(lead: OutgoingLead) -> dict[str, object]:
    """The lead as JSON."""
    return {
        "id": lead.id,
        "status": lead.status.value,
        "region": lead.region.digits,
        "household_id": lead.household_id,
        "household_basis": lead.basis,
        "household_probability": lead.probability,
        "scope": lead.scope.value,
        "categories": [
            {
                "slug": one.risk.value,
                "label": one.risk.label,
                "national_code": TAXONOMY[one.risk].national_code,
                "probability": one.probability,
            }
            for one in lead.categories
        ],
        "opened_at": lead.opened_at.isoformat(timespec="seconds") if lead.opened_at else None,
        "visit_due": lead.visit_due.isoformat() if lead.visit_due else None,
        "decide_due": lead.decide_due.isoformat() if lead.decide_due else None,
        "superseded_by": lead.superseded_by,
    }
