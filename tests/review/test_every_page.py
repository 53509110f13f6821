"""Every page of every role in a real Chromium: axe-core finds nothing serious, and nothing scrolls sideways."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from pipeline.deliveries.import_submissions import SubmissionImports
from pipeline.deliveries.web_reception import WebReception
from pipeline.leads.workflow import CountyWorkflow
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store, open_store
from tests.databases import KEY, SqliteTemplate
from tests.factories import COUNTY
from tests.fakes import FakeClock
from tests.review.axe import serious_findings
from tests.review.board_world import Installation, fill_by_chance
from tests.review.days import StoreExports
from tests.review.found_pages import NAMELESS, READERS, FoundPage, FoundPages, find_pages
from tests.review.leaks.planted_reveals import planted_reveals
from tests.review.leaks.world import World, fill
from tests.review.receiving import LIMITS, submission_imports
from tests.review.reported import Reported
from tests.review.test_browser import enter, launched, served

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ELSEWHERE = {"/setup", "/login/code", "/login/sso", "/login/sso/return"}
"""Nobody who has signed in meets them: test_days_browser.py and test_single_sign_on.py do."""
_PICTURES = os.environ.get("QIANSHAO_TEST_PICTURES", "")
"""A folder for a picture of every page, for whoever wants to look at them."""


@dataclass(frozen=True)
class Office:
    """Where the pages are, and which there are."""

    address: str
    found: FoundPages


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("pages")
    store, clock = open_store(sqlite_template.copy_to(folder / "county.db"), KEY), FakeClock()
    world, app = _world(store, clock, folder)
    found = find_pages(world, app)
    with served(app) as address:
        yield Office(address, found)
    store.close()


def _world(store: Store, clock: FakeClock, folder: Path) -> tuple[World, FastAPI]:
    policy, rng = load_policy(), random.Random(11)
    imports = submission_imports(store, clock, folder, LIMITS, house=COUNTY)
    reception = WebReception(imports, COUNTY, lambda: _import_all(imports))
    world = fill(store, clock, reception, seed=11)
    world.reveals += planted_reveals(world)
    fill_by_chance(store, rng)
    with store.unit_of_work() as work:
        village = work.accounts.get("village")
        assert village is not None
        work.accounts.add(replace(village, username=NAMELESS, display_name=NAMELESS))
        work.commit()
    app = create_app(
        store,
        clock,
        policy.departments,
        second_reader=True,
        reports=Reported(),
        reception=reception,
        exports=StoreExports(store),
        operation=Installation(store, rng),
        workflow=CountyWorkflow(policy),
        disclosure=policy.disclosure.rules,
    )
    return world, app


def _import_all(imports: SubmissionImports) -> None:
    imports.import_all()


def test_every_route_of_a_page_opens_for_somebody(office: Office):
    assert office.found.unopened - ELSEWHERE == set()


@pytest.mark.parametrize("name", READERS)
def test_no_page_has_a_serious_finding_and_none_scrolls_sideways(chromium: Browser, office: Office, name: str):
    page = chromium.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    if name:
        enter(page, office.address, name)
    wrong: list[str] = []
    for one in office.found.pages:
        if one.account == name:
            page.goto(f"{office.address}{one.address}")
            wrong += _look(page, one)
    page.context.close()

    assert wrong == []


def _look(page: Page, one: FoundPage) -> list[str]:
    """On the phone by day and by night, then at a desk."""
    _picture(page, one, "phone")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    wrong = [f"phone {one}: {found}" for found in (*serious_findings(page), *_sideways(page))]
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark {one}: {found}" for found in serious_findings(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    wrong += [
        f"desk {one}: {found}" for found in (*serious_findings(page, "color-contrast", "target-size"), *_sideways(page))
    ]
    _picture(page, one, "desk")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return wrong


def _sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return ["scrolls sideways"] if wide else []


def _picture(page: Page, one: FoundPage, device: str) -> None:
    if _PICTURES:
        name = one.address.partition("?")[0].strip("/").replace("/", "_") or "feed"
        page.screenshot(path=f"{_PICTURES}/{one.account or 'nobody'}-{name}-{device}.png", full_page=True)
