"""axe-core finds nothing serious on any page, in light and dark, on a phone and at a desk."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.doubtful import PAGE, doubt
from tests.review.office import fill
from tests.review.reported import Reported
from tests.review.test_browser import enter, launched, served

pytestmark = pytest.mark.browser
PAGES = {
    "": ["/login"],
    "village": ["/", "/leads/own", "/leads/own/visit", "/leads/own/sheet", PAGE, "/nothing-here"],
    "town": ["/", "/?q=重病&status=all", "/?risk=illness", "/leads/own", "/risk-points"],
    "clerk": ["/", "/restricted", "/texts/new", "/leads/own"],
    "leader": ["/", "/coverage"],
    "admin": ["/system", "/sources", "/sources/town_paper"],
    "auditor": ["/audit"],
}
WORST = ("serious", "critical")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def address(sqlite_store: Store, clock: FakeClock) -> Iterator[str]:
    fill(sqlite_store, clock)
    doubt(sqlite_store, texts=2)
    with served(create_app(sqlite_store, clock, load_policy().departments, reports=Reported())) as address:
        yield address


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 360), ("light", 1280)])
def test_no_page_has_a_serious_finding_and_none_scrolls_sideways(
    chromium: Browser, address: str, scheme: str, width: int
):
    found: list[str] = []
    for name, paths in PAGES.items():
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        if name:
            enter(page, address, name)
        for path in paths:
            page.goto(f"{address}{path}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            violations = Axe().run(page).response["violations"]
            found += [
                f"{name} {path}: {one['id']} {one['nodes'][0]['target']}"
                for one in violations
                if one["impact"] in WORST
            ]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{name} {path}: scrolls sideways")
        context.close()
    assert found == []


@pytest.mark.parametrize("path", ["/", "/leads/own", "/leads/own/visit"])
def test_everything_to_be_tapped_is_large_enough(chromium: Browser, address: str, path: str):
    page = chromium.new_context(viewport={"width": 360, "height": 740}).new_page()
    enter(page, address, "village")
    page.goto(f"{address}{path}")
    small = page.eval_on_selector_all(
        "button, .button, select, textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), summary, "
        "a.card, label.choice",
        "all => all.filter(one => one.offsetHeight && one.offsetHeight < 44).map(one => one.outerHTML.slice(0, 80))",
    )
    assert small == []


def test_the_sheet_is_one_page_of_paper(chromium: Browser, address: str):
    page = chromium.new_context().new_page()
    enter(page, address, "village")
    page.goto(f"{address}/leads/own/sheet")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/") == 1
