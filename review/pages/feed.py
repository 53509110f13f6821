"""The leads feed: the few leads worth a visit first, with filters, search and the views that an account keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.accounts.account import Account, AuditEntry
from domain.labelled import Labelled
from domain.leads.lead import LeadId, LeadStatus
from domain.leads.workflow import LADDER, READS_DISCIPLINE, awaiting, statuses_known_as
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.words.vocabulary import Role
from review.boards.feed_facets import facets_of, said_facets
from review.decisions.bulk import BulkOutcome, assignees_of, may_assign_many
from review.decisions.decisions import last_own_step
from review.pages.feed_address import FIELDS, LONGEST_WORDS, WORDS, address_of, fields_of_address, fields_of_view
from review.pages.search import SHORTEST_TERM, search, terms_of
from review.requests import PAGE_SIZE, Desk, desk_of, page, signed_in
from review.rights import access
from review.shown.views import cards
from storage.leads.filter import LeadFilter
from storage.leads.saved_views import MOST_VIEWS

router = APIRouter()
Choice = TypeVar("Choice", bound=Labelled)
_COUNTED = 1000
"""Counting ends here: nobody reads more, and counting a county takes longer than the page."""


class DueWithin(Labelled):
    """The choices of the due filter."""

    OVERDUE = "overdue", "已超期"
    SOON = "soon", "三天内到期"


class StatusChoice(Labelled):
    """The choices of the status filter beside the statuses themselves."""

    OPEN = "open", "未办结"
    ALL = "all", "全部"


@router.get("/")
def show(request: Request) -> Response:
    """The feed of the account's region, or the page that the role works with instead."""
    account = signed_in(request)
    if account.role is Role.ADMIN:
        work_place = "/system" if desk_of(request).operation is None else "/board/system"
        return RedirectResponse(work_place, status_code=303)
    if account.role is Role.AUDITOR:
        return RedirectResponse("/audit", status_code=303)
    access.require(access.may_read_leads(account))
    return feed_page(request, account)


def feed_page(request: Request, account: Account, outcome: BulkOutcome | None = None) -> HTMLResponse:
    """The rendered feed; `outcome` says what became of a step for several leads."""
    desk, asked = desk_of(request), request.query_params
    with desk.store.reading() as work:
        views = work.saved_views.of(account.username)
        standard = next((one for one in views if one.is_default), None)
        plain = not any(asked.get(name) for name in (*FIELDS, "after", "view"))
        query = fields_of_view(standard.query) if standard and plain else fields_of_address(desk, account, asked)
        terms = terms_of(query[WORDS][:LONGEST_WORDS]) if query.get(WORDS) else ()
        wanted = _filter(account, query, asked.get("after", ""), desk.today)
        found = search(work, account, replace(wanted, limit=PAGE_SIZE), terms) if terms else None
        leads = list(found.views) if found else work.leads.feed(replace(wanted, limit=PAGE_SIZE + 1))
        total = None if found else work.leads.count(replace(wanted, after=None), most=_COUNTED)
        shown = cards(work, leads[:PAGE_SIZE], desk.today, account)
        villages = desk.villages.of(work, account.region, desk.clock.now())
        assignees = assignees_of(work, account) if may_assign_many(account) else {}
        told_for = desk.workflow.tells_withdrawn_for if desk.workflow is not None else timedelta(0)
        withdrawn = work.withdrawn_leads.since(account.scope, desk.clock.now() - told_for)
    if found and found.by_name:
        _note_names(desk, account, found.by_name)
    now = desk.clock.now()
    chosen = {name: query.get(name, "") for name in FIELDS}
    hidden = _choice(LeadStatus, chosen["status"])
    if hidden and not statuses_known_as(hidden, account.role):
        chosen["status"] = ""  # A status that the role does not know is no choice, wherever the address came from.
    more = found.more if found else len(leads) > PAGE_SIZE
    return page(
        request,
        "feed.html",
        account,
        cards=shown,
        total=total,
        counted=_COUNTED,
        search=found,
        too_short=bool(chosen[WORDS]) and not terms,
        shortest=SHORTEST_TERM,
        villages=villages,
        risks=list(Risk),
        statuses=[*StatusChoice, *(one for one in LeadStatus if statuses_known_as(one, account.role))],
        due_choices=list(DueWithin),
        chosen=chosen,
        facets=said_facets(wanted.facets),
        filters=[name for name in FIELDS[1:] if chosen[name]],
        asked={name: value for name, value in chosen.items() if value},
        address=address_of(desk, account, chosen),
        next_after=leads[PAGE_SIZE - 1].lead.id if more and len(leads) >= PAGE_SIZE else "",
        later=bool(asked.get("after")),
        views=[(one, fields_of_view(one.query)) for one in views],
        address_of_view=partial(address_of, desk, account),
        most_views=MOST_VIEWS,
        may_assign=may_assign_many(account),
        may_have=account.role in LADDER,
        assignees=assignees,
        undoable={
            one.lead.id
            for one in leads[:PAGE_SIZE]
            if desk.workflow is not None and last_own_step(one, account, now, desk.workflow)
        },
        outcome=outcome,
        withdrawn=withdrawn,
    )


def _note_names(desk: Desk, account: Account, found: Sequence[LeadId]) -> None:
    """Whom a household's lead was found for by a name knows whose it is, as if the name had been shown."""
    at = desk.clock.now()
    with desk.store.unit_of_work() as work:
        for lead_id in found:
            work.audit.append(AuditEntry(at=at, actor=account.username, action="search_household", subject=lead_id))
        work.commit()


def _filter(account: Account, query: Mapping[str, str], after: str, today: date) -> LeadFilter:
    return LeadFilter(
        scope=account.scope,
        village=_region(query.get("village", "")),
        risk=_choice(Risk, query.get("risk", "")),
        status=_statuses(query, account.role),
        sees_above=account.role in READS_DISCIPLINE,
        owes_visits=account.role is Role.VILLAGE,
        due_before=_due(query.get("due", ""), today),
        assignee=account.username if query.get("mine") else "",
        after=LeadId(after[:64]) if after else None,
        facets=facets_of(query, account),
    )


def _statuses(query: Mapping[str, str], role: Role) -> frozenset[LeadStatus] | None:
    """Open leads where nobody asks for others; a search looks everywhere, and what is due is due in any status."""
    text = query.get("status", "")
    if text == StatusChoice.OPEN or (not text and not query.get(WORDS)):
        return None if query.get("due") else awaiting(role)
    chosen = _choice(LeadStatus, text)
    return statuses_known_as(chosen, role) if chosen else None


def _due(text: str, today: date) -> date | None:
    return {DueWithin.OVERDUE.value: today, DueWithin.SOON.value: today + timedelta(days=4)}.get(text)


def _region(text: str) -> RegionCode | None:
    try:
        return RegionCode.parse(text)
    except ValueError:
        return None


def _choice(kind: type[Choice], text: str) -> Choice | None:
    return next((member for member in kind if member.value == text), None)
