"""登记其他渠道的线索: the petition office opens a lead without a text, from an accusation or from what it was told."""

import random
import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.failures.errors import ReviewError
from domain.leads.disclosure import DisclosureRules
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.document import Document, DocumentId
from review.decisions.accusations import accusation_of
from review.decisions.unsourced_leads import (
    Accused,
    Placing,
    Wish,
    households_of,
    plan_lead,
    settle_plan,
    unclear_plans_of,
)
from review.requests import FormFields, check_form, desk_of, office_of, page, signed_in
from review.rights import access
from review.rights.permissions import Right
from review.shown.views import member_lines
from storage.joined.planned_households import household_meant

router = APIRouter()
_NAME_ENDS = re.compile(r"[\s,，、;；]+")
_CHANCE = random.SystemRandom()


@router.get("/restricted/{document_id}/lead")
def from_accusation(request: Request, document_id: str) -> HTMLResponse:
    """The empty form beside the accusation."""
    account, rules = _clerk(request)
    return _form(request, account, rules, _accusation(request, account, document_id), {})


@router.post("/restricted/{document_id}/lead")
def plan_from_accusation(request: Request, document_id: str, form: FormFields) -> Response:
    """The households found, or a word that the lead is planned, or what is wrong."""
    account, rules = _clerk(request)
    return _handle(request, account, rules, _accusation(request, account, document_id), form)


@router.get("/other-leads/new")
def by_hand(request: Request) -> HTMLResponse:
    """The empty form for what the office was told."""
    account, rules = _clerk(request)
    return _form(request, account, rules, None, {})


@router.post("/other-leads")
def plan_by_hand(request: Request, form: FormFields) -> Response:
    """As for an accusation, without one; or what waits for a household that nobody knows is settled."""
    account, rules = _clerk(request)
    if "settle" in form:
        return _settle(request, account, rules, form)
    return _handle(request, account, rules, None, form)


def _clerk(request: Request) -> tuple[Account, DisclosureRules]:
    account = signed_in(request)
    access.require(access.may(account, Right.REGISTER_LEADS))
    rules = desk_of(request).disclosure
    if rules is None:
        raise HTTPException(404)
    return account, rules


def _accusation(request: Request, account: Account, document_id: str) -> Document:
    desk = desk_of(request)
    with desk.store.reading() as work:
        queued = accusation_of(work, account, office_of(desk, account), DocumentId(document_id))
        if queued is None:
            raise HTTPException(404)
        return work.documents.get(queued.document_id)


def _handle(
    request: Request, account: Account, rules: DisclosureRules, accusation: Document | None, form: dict[str, str]
) -> Response:
    check_form(request, form.get("csrf", ""))
    if "find" in form:
        return _form(request, account, rules, accusation, form)
    desk = desk_of(request)
    try:
        wish = _wish(form, accusation)
        placing = plan_lead(desk.store, account, accusation, wish, rules=rules, at=desk.clock.now(), chance=_CHANCE)
    except ReviewError as exc:
        again = _form(request, account, rules, accusation, form, problem=str(exc))
        again.status_code = 409
        return again
    return _form(request, account, rules, accusation, {}, placing=placing)


def _settle(request: Request, account: Account, rules: DisclosureRules, form: dict[str, str]) -> Response:
    check_form(request, form.get("csrf", ""))
    desk = desk_of(request)
    try:
        settle_plan(desk.store, account, office_of(desk, account), form["settle"], desk.clock.now())
    except ReviewError as exc:
        again = _form(request, account, rules, None, {}, problem=str(exc))
        again.status_code = 409
        return again
    return _form(request, account, rules, None, {})


def _wish(form: dict[str, str], accusation: Document | None) -> Wish:
    if not form.get("household", ""):
        raise ReviewError("请先查找并选定一户")
    try:
        accused = Accused(form["accused"]) if accusation is not None else Accused.NOBODY
    except (KeyError, ValueError) as exc:
        raise ReviewError("请选择文中指向哪里的人") from exc
    return Wish(
        household_id=HouseholdId(form["household"]),
        risks=frozenset(risk for risk in Risk if f"risk-{risk.value}" in form),
        accused=accused,
        names=tuple(name for name in _NAME_ENDS.split(form.get("names", "")) if name),
    )


def _form(
    request: Request,
    account: Account,
    rules: DisclosureRules,
    accusation: Document | None,
    filled: dict[str, str],
    *,
    problem: str = "",
    placing: Placing | None = None,
) -> HTMLResponse:
    desk, name = desk_of(request), filled.get("person", "").strip()
    with desk.store.reading() as work:
        villages = work.places.villages(account.region)
        households = households_of(work, account, name, _village(filled.get("village", ""))) if name else []
        unclear = unclear_plans_of(work, account, office_of(desk, account)) if accusation is None else []
        places = {one.id: work.places.name_of(one.region) for one in unclear}
        meant = {one.id: household_meant(work, one) for one in unclear}
        members = {
            key: member_lines(one, desk.today)
            for key, one in meant.items()
            if one and account.region.contains(one.village)
        }
        offered = [(one, work.places.name_of(one.village), member_lines(one, desk.today)) for one in households]
    if name and "find" in filled:
        # Which households stays out: beside the accusation that was open, the auditor could put the two together.
        desk.note(account, "search_household", account.region.digits, f"{len(households)}户")
    return page(
        request,
        "unsourced_lead.html",
        account,
        accusation=accusation,
        address=f"/restricted/{accusation.id}/lead" if accusation is not None else "/other-leads",
        filled=filled,
        offered=offered,
        unclear=unclear,
        places=places,
        members=members,
        villages=villages,
        risks=list(Risk),
        accused=list(Accused),
        rules=rules,
        problem=problem,
        placing=placing,
    )


def _village(text: str) -> RegionCode | None:
    try:
        return RegionCode.parse(text)
    except ValueError:
        return None
