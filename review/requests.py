"""What every page needs of a request: who is signed in, and how a template is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from domain.accounts.account import Account, AuditEntry
from domain.accounts.sign_in import SessionStage
from domain.clock import CHINA, Clock, china_date
from domain.failures.errors import NotAllowed
from domain.leads.disclosure import DisclosureRules
from domain.register.register_absence import AbsenceThresholds
from domain.risk import Risk
from domain.words.vocabulary import Role
from review.boards.counts import CountedBoard
from review.boards.kept_boards import KeptBoards
from review.boards.kept_villages import KeptVillages
from review.boards.village_options import village_options
from review.decisions.accusations import owed_count
from review.decisions.judgements import waiting_for
from review.exports import Exports
from review.handing_in.previews import Previews
from review.handing_in.reception import Reception
from review.navigation import Offered, navigation
from review.operation import Operation
from review.reports import Reports
from review.rights import access
from review.sign_in.entrance import Entrance
from review.sign_in.session_cookie import device_token, keep_device, session_token
from review.sign_in.sessions import Present, Sessions
from review.sign_in.single_sign_on import SingleSignOn
from review.workflow import Workflow
from storage.store import Store
from storage.texts.accusations import OfficeScope

PAGE_SIZE = 20
"""Rows on one page of a list."""
_COUNTED = 50
"""Texts in dispute beyond which the navigation counts no further, for it reads each on every page."""
_LONGEST_NUMBER = 6
"""Digits of a page's number; what is longer is no page, and no integer of a database either."""
_MOST_FIELDS = 5000
"""Fields of a form; a preview has a select box for each column of each table."""
TEMPLATES = Jinja2Templates(directory=Path(__file__).parent / "templates")
TEMPLATES.env.globals["china"] = CHINA
TEMPLATES.env.globals["village_options"] = village_options


class SignInNeeded(Exception):
    """Nobody is signed in, or something has to be done first; the application sends the browser to the page for it."""

    def __init__(self, address: str = "/login") -> None:
        """Keep the page's address."""
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Desk:
    """Everything the pages work with; one per application."""

    store: Store
    clock: Clock
    sessions: Sessions
    departments: Mapping[Risk, str]
    second_reader: bool = False
    """True when one is configured."""
    reports: Reports | None = None
    """Health of media and coverage; their pages do not exist without it."""
    single_sign_on: SingleSignOn | None = None
    """The county's own way in; there is only the local one without it."""
    boards: KeptBoards[CountedBoard] = field(default_factory=KeptBoards)
    """Counted boards of leads."""
    villages: KeptVillages = field(default_factory=KeptVillages)
    """Of the divisions whose pages were asked for."""
    previews: Previews = field(default_factory=Previews)
    """Of the files that wait for a person's word."""
    reception: Reception | None = None
    """Imports what is handed in; the pages and the interface for it do not exist without it."""
    disclosure: DisclosureRules | None = None
    """Figures for hidden content and accusations; nothing is revealed and no accusation decided without them."""

    exports: Exports | None = None
    """Writes ledgers and reports; their pages do not exist without it."""
    operation: Operation | None = None
    """How the installation is; its board does not exist without it."""
    workflow: Workflow | None = None
    """The county's rules for the way of a lead; without them nothing can be taken back or transferred."""
    absence: AbsenceThresholds | None = None
    """From when pages say that a household may not be in the register; without them no page does."""

    @property
    def entrance(self) -> Entrance:
        """What lets people in."""
        return Entrance(self.store, self.clock, self.sessions)

    @property
    def today(self) -> date:
        """The day in China."""
        return china_date(self.clock.now())

    def note(self, account: Account, action: str, subject: str, detail: str = "") -> None:
        """Write one act of a person into the audit log."""
        self.note_of(account.username, action, subject, detail)

    def note_of(self, actor: str, action: str, subject: str, detail: str = "") -> None:
        """Write one act of whoever it was into the audit log."""
        entry = AuditEntry(at=self.clock.now(), actor=actor, action=action, subject=subject, detail=detail)
        with self.store.unit_of_work() as work:
            work.audit.append(entry)
            work.commit()


def desk_of(request: Request) -> Desk:
    """The application's desk."""
    desk: Desk = request.app.state.desk
    return desk


