"""Every page of every role, found by asking the routes: a new route is among them without being named anywhere."""

from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.review.leaks.routes import EXPECTED
from tests.review.leaks.world import PASSWORD, World

NOBODY = ""
READERS = (NOBODY, "clerk", "town", "village", "medical", "leader", "admin", "auditor")
"""One account of each role, and somebody who is not signed in."""


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
    """For each account and route the first address that answers with a page."""
    pages, opened = [], set()
    routes = [path for (method, path), expected in EXPECTED.items() if method == "GET" and not expected.by_key]
    for account in READERS:
        client = TestClient(app, follow_redirects=False)
        if account:
            client.post("/login", data={"username": account, "password": PASSWORD})
        for route in routes:
            for address in _addresses(world, route):
                answer = client.get(address)
                if answer.status_code != 200:
                    continue
                opened.add(route)
                if answer.headers["content-type"].startswith("text/html"):
                    pages.append(FoundPage(account, route, address))
                break
    return FoundPages(pages, set(routes) - opened)


def _addresses(world: World, route: str) -> list[str]:
    expected = EXPECTED["GET", route]
    return [
        route.format(**target) + query for target in expected.objects(world) for query in expected.queries
    ]
