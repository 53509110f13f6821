"""Every page of every role, found by asking the routes: a new route is among them without being named anywhere."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.testclient import TestClient

from domain.accounts.access_scope import AccessScope
from tests.factories import COUNTY
from tests.review.forms import token_of
from tests.review.leaks.routes import EXPECTED
from tests.review.leaks.world import World
from tests.review.office import PASSWORD
from tests.review.pages.test_register_imports import KNOWN, NEW, confirm, hand_in
from tests.review.receiving import register, upload

NOBODY, NAMELESS = "", "nameless"
READERS = (NOBODY, NAMELESS, "clerk", "town", "village", "medical", "leader", "admin", "auditor")
"""One account of each role, one that is asked for its name first, and somebody who is not signed in."""
_OK, _NOT_ALLOWED = 200, 403
_FIRST = ("/login", "/account")
"""Whoever is sent there opens no page before what is asked for there is done."""
_REVEAL = "/reveals/{reveal_id}"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that opens for the account."""

    account: str
    route: str
    address: str


@dataclass(frozen=True, slots=True)
class FoundPages:
    """What opens, and the routes of which no address opened for anybody."""

    pages: list[FoundPage]
    unopened: set[str]


def find_pages(world: World, app: FastAPI) -> FoundPages:
    """For each account and route the first address that answers with a page, and every step of what is handed in."""
    pages, opened = [], set()
    steps = _hand_in(app)
    routes = [path for (method, path), expected in EXPECTED.items() if method == "GET" and not expected.by_key]
    addresses = {route: steps.get(route) or _addresses(world, route) for route in routes}
    for account in READERS:
        own = {**addresses, _REVEAL: _reveals_of(world, account)}
        with _client(app, account) as client:
            for route in routes:
                for address, typed in _opened(client, own[route], every=route in steps):
                    opened.add(route)
                    if typed.startswith("text/html"):
                        pages.append(FoundPage(account, route, address))
    return FoundPages(pages, set(routes) - opened)


def _opened(client: TestClient, addresses: Sequence[str], *, every: bool) -> Iterator[tuple[str, str]]:
    """The first address that opens, or all that do, with their media type."""
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == _OK:
            yield address, answer.headers["content-type"]
        elsewhere = answer.is_redirect and answer.headers["location"].startswith(_FIRST)
        if answer.status_code == _NOT_ALLOWED or elsewhere or (answer.status_code == _OK and not every):
            return


def _addresses(world: World, route: str) -> list[str]:
    expected = EXPECTED["GET", route]
    return [route.format(**target) + query for target in expected.objects(world) for query in expected.queries]


def _reveals_of(world: World, account: str) -> list[str]:
    """Pages of what the account itself gave a reason for; whether another's opens is a question of test_leaks.py."""
    with world.store.reading() as work:
        made = work.reveals.inside(AccessScope(COUNTY), limit=len(world.reveals), offset=0)
    return [_REVEAL.format(reveal_id=one.id) for one in made if one.account == account]


def _hand_in(app: FastAPI) -> dict[str, list[str]]:
    """What waits for a person's word, what is done, and an address for a feed reader: the clerk makes all of them."""
    clerk = _client(app, "clerk")
    petitions = str(upload(clerk, ("登记表.xlsx", register())).headers["location"])
    waiting = hand_in(clerk, KNOWN)
    done = hand_in(clerk, KNOWN, NEW)
    confirm(clerk, done, confirmed="on")
    made = clerk.post("/readers", data={"csrf": token_of(clerk.get("/readers").text)}).text
    secret = re.search(r"/readers/([\w-]+)", made)
    assert secret is not None
    return {
        "/imports/{submission_id}": [petitions],
        "/registers/{submission_id}": [waiting, done],
        "/registers/{submission_id}/report": [f"{waiting}/report"],
        "/registers/{submission_id}/receipt": [f"{done}/receipt"],
        "/readers/{secret}/atom.xml": [f"/readers/{secret[1]}/atom.xml"],
        "/readers/{secret}/feed.json": [f"/readers/{secret[1]}/feed.json"],
    }


def _client(app: FastAPI, account: str) -> TestClient:
    client = TestClient(app, follow_redirects=False)
    if account:
        client.post("/login", data={"username": account, "password": PASSWORD})
    return client
