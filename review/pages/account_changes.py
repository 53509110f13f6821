"""What an administrator does with accounts; each step is in the audit log, none on the own account.

Nobody gives himself another role: a second administrator or the command line does (DESIGN section 7, rule 4).
"""

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import NotAllowed
from review.accounts.form import name_problem, person_name_of, person_name_problem, place_of
from review.accounts.office_accounts import require_first_of_the_office, require_not_of_the_office
from review.accounts.steps import (
    clear_failures,
    disable,
    enable,
    forget_second_factor,
    give_name,
    give_place,
    make_account,
    set_first_password,
)
from review.pages.accounts import account_of, administrator_of, departments_of, form_page, one_page
from review.requests import FormFields, check_form, desk_of
from review.sign_in.passwords import hash_password, make_password
from storage.unit_of_work import UnitOfWork

router = APIRouter()


@router.post("/accounts")
def create(request: Request, form: FormFields) -> Response:
    """The new account with its one-time password, shown this once."""
    administrator, desk = administrator_of(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    username = form.get("username", "").strip()
    place = place_of(form, administrator, departments_of(request))
    name = person_name_of(form)
    problem = name_problem(username) or person_name_problem(name) or (place if isinstance(place, str) else None)
    if problem is not None or isinstance(place, str):
        return form_page(request, administrator, form, 422, problem=problem)
    password = make_password()
    account = Account(
        username=username,
        display_name=name,
        role=place.role,
        region=place.region,
        department=place.department,
        password_hash=hash_password(password),
        created_at=desk.clock.now(),
    )
    with desk.store.unit_of_work() as work:
        if work.accounts.get(username) is not None:
            return form_page(request, administrator, form, 409, problem=f"用户名{username}已有人用")
        require_first_of_the_office(work, account)
        make_account(work, account, _entry(request, administrator, account))
        work.commit()
    return one_page(request, administrator, account, 201, password=password)


@router.post("/accounts/{username}/password")
def reset_password(request: Request, username: str, form: FormFields) -> Response:
    """A one-time password, shown this once; all sessions of the account are over."""
    administrator, account = _of_somebody_else(request, username, form)
    require_not_of_the_office(account)
    password = make_password()
    hashed = hash_password(password)
    _do(request, administrator, account, lambda work, entry: set_first_password(work, account, hashed, entry))
    return one_page(request, administrator, account, 200, password=password)


@router.post("/accounts/{username}/second-factor")
def reset_second_factor(request: Request, username: str, form: FormFields) -> Response:
    """The authenticator and the recovery codes are good for nothing; all sessions of the account are over."""
    administrator, account = _of_somebody_else(request, username, form)
    require_not_of_the_office(account)
    return _done(request, administrator, account, forget_second_factor)


@router.post("/accounts/{username}/unlock")
def unlock(request: Request, username: str, form: FormFields) -> Response:
    """Earlier failures are forgotten; whoever was locked out may try again at once."""
    administrator, account = _of_somebody_else(request, username, form)
    return _done(request, administrator, account, clear_failures)


@router.post("/accounts/{username}/disable")
def shut_out(request: Request, username: str, form: FormFields) -> Response:
    """The account does not come in any more; all its sessions are over."""
    administrator, account = _of_somebody_else(request, username, form)
    return _done(request, administrator, account, disable)


@router.post("/accounts/{username}/enable")
def let_in_again(request: Request, username: str, form: FormFields) -> Response:
    """The account may sign in again."""
    administrator, account = _of_somebody_else(request, username, form)
    require_not_of_the_office(account)
    return _done(request, administrator, account, enable)


@router.post("/accounts/{username}/place")
def change_place(request: Request, username: str, form: FormFields) -> Response:
    """The account has another role and region; all its sessions are over."""
    administrator, account = _of_somebody_else(request, username, form)
    require_not_of_the_office(account)
    place = place_of(form, administrator, departments_of(request))
    if isinstance(place, str):
        return one_page(request, administrator, account, 422, problem=place)
    changed = replace(account, role=place.role, region=place.region, department=place.department)

    def give(work: UnitOfWork, account: Account, entry: AuditEntry) -> None:
        require_first_of_the_office(work, changed)
        give_place(work, account, changed, entry)

    return _done(request, administrator, account, give)


@router.post("/accounts/{username}/name")
def change_name(request: Request, username: str, form: FormFields) -> Response:
    """The account has another name of a person, which recusal compares from now on."""
    administrator, account = _of_somebody_else(request, username, form)
    name = person_name_of(form)
    problem = person_name_problem(name)
    if problem is not None:
        return one_page(request, administrator, account, 422, problem=problem)
    return _done(request, administrator, account, lambda work, of, entry: give_name(work, of, name, entry))


def _of_somebody_else(request: Request, username: str, form: FormFields) -> tuple[Account, Account]:
    administrator = administrator_of(request)
    check_form(request, form.get("csrf", ""))
    account = account_of(request, administrator, username)
    if account.username == administrator.username:
        raise NotAllowed("自己的账号要由另一位管理员或在服务器上用命令办理; 改密码请到「我的账号」")
    return administrator, account


def _done(
    request: Request, administrator: Account, account: Account, step: Callable[[UnitOfWork, Account, AuditEntry], None]
) -> Response:
    _do(request, administrator, account, lambda work, entry: step(work, account, entry))
    return RedirectResponse(f"/accounts/{account.username}", status_code=303)


def _do(
    request: Request, administrator: Account, account: Account, step: Callable[[UnitOfWork, AuditEntry], None]
) -> None:
    with desk_of(request).store.unit_of_work() as work:
        step(work, _entry(request, administrator, account))
        work.commit()


def _entry(request: Request, administrator: Account, account: Account) -> AuditEntry:
    at, actor = desk_of(request).clock.now(), administrator.username
    return AuditEntry(at=at, actor=actor, action="", subject=account.username)
