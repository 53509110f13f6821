"""A visit recorded where there is no signal, in a real Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import fill
from tests.review.test_browser import launched, served, sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def address(sqlite_store: Store, clock: FakeClock) -> Iterator[str]:
    fill(sqlite_store, clock)
    with served(create_app(sqlite_store, clock, load_policy().departments)) as address:
        yield address


def reasons(store: Store) -> list[str]:
    with store.reading() as work:
        return [one.reason for one in work.decisions.of("own")]  # type: ignore[arg-type]


def at_the_door(chromium: Browser, address: str) -> Page:
    page = chromium.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    sign_in(page, address, "village")
    page.goto(f"{address}/leads/own/visit")
    return page


def write_down(page: Page, reason: str, day: str = "2026-11-23") -> None:
    page.click("label.choice:has-text('没见到人')")
    page.fill("input[name=visited_on]", day)
    page.fill("textarea[name=reason]", reason)
    page.click("#decision button.main")


def name_nobody(page: Page) -> None:
    page.click("label.choice:has-text('重复')")
    page.fill("input[name=other_lead_number]", "no-such-lead")
    page.fill("textarea[name=reason]", "和邻居家是一件事")
    page.click("#decision button.main")


def fields(page: Page, selector: str) -> list[str]:
    return page.eval_on_selector_all(selector, "all => all.map((one) => one.dataset.field)")  # type: ignore[no-any-return]


def kept(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(Object.entries(localStorage))"))


def test_what_was_written_without_a_signal_is_sent_once_when_it_is_back(
    chromium: Browser, address: str, sqlite_store: Store
):
    page = at_the_door(chromium, address)
    page.context.set_offline(True)
    write_down(page, "到家里看过, 情况属实")
    page.wait_for_selector(".outbox:has-text('还有1条没有交上')")
    assert reasons(sqlite_store) == []

    page.context.set_offline(False)
    page.wait_for_selector(".outbox", state="hidden")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert reasons(sqlite_store) == ["到家里看过, 情况属实"]
    assert kept(page) == "[]"


def test_an_answer_that_was_lost_on_the_way_does_not_record_twice(chromium: Browser, address: str, sqlite_store: Store):
    page = at_the_door(chromium, address)
    # The server gets the form, the phone never hears of it.
    page.route("**/decisions", lambda route: (route.fetch(max_redirects=0), route.abort()))
    write_down(page, "到家里看过")
    page.wait_for_selector(".outbox:has-text('还有1条没有交上')")
    assert reasons(sqlite_store) == ["到家里看过"]

    page.unroute("**/decisions")
    page.click("text=现在补交")
    page.wait_for_selector(".outbox", state="hidden")
    assert reasons(sqlite_store) == ["到家里看过"]


def test_two_visits_in_vain_without_a_signal_are_two_and_each_is_sent_once(
    chromium: Browser, address: str, sqlite_store: Store
):
    page = at_the_door(chromium, address)
    page.context.set_offline(True)
    write_down(page, "锁着门", "2026-11-20")
    page.wait_for_selector(".outbox:has-text('还有1条没有交上')")
    write_down(page, "没有人应", "2026-11-22")
    page.wait_for_selector(".outbox:has-text('还有2条没有交上')")
    write_down(page, "没有人应, 邻居说去了县里", "2026-11-22")
    page.wait_for_selector(".outbox:has-text('现在没有信号')")
    assert kept(page).count("form_key") == 2

    page.context.set_offline(False)
    page.wait_for_selector(".outbox", state="hidden")
    assert reasons(sqlite_store) == ["锁着门", "没有人应, 邻居说去了县里"]


def test_a_record_waits_while_the_own_account_has_something_to_do_first(
    chromium: Browser, address: str, sqlite_store: Store
):
    page = at_the_door(chromium, address)
    owed(sqlite_store, must=True)
    write_down(page, "到家里看过, 情况属实")
    page.wait_for_selector(".outbox:has-text('做完后自动补交')")
    assert reasons(sqlite_store) == []

    owed(sqlite_store, must=False)
    page.click("text=现在补交")
    page.wait_for_selector(".outbox", state="hidden")
    assert reasons(sqlite_store) == ["到家里看过, 情况属实"]


def owed(store: Store, *, must: bool) -> None:
    """Whether the account has to choose another password before anything else."""
    with store.unit_of_work() as work:
        work.credentials.set_must_change("village", must=must)
        work.commit()


def test_what_was_typed_is_there_again_after_the_page_was_closed(chromium: Browser, address: str):
    page = at_the_door(chromium, address)
    page.fill("textarea[name=reason]", "写到一半")
    page.goto(f"{address}/")
    page.goto(f"{address}/leads/own/visit")
    assert page.input_value("textarea[name=reason]") == "写到一半"


def test_signing_out_asks_and_leaves_nothing_behind(chromium: Browser, address: str):
    page = at_the_door(chromium, address)
    page.context.set_offline(True)
    write_down(page, "到家里看过")
    page.wait_for_selector(".outbox:has-text('还有1条没有交上')")
    page.route("**/decisions", lambda route: route.abort())
    page.context.set_offline(False)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.click(".who button")
    page.wait_for_url(f"{address}/login")
    assert "还有1条" in asked[0]
    assert kept(page) == "[]"


def test_a_refused_form_says_why_and_can_be_dropped(chromium: Browser, address: str, sqlite_store: Store):
    page = at_the_door(chromium, address)
    name_nobody(page)
    page.wait_for_selector(".outbox:has-text('改好后再点')")
    assert page.locator(".outbox >> text=现在补交").count() == 0
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=不交了")
    page.wait_for_selector(".outbox", state="hidden")
    assert reasons(sqlite_store) == []


def test_a_refused_record_is_one_tap_from_its_form_on_any_page(chromium: Browser, address: str):
    page = at_the_door(chromium, address)
    name_nobody(page)
    page.wait_for_selector(".outbox:has-text('改好后再点')")
    page.goto(f"{address}/")
    page.click(".outbox >> text=去改正")
    page.wait_for_url(f"{address}/leads/own/visit")
    assert page.is_checked("input[value=duplicate]")
    assert page.input_value("textarea[name=reason]") == "和邻居家是一件事"


def test_what_a_conclusion_needs_is_asked_before_it_is_sent_even_without_a_signal(
    chromium: Browser, address: str, sqlite_store: Store
):
    page = at_the_door(chromium, address)
    page.context.set_offline(True)
    page.click("label.choice:has(input[value=confirmed])")
    page.fill("textarea[name=reason]", "到家里看过")
    page.click("#decision button.main")

    assert page.evaluate("document.activeElement.name") == "visited_on"
    assert page.locator(".must:visible").count() == 3
    assert kept(page).count("queue") == 0
    page.fill("input[name=visited_on]", "2026-11-24")
    page.select_option("select[name=signed]", "yes")
    page.click("#decision button.main")
    page.wait_for_selector(".outbox:has-text('还有1条没有交上')")


def test_only_the_fields_of_the_chosen_conclusion_are_shown_and_sent(chromium: Browser, address: str):
    page = at_the_door(chromium, address)
    shown = "#decision [data-field]:visible"
    assert fields(page, shown) == ["reason"]

    page.click("label.choice:has-text('重复')")
    assert "other_lead" in fields(page, shown)
    page.fill("input[name=other_lead_number]", "abc")
    page.click("label.choice:has-text('已在册')")

    assert set(fields(page, shown)) == {"visited_on", "signed", "reason"}
    assert "other_lead_number" not in page.evaluate("[...new FormData(document.querySelector('#decision')).keys()]")


def test_only_what_the_cadre_typed_stays_on_the_phone(chromium: Browser, address: str):
    page = at_the_door(chromium, address)
    page.fill("textarea[name=reason]", "写到一半")
    said = kept(page)
    assert "写到一半" in said
    for secret in ("庞", "得了重病", "csrf"):
        assert secret not in said


def test_without_scripts_the_form_is_a_plain_form(chromium: Browser, address: str, sqlite_store: Store):
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()  # type: ignore[arg-type]
    sign_in(page, address, "village")
    page.goto(f"{address}/leads/own/visit")
    page.check("input[value=visited_in_vain]", force=True)
    page.fill("input[name=visited_on]", "2026-11-23")
    page.fill("textarea[name=reason]", "到家里看过")
    with page.expect_navigation():
        page.click("#decision button.main")
    assert reasons(sqlite_store) == ["到家里看过"]


def test_keys_move_open_and_tick(chromium: Browser, address: str):
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, address, "town")
    page.keyboard.press("?")
    assert page.locator(".keys").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator(".pick").nth(1).is_checked()
    page.keyboard.press("k")
    first = page.locator("a.card").first.get_attribute("href")
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.input_value("#q") == "jk?"
    page.locator("a.card").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{first}")
