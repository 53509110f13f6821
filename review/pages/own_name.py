"""Asks once who the person is, where the account was made without a name: recusal finds persons by their names.

Afterwards only the administrator changes it: nobody takes another name to stay with a lead.
"""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.accounts.account import AuditEntry
from review.accounts.form import person_name_of, person_name_problem
from review.requests import FormFields, check_form, desk_of, needs_name, page, present
from review.sign_in.sessions import Present

router = APIRouter()


@router.get("/account/name")
def ask_for_name(request: Request) -> Response:
    """The form, while the account has no name."""
    found = present(request)
    return _form(request, found, 200) if needs_name(found.account) else RedirectResponse("/account", status_code=303)


@router.post("/account/name")
def take_name(request: Request, form: FormFields) -> Response:
    """The account has the name; or the form again with what is wrong."""
    found, desk = present(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    name = person_name_of(form)
    problem = person_name_problem(name)
    if problem is not None and needs_name(found.account):
        return _form(request, found, 422, problem=problem, given=name)
    with desk.store.unit_of_work() as work:
        account = work.accounts.hold(found.account.username)
        if account is not None and needs_name(account):
            at, actor = desk.clock.now(), account.username
            work.accounts.set_name(account.username, name)
            work.audit.append(AuditEntry(at=at, actor=actor, action="give_own_name", subject=actor))
        work.commit()
    return RedirectResponse("/", status_code=303)


def _form(request: Request, found: Present, status: int, problem: str = "", given: str = "") -> HTMLResponse:
    answer = page(request, "own_name.html", found.account, problem=problem, given=given)
    answer.status_code = status
    return answer
