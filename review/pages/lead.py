"""One lead: what was said, why this household, why now, and the form for what was found at the door."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.failures.errors import NotAllowed, ReviewError
from domain.leads.decision_history import UNNAMED
from domain.leads.lead import SYSTEM, LeadId, LeadStatus, LeadView, Phase
from domain.leads.workflow import Requirement
from domain.links.household_judgement import HouseholdVerdict
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from review.decisions.form import DecisionForm, decision_form
from review.decisions.household_judgements import judge_household, undo_household_judgement
from review.decisions.household_views import HouseholdPanels, household_panels
from review.decisions.lead_history import told_of
from review.decisions.reveals import may_reveal_anything
from review.decisions.successor import succession_of
from review.pages.visits import new_form_key
from review.requests import check_form, desk_of, page, signed_in
from review.rights import access
from review.rights.lead_doors import reader_of
from review.shown.history_views import history_of
from review.shown.household_record import household_record
from review.shown.past_leads import past_leads
from review.shown.register_absence import absence_word
from review.shown.timeline import legend, timeline
from review.shown.views import cards, deadlines_of, member_lines, reasons_for, risk_rows, text_cards
from storage.joined.preloading import preload_households, preload_texts

router = APIRouter()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""Of a judgement; what is larger no database holds."""

_QUICK_WORDS = {LeadStatus.ASSIGNED.value: "派村核实", LeadStatus.VISITING.value: "我去入户"}
_QUICK_REASONS = {LeadStatus.ASSIGNED.value: "请按期入户核实", LeadStatus.VISITING.value: "已看线索, 准备入户"}
"""Two steps that need no words of one's own: one tap from the lead's page."""


@router.get("/leads/{lead_id}")
def show(request: Request, lead_id: str) -> HTMLResponse:
    """The lead's page; a lead of another region does not exist for this account."""
    account = signed_in(request)
    return lead_page(request, account, lead_of(request, account, lead_id))


@router.post("/leads/{lead_id}/household-judgements")
def record_verdict(
    request: Request,
    lead_id: str,
    csrf: Annotated[str, Form()],
    household_id: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    register_version: Annotated[int, Form()],
    documents: Annotated[Sequence[str], Form()] = (),
) -> Response:
    """Back to the candidates with the verdict appended, or the page again with what is wrong."""
    account = signed_in(request)
    check_form(request, csrf)
    access.require(access.may_judge_households(account))
    view = lead_of(request, account, lead_id)
    desk = desk_of(request)
    try:
        judge_household(
            desk.store,
            account,
            view.lead.id,
            HouseholdId(household_id),
            _verdict(verdict),
            [DocumentId(one) for one in documents],
            register_version=register_version,
            at=desk.clock.now(),
        )
    except ReviewError as exc:
        return _refused(request, account, view, exc)
    return RedirectResponse(f"/leads/{lead_id}#households", status_code=303)


@router.post("/leads/{lead_id}/household-judgements/{number}/undoing")
def undo_verdict(request: Request, lead_id: str, number: Number, csrf: Annotated[str, Form()]) -> Response:
    """Back to the candidates with the verdict taken back, or the page again with what is wrong."""
    account = signed_in(request)
    check_form(request, csrf)
    access.require(access.may_judge_households(account))
    view = lead_of(request, account, lead_id)
    desk = desk_of(request)
    try:
        undo_household_judgement(desk.store, account, view.lead.id, number, desk.clock.now())
    except NotAllowed:
        raise
    except ReviewError as exc:
        return _refused(request, account, view, exc)
    return RedirectResponse(f"/leads/{lead_id}#households", status_code=303)


def lead_of(request: Request, account: Account, lead_id: str) -> LeadView:
    """The lead when the account may see it; 404 otherwise, whether it exists or not."""
    with desk_of(request).store.reading() as work:
        view = work.leads.inside(LeadId(lead_id), account.scope)
    if view is None or not access.may_see(account, view):
        raise HTTPException(404)
    return view


def lead_page(
    request: Request, account: Account, view: LeadView, *, problem: str = "", household_problem: str = ""
) -> HTMLResponse:
    """The lead's page, its view noted, with what was wrong with a form that was sent."""
    desk = desk_of(request)
    desk.note(account, "view_lead", view.lead.id)
    with desk.store.reading() as work:
        chosen = view.lead.household_id
        preload_texts(work, [view])
        work.mentions.preload([one.document_id for one in view.evidence])
        preload_households(work, view, account.scope)
        household = work.registry.households([chosen], inside=account.scope) if chosen else {}
        reader = reader_of(work, account, view)
        texts, history = text_cards(work, view, reader, beside=True), history_of(work, view, reader)
        form = decision_form(work, account, view, desk.workflow, desk.clock.now())
        households = household_panels(work, account, view, desk.clock.now())
        content = {
            "card": cards(work, [view], desk.today, account)[0],
            "risks": risk_rows(sorted(view.risks), desk.departments),
            "texts": texts,
            "history": history,
            "timeline": timeline(work, view, texts, history.versions),
            "legend": legend(texts),
            "record": next((household_record(work, one) for one in household.values()), None),
            "past": past_leads(work, view, account),
            "map": desk.villages.map_of(work, view.lead.region, desk.clock.now()),
            "form_key": new_form_key(),
            "quick_words": _QUICK_WORDS,
            "quick_reasons": _QUICK_REASONS,
            "households": households,
            "people": work.accounts.names(_usernames(view, households)),
            "absence": absence_word(work, view, desk.absence) if desk.absence else None,
            "members": [line for one in household.values() for line in member_lines(one, desk.today)],
            "may_reveal": desk.disclosure is not None and may_reveal_anything(account),
            **told_of(work, view, reader),
            "succession": succession_of(work, view, account),
            "left_for": work.leads.holding_what_left(view.lead.id, account.scope),
            "form": form,
            "departments": desk.workflow.departments if desk.workflow else {},
            "quick": _quick(form, view),
            "deadlines": deadlines_of(view, account),
            "reasons": reasons_for(view, account),
            "asked": Requirement,
            "above": UNNAMED,
            "problem": problem,
            "household_problem": household_problem,
            "verdicts": HouseholdVerdict,
            "system": SYSTEM,
        }
    return page(request, "lead.html", account, view=view, **content)


def _usernames(view: LeadView, households: HouseholdPanels) -> set[str]:
    """Who did something about the lead; the page calls them by their names."""
    said = {one.judged_by for panel in households.panels for one in panel.said}
    said |= {one.judged_by for one in households.all_lost}
    return said | {one.decided_by for one in view.decisions} | {one.written_by for one in view.notes}


def _quick(form: DecisionForm, view: LeadView) -> list[LeadStatus]:
    """What one tap does: nothing has to be filled in for it."""
    offered = [one.status for group in form.groups for one in group.choices if one.status.value in _QUICK_WORDS]
    return [one for one in offered if view.status.phase is Phase.OPEN and one is not view.status]


def _refused(request: Request, account: Account, view: LeadView, error: ReviewError) -> Response:
    again = lead_page(request, account, view, household_problem=str(error))
    again.status_code = 409
    return again


def _verdict(text: str) -> HouseholdVerdict:
    try:
        return HouseholdVerdict(text)
    except ValueError as exc:
        raise ReviewError("请选择: 是这一户、不是这一户或说不准") from exc
