"""A cadre with a phone, and one at a desk, in a real Chromium."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from threading import Thread
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.dispute import dispute
from tests.review.doubtful import PAGE, doubt
from tests.review.office import PASSWORD, fill
from tests.review.reported import Reported

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TYPED_EARLY = "Autofocus processing was blocked"
"""What Chromium says where a test types into a field before the page has given it the focus; no fault of the page."""
SIZES = [
    pytest.param({"width": 360, "height": 740}, id="phone"),
    pytest.param({"width": 1280, "height": 800}, id="desk"),
]


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which the application answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def address(sqlite_store: Store, clock: FakeClock) -> Iterator[str]:
    fill(sqlite_store, clock)
    with served(create_app(sqlite_store, clock, load_policy().departments, reports=Reported())) as address:
        yield address


def open_page(chromium: Browser, size: dict[str, int]) -> tuple[Page, list[str]]:
    """A page, and what went wrong on it or was asked of other machines."""
    page = chromium.new_context(viewport=size).new_page()  # type: ignore[arg-type]
    troubles: list[str] = []
    page.on("console", lambda message: None if message.text.startswith(TYPED_EARLY) else troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: None if urlsplit(request.url).hostname == "127.0.0.1" else troubles.append(request.url),
    )
    return page, troubles


def enter(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button.main")


def sign_in(page: Page, address: str, name: str) -> None:
    enter(page, address, name)
    page.wait_for_url(f"{address}/")


def follow(page: Page, label: str) -> None:
    """Open a page of the navigation, unfolding it first where the screen is small."""
    link = page.locator("nav a", has_text=label)
    if not link.is_visible():
        page.click(".fold summary")
    link.click()


def fits(page: Page) -> bool:
    page.wait_for_load_state()  # a click may be followed by a page that is only just beginning
    page.wait_for_function("document.documentElement !== null")
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", SIZES)
def test_a_cadre_signs_in_filters_opens_a_lead_and_records_the_visit(
    chromium: Browser, address: str, size: dict[str, int]
):
    page, troubles = open_page(chromium, size)
    sign_in(page, address, "town")
    assert fits(page)
    assert page.locator("a.card").count() == 2

    summary = page.locator(".filters > summary")
    if summary.is_visible():
        summary.click()  # on a wide screen the filters stand open beside the feed
    page.select_option("select[name=risk]", "illness")
    page.click("text=筛选 >> nth=-1")
    page.wait_for_url("**risk=illness**")
    assert page.locator("a.card").count() == 1

    page.click("a.card")
    assert page.locator("mark").count() >= 1
    assert fits(page)

    page.click("text=属实 >> nth=0")
    page.fill("input[name=visited_on]", "2026-11-24")
    page.select_option("select[name=signed]", "yes")
    page.fill("textarea[name=reason]", "到家里看过，药费确实负担不起")
    page.click("text=提交")
    page.wait_for_selector("text=办理经过")
    assert page.locator("dd", has_text="属实").count() == 1
    assert troubles == []


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_decides_where_two_readers_disagree_and_takes_it_back(
    chromium: Browser, address: str, sqlite_store: Store, size: dict[str, int]
):
    dispute(sqlite_store)
    page, troubles = open_page(chromium, size)
    sign_in(page, address, "clerk")
    follow(page, "判读分歧")
    assert fits(page)

    page.click("a.card")
    assert page.locator("mark").count() == 2
    assert page.locator("input[name=risks]:checked").count() == 2
    assert fits(page)

    page.click("label.choice:has-text('农产品滞销跌价')")
    page.click("main summary")
    page.click("label.choice:has-text('因病')")
    page.click("text=有困难, 提为线索")
    page.wait_for_selector("text=下次处理前可以撤回")
    assert page.locator("a.card").count() == 0
    assert fits(page)

    page.click("text=撤回 >> nth=-1")
    page.wait_for_selector("a.card")
    assert troubles == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("size", SIZES)
def test_a_village_cadre_says_which_household_it_is_and_takes_it_back(
    chromium: Browser, address: str, sqlite_store: Store, size: dict[str, int], scripts: bool
):
    doubt(sqlite_store, texts=2)
    page = chromium.new_context(viewport=size, java_script_enabled=scripts).new_page()  # type: ignore[arg-type]
    sign_in(page, address, "village")
    page.goto(f"{address}{PAGE}")
    panels = page.locator("#households .candidates > li")
    assert panels.count() == 2
    if scripts:
        assert fits(page)
    assert panels.nth(0).locator(".strength").all_inner_texts() == ["强", "中", "弱", "不利"]
    assert panels.nth(0).locator(".strength").first.get_attribute("title") == "这一户是这样的可能, 约为别的户的60倍"
    assert panels.nth(1).locator(".strength").count() == 0

    assert panels.nth(0).locator("text=材料2").count() == 0  # How many texts there are is not for a village.
    with page.expect_navigation():
        panels.nth(0).locator("button", has_text="不是这一户").click()
    assert panels.nth(0).locator("b.verdict.different").count() >= 1
    with page.expect_navigation():
        panels.nth(1).locator("button.main").click()
    assert panels.nth(1).locator("b.verdict.same").count() == 1
    if scripts:
        assert fits(page)
        heights = page.eval_on_selector_all(".words button", "all => all.map(one => one.offsetHeight)")
        assert len(heights) == 6
        assert min(heights) >= 44

    while panels.nth(0).locator("text=撤销").count():
        with page.expect_navigation():
            panels.nth(0).locator("text=撤销").first.click()
    assert page.locator("b.verdict.different").count() == 0
    assert page.locator("b.verdict.same").count() == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("clerk", "/restricted"),
        ("leader", "/risk-points"),
        ("leader", "/coverage"),
        ("admin", "/system"),
        ("admin", "/sources"),
        ("admin", "/sources/town_paper"),
        ("admin", "/sources/village_radio"),
        ("auditor", "/audit"),
    ],
)
def test_every_page_fits_and_asks_no_other_machine(
    chromium: Browser, address: str, size: dict[str, int], name: str, path: str
):
    page, troubles = open_page(chromium, size)
    enter(page, address, name)
    page.goto(f"{address}{path}")

    assert page.locator("main h1").count() >= 1
    assert fits(page)
    assert troubles == []


@pytest.mark.parametrize("size", SIZES)
def test_the_dates_of_the_chart_stand_inside_it_and_can_be_read(chromium: Browser, address: str, size: dict[str, int]):
    page, _ = open_page(chromium, size)
    enter(page, address, "admin")
    page.goto(f"{address}/sources/town_paper")

    chart = page.locator(".chart").bounding_box()
    dates = [one.bounding_box() for one in page.locator(".chart text").all()]
    assert chart is not None
    boxes = [one for one in dates if one is not None]
    assert len(boxes) == 5
    assert min(one["x"] for one in boxes) >= chart["x"]
    assert max(one["x"] + one["width"] for one in boxes) <= chart["x"] + chart["width"]
    assert max(one["y"] + one["height"] for one in boxes) <= chart["y"] + chart["height"]
    assert all(left["x"] + left["width"] < right["x"] for left, right in pairwise(boxes))
    assert min(one["height"] for one in boxes) >= 12


@pytest.mark.parametrize("size", SIZES)
def test_what_is_wrong_with_a_declaration_can_be_read_in_full(chromium: Browser, address: str, size: dict[str, int]):
    page, _ = open_page(chromium, size)
    enter(page, address, "admin")

    for path, place in (("/sources", ".sentence >> nth=0"), ("/sources/village_radio", ".problem")):
        page.goto(f"{address}{path}")
        said = page.locator(place)
        assert said.inner_text().endswith("every_minutes: 不能小于10, 现值 5")
        assert said.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_pastes_a_report_and_is_told_when_it_is_there_already(
    chromium: Browser, address: str, size: dict[str, int]
):
    page, troubles = open_page(chromium, size)
    sign_in(page, address, "clerk")
    follow(page, "录入报道")
    assert fits(page)

    for _ in range(2):
        page.fill("input[name=url]", "https://mp.example.invalid/s/1")
        page.fill("input[name=medium]", "河湾融媒公众号")
        page.fill("input[name=title]", "夜半火起")
        page.fill("textarea[name=text]", "十月十二日凌晨，苗家沟村村民苗某家的三间砖窑突然起火，粮食和家具全部烧毁。")
        with page.expect_navigation():
            page.click("form.panel button.main")
        assert fits(page)
        if page.locator(".received").count():
            page.reload()

    assert "这一篇已经有了" in page.locator("[role=alert]").inner_text()
    # Chromium itself logs that the answer was 409.
    assert [trouble for trouble in troubles if "409" not in trouble] == []
