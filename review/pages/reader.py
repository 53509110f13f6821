"""订阅: verified leads for feed readers, which cannot sign in, by an address that its owner can take back."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account, AuditEntry
from domain.clock import CHINA
from domain.failures.errors import ReviewError
from domain.leads.workflow import shown_status
from domain.sending.outgoing import FeedItem
from domain.words.vocabulary import Role
from review.reader_documents import ATOM, JSON_FEED, Entry, atom, json_feed
from review.requests import check_form, desk_of, page, signed_in
from review.rights import access
from review.sign_in.reader_secrets import new_secret, secret_hash
from storage.joined.feed_reading import feed_items, give_positions

router = APIRouter()
_ENTRIES = 50
_MOST_ADDRESSES = 5
_NOTED_EVERY = timedelta(minutes=10)


class _Reading(NamedTuple):
    token_id: str
    entries: list[Entry]


@router.get("/readers")
def show(request: Request) -> HTMLResponse:
    """The account's addresses, without their secrets."""
    account = signed_in(request)
    access.require(_may_subscribe(account))
    return _page(request, account)


@router.post("/readers")
def make(request: Request, csrf: Annotated[str, Form()]) -> HTMLResponse:
    """The page with a new address, shown this once."""
    account = signed_in(request)
    check_form(request, csrf)
    access.require(_may_subscribe(account))
    desk, secret, token_id = desk_of(request), new_secret(), uuid.uuid4().hex[:12]
    now = desk.clock.now()
    with desk.store.unit_of_work() as work:
        work.accounts.hold(account.username)
        if len(work.reader_tokens.of_account(account.username)) >= _MOST_ADDRESSES:
            raise ReviewError(f"最多{_MOST_ADDRESSES}个订阅地址, 请先作废一个")
        work.reader_tokens.add(token_id, account.username, secret_hash(secret) or "", now)
        work.audit.append(AuditEntry(at=now, actor=account.username, action="create_reader", subject=token_id))
        work.commit()
    return _page(request, account, address=f"{_home(request)}readers/{secret}")


@router.post("/readers/{token_id}/revoke")
def revoke(request: Request, token_id: str, csrf: Annotated[str, Form()]) -> Response:
    """Back to the page; the address is good for nothing any more."""
    account = signed_in(request)
    check_form(request, csrf)
    desk = desk_of(request)
    now = desk.clock.now()
    with desk.store.unit_of_work() as work:
        if not work.reader_tokens.revoke(token_id[:64], account.username, now):
            raise ReviewError("没有这个订阅地址, 请刷新页面")
        work.audit.append(AuditEntry(at=now, actor=account.username, action="revoke_reader", subject=token_id[:64]))
        work.commit()
    return RedirectResponse("/readers", status_code=303)


@router.get("/readers/{secret}/atom.xml")
def atom_feed(request: Request, secret: str) -> Response:
    """The newest events of the owner's division as Atom."""
    reading = _read(request, secret)
    updated = max((one.at for one in reading.entries), default=desk_of(request).clock.now())
    content = atom(reading.entries, feed_id=reading.token_id, home=_home(request), updated=updated)
    return Response(content, media_type=ATOM)


@router.get("/readers/{secret}/feed.json")
def json_document(request: Request, secret: str) -> Response:
    """The newest events of the owner's division as JSON Feed."""
    return JSONResponse(json_feed(_read(request, secret).entries, home=_home(request)), media_type=JSON_FEED)


def _read(request: Request, secret: str) -> _Reading:
    """What the address reads; 404 for one that is none, was taken back, or whose owner may not read any more."""
    desk, found = desk_of(request), secret_hash(secret)
    give_positions(desk.store)
    with desk.store.reading() as work:
        token = work.reader_tokens.of_hash(found) if found else None
        account = work.accounts.get(token.username) if token else None
        if token is None or account is None or account.disabled or not _may_subscribe(account):
            raise HTTPException(404)
        scope = account.scope
        items = feed_items(work, work.outgoing.newest(scope, limit=_ENTRIES), scope)
        names = {item.lead.region: work.places.name_of(item.lead.region) for item in items}
    now = desk.clock.now()
    if token.last_used_at is None or now - token.last_used_at >= _NOTED_EVERY:
        with desk.store.unit_of_work() as work:
            work.reader_tokens.note_use(token.id, now)
            work.audit.append(AuditEntry(at=now, actor=token.username, action="read_by_reader", subject=token.id))
            work.commit()
    return _Reading(token.id, [_entry(request, account, item, names[item.lead.region]) for item in items])


def _entry(request: Request, account: Account, item: FeedItem, place: str) -> Entry:
    risks = "、".join(one.risk.label for one in item.lead.categories)
    status = shown_status(item.status, account.role).label
    day = item.at.astimezone(CHINA).date()
    return Entry(
        event=item.id,
        title=f"{place} {risks} {status}",
        summary=f"{day} {item.kind.label}: {status}。详情请登录后查看。",
        link=f"{_home(request)}leads/{item.lead.id}",
        at=item.at,
    )


def _may_subscribe(account: Account) -> bool:
    """Whose leads are those of a division; a department reads what was passed on to it, which a reader cannot tell."""
    return access.may_read_leads(account) and account.role is not Role.DEPARTMENT


def _home(request: Request) -> str:
    return str(request.base_url)


def _page(request: Request, account: Account, *, address: str = "") -> HTMLResponse:
    with desk_of(request).store.reading() as work:
        tokens: Sequence[object] = work.reader_tokens.of_account(account.username)
    return page(request, "readers.html", account, tokens=tokens, address=address, zone=CHINA)
