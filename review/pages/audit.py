"""The auditor's page: who did what to what and when, filtered, page by page; no text, no household."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from domain.auditing.audit import FIRST_HASH, Anchor, AuditQuestion, Link, follows
from domain.auditing.audit_act import act_label, said_detail
from domain.clock import CHINA, written_day
from review.requests import desk_of, page, signed_in
from review.rights import access

router = APIRouter()
_SHOWN = 100
_LONGEST = 128
_LONGEST_NUMBER = 18

Asked = Annotated[str, Query(max_length=_LONGEST)]


@router.get("/audit")
def audit(
    request: Request,
    actor: Asked = "",
    action: Asked = "",
    subject: Asked = "",
    since: Asked = "",
    until: Asked = "",
    before: Asked = "",
) -> HTMLResponse:
    """The entries that were asked for, newest first, and whether those shown follow from one another.

    The whole chain is read by `qianshao audit verify` and by `qianshao doctor`: a million entries take too long for a
    page.
    """
    account = signed_in(request)
    access.require(access.may_read_audit(account))
    asked = {"actor": actor.strip(), "action": action, "subject": subject.strip(), "since": since, "until": until}
    question = AuditQuestion(
        actor=asked["actor"],
        action=asked["action"],
        subject=asked["subject"],
        since=_day(since),
        until=_day(until, after=1),
        before=_number(before),
    )
    with desk_of(request).store.reading() as work:
        links = work.audit.found(question, _SHOWN + 1)
        actions, head = work.audit.actions(), work.audit.head()
    shown = links[:_SHOWN]
    kept = {name: value for name, value in asked.items() if value}
    following = urlencode({**kept, "before": shown[-1].sequence}) if len(links) > _SHOWN else ""
    return page(
        request,
        "audit.html",
        account,
        links=shown,
        broken=_broken(shown),
        act_label=act_label,
        said_detail=said_detail,
        actions=actions,
        asked=asked,
        following=following,
        head=head,
        china=CHINA,
    )


def _broken(links: list[Link]) -> int | None:
    """The first of the shown entries that is not what its hash says, or does not follow the one before it."""
    for link in reversed(links):
        before = Anchor(link.sequence - 1, link.previous_hash)
        if not follows(before, link) or (link.sequence == 1 and link.previous_hash != FIRST_HASH):
            return link.sequence
    for later, earlier in pairwise(links):
        if later.sequence == earlier.sequence + 1 and later.previous_hash != earlier.hash:
            return later.sequence
    return None


def _day(written: str, *, after: int = 0) -> datetime | None:
    """Midnight in China of a day, or so many days after it; None for what is no day."""
    try:
        day = written_day(written) + timedelta(days=after)
    except ValueError:
        return None
    return datetime.combine(day, time(), CHINA)


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and len(written) <= _LONGEST_NUMBER else None
