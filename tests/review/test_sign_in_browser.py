"""First start, a second factor and a closed door in a real Chromium, on a phone and at a desk."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from pipeline.policy.tables import load_policy
from review.app import create_app
from review.sign_in.policy import load_sign_in_policy
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock
from tests.review.office import PASSWORD, fill
from tests.review.signing_in import PASSPHRASE
from tests.review.test_browser import SIZES, fits, launched, open_page, served

pytestmark = pytest.mark.browser
CODE = "abcd-efgh-jkmn-pqrs"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def address(sqlite_store: Store, clock: FakeClock) -> Iterator[str]:
    app = create_app(sqlite_store, clock, load_policy().departments, sign_in=load_sign_in_policy())
    with served(app) as address:
        yield address


def enter(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/login")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.click("button.main")


def set_up_authenticator(page: Page, clock: FakeClock, password: str) -> str:
    """The secret that was on the page."""
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.click("main button.main")
    assert page.locator(".qr svg").count() == 1
    assert fits(page)
    secret = page.locator("code").inner_text().replace(" ", "")
    page.fill("input[name=code]", pyotp.TOTP(secret).at(clock.now()))
    with page.expect_navigation():
        page.click("main button.main")
    assert page.locator(".codes li").count() == 10
    assert fits(page)
    return secret


@pytest.mark.parametrize("size", SIZES)
def test_an_administrators_first_run(
    chromium: Browser, address: str, sqlite_store: Store, clock: FakeClock, size: dict[str, int]
):
    with sqlite_store.unit_of_work() as work:
        work.set_up_codes.replace(CODE, COUNTY, NOON + timedelta(hours=1))
        work.commit()
    page, troubles = open_page(chromium, size)
    page.goto(address)
    assert page.url.endswith("/setup")
    assert fits(page)
    page.fill("input[name=code]", CODE)
    page.fill("input[name=username]", "boss")
    page.fill("input[name=name]", "管理员")
    page.fill("input[name=password]", PASSPHRASE)
    page.fill("input[name=again]", PASSPHRASE)
    with page.expect_navigation():
        page.click("button.main")
    assert page.url.endswith("/account/second-factor")
    set_up_authenticator(page, clock, PASSPHRASE)

    page.click("text=抄好了, 继续")
    page.click("nav >> text=账号")
    assert fits(page)
    page.click("text=新建账号")
    page.fill("input[name=username]", "li.si")
    page.fill("input[name=name]", "李四四")
    page.select_option("select[name=role]", "village")
    page.fill("input[name=region]", "141124104202")
    with page.expect_navigation():
        page.click("button.main")
    password = page.locator("code.once").inner_text()
    assert fits(page)

    cadre, _ = open_page(chromium, size)
    enter(cadre, address, "li.si", password)
    assert cadre.url.endswith("/account/password")
    cadre.fill("input[name=password]", password)
    cadre.fill("input[name=new]", PASSPHRASE + "二")
    cadre.fill("input[name=again]", PASSPHRASE + "二")
    with cadre.expect_navigation():
        cadre.click("main button.main")
    assert cadre.url == f"{address}/"
    cadre.goto(f"{address}/setup")
    assert "没有这个页面" in cadre.content()
    assert troubles == []


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_signs_in_with_a_code_and_looks_at_the_account(
    chromium: Browser, address: str, sqlite_store: Store, clock: FakeClock, size: dict[str, int]
):
    fill(sqlite_store, clock)
    page, troubles = open_page(chromium, size)
    enter(page, address, "clerk", PASSWORD)
    secret = set_up_authenticator(page, clock, PASSWORD)
    clock.move(seconds=30)

    again, more_troubles = open_page(chromium, size)
    enter(again, address, "clerk", PASSWORD)
    assert again.url.endswith("/login/code")
    assert fits(again)
    again.fill("input[name=code]", pyotp.TOTP(secret).at(clock.now()))
    with again.expect_navigation():
        again.click("main button.main")
    assert again.url == f"{address}/"
    again.click(".who a")
    assert again.locator("text=这台设备").count() == 1
    assert again.locator(".rows li").count() == 2
    assert fits(again)
    with again.expect_navigation():
        again.click("text=结束其他所有设备的登录")
    assert again.locator(".rows li").count() == 1
    assert troubles == more_troubles == []


@pytest.mark.parametrize("size", SIZES)
def test_a_door_that_is_closed_says_for_how_long(
    chromium: Browser, address: str, sqlite_store: Store, clock: FakeClock, size: dict[str, int]
):
    fill(sqlite_store, clock)
    page, troubles = open_page(chromium, size)
    for _ in range(6):
        enter(page, address, "town", "wrong")

    assert "请1分钟后再试" in page.locator("[role=alert]").inner_text()
    assert fits(page)
    clock.move(minutes=1)
    enter(page, address, "town", PASSWORD)
    assert page.url == f"{address}/"
    # Chromium itself logs the refusals' status.
    assert [trouble for trouble in troubles if "401" not in trouble and "429" not in trouble] == []