def present(request: Request) -> Present:
    """Who is signed in, whatever he has yet to do; SignInNeeded when nobody is, or the code is still to come."""
    found = desk_of(request).sessions.find(session_token(request))
    if found is None:
        raise SignInNeeded
    if found.session.stage is SessionStage.CODE_NEEDED:
        raise SignInNeeded("/login/code")
    return found


def office_of(desk: Desk, account: Account) -> OfficeScope:
    """Which texts the account's petition office answers for; without reception no office is known to be the house."""
    house = desk.reception.offices.house if desk.reception is not None else None
    return OfficeScope(account.region, is_house=house is not None and account.region.contains(house))


def needs_name(account: Account) -> bool:
    """True for somebody who works with leads, and of whom nobody knows which of them touch him."""
    return not account.has_person_name and account.role not in (Role.ADMIN, Role.AUDITOR)


def duty_of(request: Request, found: Present) -> str | None:
    """The page of what the person has to do before anything else; None when there is nothing."""
    if found.credentials.must_change_password:
        return "/account/password"
    if needs_name(found.account):
        return "/account/name"
    required = found.account.role in desk_of(request).sessions.policy.second_factor_roles
    if required and found.credentials.second_factor_since is None:
        return "/account/second-factor"
    return None


def signed_in(request: Request) -> Account:
    """The account of the request; SignInNeeded when there is none, or when it has something to do first."""
    found = present(request)
    duty = duty_of(request, found)
    if duty is not None:
        raise SignInNeeded(duty)
    return found.account


def let_be_known(request: Request, response: Response, account: Account) -> None:
    """The browser, in which the account has just come in, is a known device of it from now on."""
    desk = desk_of(request)
    token = desk.entrance.devices.renewed(device_token(request), account)
    keep_device(request, response, token, desk.sessions.policy.device_known_for)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form without files; 400 when it carries files or far too many fields."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


FormFields = Annotated[dict[str, str], Depends(read_form)]
"""What a route gets of its form; named behind whoever may send it, so that it is read only then."""


def check_form(request: Request, token: str) -> None:
    """NotAllowed unless the form carried this session's token."""
    if not desk_of(request).sessions.csrf_matches(session_token(request), token):
        raise NotAllowed("页面已过期, 请返回上一页刷新后再提交")


def page(request: Request, template: str, account: Account, **content: object) -> HTMLResponse:
    """The rendered template with what every page shows."""
    desk = desk_of(request)
    offered = Offered(
        reports=desk.reports is not None,
        reception=desk.reception is not None,
        exports=desk.exports is not None,
        operation=desk.operation is not None,
        accusations=_accusations_owed(request, account),
        disagreements=_disagreements(request, account),
    )
    context = {
        "account": account,
        "access": access,
        "navigation": navigation(account, offered),
        "here": request.url.path,
        "csrf": desk.sessions.csrf_token(session_token(request)),
        "today": desk.today,
        "shortest": desk.sessions.policy.shortest_password,
        "exports": offered.exports,
        **content,
    }
    return TEMPLATES.TemplateResponse(request, template, context)


def _disagreements(request: Request, account: Account) -> int | None:
    """How many the navigation names; None where it says nothing of them."""
    if not access.may_judge_readings(account):
        return None
    desk = desk_of(request)
    with desk.store.reading() as work:
        count = len(waiting_for(work, account, among=_COUNTED))
    return count if count or desk.second_reader else None


def _accusations_owed(request: Request, account: Account) -> int:
    """How many accusations the navigation reminds the petition office of; nobody else learns that there are any."""
    desk = desk_of(request)
    if desk.disclosure is None or not access.may_read_restricted(account):
        return 0
    with desk.store.reading() as work:
        return owed_count(work, account, office_of(desk, account), desk.disclosure, desk.today)


def page_number(request: Request) -> int:
    """Which page of a list is asked for; the first where the address names none."""
    return page_of(request.query_params.get("page", ""))


def page_of(asked: str) -> int:
    """The page that these digits name; the first where they name none."""
    return max(1, int(asked)) if asked.isdecimal() and len(asked) <= _LONGEST_NUMBER else 1


def pages_of(total: int) -> int:
    """How many pages a list of so many has."""
    return max(1, -(-total // PAGE_SIZE))


def plain_page(request: Request, template: str, status: int, **content: object) -> HTMLResponse:
    """A page for nobody in particular, such as sign-in and errors."""
    return TEMPLATES.TemplateResponse(request, template, {"account": None, **content}, status_code=status)
