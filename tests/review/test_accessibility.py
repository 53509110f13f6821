"""What is to be tapped is large enough, and the sheet for the visit is one page; axe looks at test_every_page.py."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.doubtful import doubt
from tests.review.office import fill
from tests.review.reported import Reported
from tests.review.test_browser import enter, launched, served

pytestmark = pytest.mark.browser


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
