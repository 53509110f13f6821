"""The navigation: everything that an account may open, in one line of a phone, also without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from domain.accounts.account import Account
from domain.words.vocabulary import Role
from review.navigation import Navigation, Offered, navigation
from storage.store import Store
from tests.factories import COUNTY, TOWN, VILLAGE
from tests.fakes import NOON, FakeClock
from tests.review.days import PHONE, open_office
from tests.review.office import PASSWORD
from tests.review.test_browser import launched

EVERYTHING = Offered(reports=True, reception=True, exports=True, operation=True, accusations=2, disagreements=3)
REGIONS = {Role.CLERK: TOWN, Role.TOWN: TOWN, Role.VILLAGE: VILLAGE}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def shown_to(role: Role) -> Navigation:
    account = Account(
        username="a",
        display_name="a",
        role=role,
        region=REGIONS.get(role, COUNTY),
        password_hash="",
        created_at=NOON,
        department="medical" if role is Role.DEPARTMENT else "",
    )
    return navigation(account, EVERYTHING)


@pytest.mark.parametrize("role", list(Role))
def test_four_links_at_most_stand_in_the_line_of_a_phone_and_none_stands_twice(role: Role):
    found = shown_to(role)
    links = [one.href for one in (*found.first, *found.folded)]

    assert 1 <= len(found.first) + bool(found.folded) <= 4
    assert len(set(links)) == len(links)


def test_what_waits_behind_the_folded_links_is_said_before_they_are_unfolded():
    clerk = shown_to(Role.CLERK)

    assert {one.href: one.count for one in clerk.first}["/restricted"] == 2
    assert clerk.folded_count == 3


def test_an_account_without_a_page_gets_no_link_to_it():
    hrefs = {one.href for one in shown_to(Role.VILLAGE).first}

    assert hrefs == {"/", "/board", "/risk-points", "/coverage"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "label", "path"), [("clerk", "登记线索", "/other-leads/new"), ("town", "报表", "/reports")]
)
def test_a_folded_page_is_opened_with_two_taps_without_scripts(
    chromium: Browser, sqlite_store: Store, clock: FakeClock, tmp_path: Path, name: str, label: str, path: str
):
    with open_office(sqlite_store, clock, tmp_path) as address:
        page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()  # type: ignore[arg-type]
        page.goto(address)
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("button.main")
        header = page.locator("header").bounding_box()
        assert header is not None
        assert header["height"] <= 120

        page.click(".fold summary")
        page.click(f"nav >> text={label}")

        assert page.url == f"{address}{path}"
        page.context.close()
