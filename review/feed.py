"""The leads feed: the few leads worth a visit first."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.account import Account
from domain.labelled import Labelled
from domain.lead import LeadStatus
from domain.place import Place
from domain.region import Level, RegionCode
from domain.risk import Risk
from domain.vocabulary import Role
from domain.workflow import READS_DISCIPLINE, awaiting, statuses_known_as
from review import access
from review.feed_facets import FACET_FIELDS, facets_of, said_facets
from review.requests import PAGE_SIZE, desk_of, page, page_number, pages_of, signed_in
from review.views import cards
from storage.lead_filter import LeadFilter
from storage.unit_of_work import UnitOfWork

router = APIRouter()
Choice = TypeVar("Choice", bound=Labelled)


class DueWithin(Labelled):
    """The choices of the due filter."""

    OVERDUE = "overdue", "已超期"
    SOON = "soon", "三天内到期"


class StatusChoice(Labelled):
    """The choices of the status filter: all open ones, or one status."""

    OPEN = "open", "未办结"


@router.get("/")
def show(request: Request) -> Response:
    """The feed of the account's region, or the page that the role works with instead."""
    account = signed_in(request)
    if account.role is Role.ADMIN:
        return RedirectResponse("/system", status_code=303)
    if account.role is Role.AUDITOR:
        return RedirectResponse("/audit", status_code=303)
    access.require(access.may_read_leads(account))
    return _feed(request, account)


def _feed(request: Request, account: Account) -> HTMLResponse:
    desk, query = desk_of(request), request.query_params
    number = page_number(request)
    with desk.store.reading() as work:
        wanted = _filter(account, query, number, request)
        views, total = work.leads.feed(wanted), work.leads.count(wanted)
        shown = cards(work, views, desk.today, account)
        villages = villages_of(work, account.region)
    return page(
        request,
        "feed.html",
        account,
        cards=shown,
        total=total,
        villages=villages,
        risks=list(Risk),
        statuses=[*StatusChoice, *(one for one in LeadStatus if statuses_known_as(one, account.role))],
        due_choices=list(DueWithin),
        chosen={key: query.get(key, "") for key in ("village", "risk", "status", "due", *FACET_FIELDS)},
        facets=said_facets(wanted.facets),
        page_number=number,
        pages=pages_of(total),
    )


def villages_of(work: UnitOfWork, region: RegionCode) -> list[Place]:
    """The villages inside a region by code, for the select box."""
    return [place for place in work.places.all() if place.level is Level.VILLAGE and region.contains(place.code)]


def _filter(account: Account, query: Mapping[str, str], number: int, request: Request) -> LeadFilter:
    return LeadFilter(
        scope=account.scope,
        village=_region(query.get("village", "")),
        risk=_choice(Risk, query.get("risk", "")),
        status=_statuses(query.get("status", ""), account.role),
        sees_above=account.role in READS_DISCIPLINE,
        due_before=_due(query.get("due", ""), request),
        facets=facets_of(query, account),
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
    )


def _statuses(text: str, role: Role) -> frozenset[LeadStatus] | None:
    if text == StatusChoice.OPEN:
        return awaiting(role)
    chosen = _choice(LeadStatus, text)
    return statuses_known_as(chosen, role) if chosen else None


def _due(text: str, request: Request) -> date | None:
    today = desk_of(request).today
    return {DueWithin.OVERDUE.value: today, DueWithin.SOON.value: today + timedelta(days=4)}.get(text)


def _region(text: str) -> RegionCode | None:
    try:
        return RegionCode.parse(text)
    except ValueError:
        return None


def _choice(kind: type[Choice], text: str) -> Choice | None:
    return next((member for member in kind if member.value == text), None)
