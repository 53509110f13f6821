"""Whole working days in a real Chromium: a village cadre's, a town cadre's, a clerk's, an administrator's first."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from domain.words.vocabulary import Role
from storage.store import Store, open_store
from tests.databases import KEY, SqliteTemplate
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock
from tests.review.days import DESK, PHONE, Walk, open_office, set_up_authenticator
from tests.review.office import PASSWORD, SECRET
from tests.review.receiving import REFUSED, ROWS, register
from tests.review.signing_in import PASSPHRASE
from tests.review.test_browser import launched

pytestmark = pytest.mark.browser
CODE = "abcd-efgh-jkmn-pqrs"
MOST_BYTES = 100_000
MOST_TAPS = 3
ROLES = (
    ("petition", "clerk", "141124104"),
    ("zhao.town", "town", "141124104"),
    ("pang.village", "village", "141124104202"),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("days")


@pytest.fixture(scope="module")
def county(folder: Path, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    store = open_store(sqlite_template.copy_to(folder / "county.db"), KEY)
    yield store
    store.close()


@pytest.fixture(scope="module")
def office(county: Store, folder: Path) -> Iterator[str]:
    with open_office(county, FakeClock(), folder) as address:
        yield address


def reasons(store: Store, lead_id: str) -> list[str]:
    with store.reading() as work:
        return [one.reason for one in work.decisions.of(lead_id)]  # type: ignore[arg-type]


def test_a_village_cadre_with_a_phone(chromium: Browser, office: str, county: Store):
    walk = Walk.begin(chromium, office, PHONE)
    page = walk.page
    walk.enter("village", PASSWORD)
    assert walk.bytes_of("/") <= MOST_BYTES
    first = page.locator("a.card").first
    assert first.bounding_box()["y"] < PHONE["height"]  # type: ignore[index]
    walk.look()

    walk.taps = 0
    walk.tap("a.card >> nth=0")
    walk.tap(".quick button.main")
    assert walk.taps <= MOST_TAPS
    assert page.locator("dd", has_text="入户中").count() == 1
    number = page.url.rpartition("/")[2]
    walk.look()

    walk.tap("text=打印入户单")
    walk.look()
    assert number in page.locator(".sheet").inner_text()
    page.go_back()

    walk.tap("text=填入户记录")
    walk.look()
    walk.context.set_offline(True)
    page.click("label.choice:has-text('部分属实')")
    page.fill("input[name=visited_on]", "2026-11-24")
    page.select_option("select[name=signed]", "yes")
    page.fill("textarea[name=reason]", "老人住院花了四万, 报销后还欠两万")
    page.click("#decision button.main")
    page.wait_for_selector(".outbox:has-text('还有1条没有交上')")
    walk.look()
    assert reasons(county, number) == ["已看线索, 准备入户"]

    walk.context.set_offline(False)
    page.wait_for_selector(".outbox", state="hidden")
    page.goto(f"{office}/leads/{number}")
    assert reasons(county, number) == ["已看线索, 准备入户", "老人住院花了四万, 报销后还欠两万"]
    walk.look()

    walk.tap("text=撤销我刚做的一步")
    assert page.locator("dd", has_text="入户中").count() == 1
    walk.tap(".who button")
    assert page.url == f"{office}/login"
    page.go_back()
    page.reload()
    assert page.url.startswith(f"{office}/login")
    walk.end()


def test_a_town_cadre_at_a_desk(chromium: Browser, office: str, county: Store):
    walk = Walk.begin(chromium, office, DESK)
    page = walk.page
    walk.enter("town", PASSWORD)
    walk.look()
    for key in ("j", "x", "j", "x", "a"):
        page.keyboard.press(key)
    picked = [one.input_value() for one in page.locator(".pick:checked").all()]
    assert len(picked) == 2
    assert page.evaluate("document.activeElement.id") == "many-reason"
    page.keyboard.type("三天内入户")
    page.select_option("#many-assignee", "village")
    walk.tap("text=批量派办所勾选的")
    assert page.locator(".received").inner_text().startswith("已派办2条")
    assert [reasons(county, one)[-1] for one in picked] == ["三天内入户"] * 2
    walk.look()

    page.goto(f"{office}/leads/own")
    walk.look()
    walk.tap("text=查看隐去的内容")
    walk.look()
    page.click("label.choice >> nth=0")
    page.fill("textarea[name=reason]", "入户以前核对是不是这一户")
    walk.tap("form.panel button.main")
    assert page.locator(".letter").inner_text().strip()
    walk.look()

    page.goto(f"{office}/leads/own")
    for step, fields in (
        ("属实", {"visited_on": "2026-11-24"}),
        ("已单项救助", {"measures": "临时救助三千元", "not_taken_in": "救助后没有返贫风险"}),
        ("已反馈来源", {}),
        ("已销号", {}),
    ):
        page.locator("#decision label.choice").filter(has_text=re.compile(rf"^\s*{step}\s*$")).click()
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)
        if step == "属实":
            page.select_option("select[name=signed]", "yes")
        page.fill("#decision textarea[name=reason]", f"{step}: 入户看过")
        walk.tap("#decision button.main")
        assert page.locator("dd").first.inner_text() == step
        walk.look()

    walk.tap("nav >> text=报表")
    walk.look()
    with page.expect_download() as download:
        page.click("text=下载台账 Excel")
    [sheet] = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets
    assert any("临时救助三千元" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    walk.end()


def test_a_clerk_takes_in_a_register_and_looks_after_an_accusation(chromium: Browser, office: str, folder: Path):
    path = folder / "十一月登记.xlsx"
    path.write_bytes(register(*ROWS, REFUSED))
    walk = Walk.begin(chromium, office, DESK)
    page = walk.page
    walk.enter("clerk", PASSWORD)
    walk.look()
    walk.tap("nav >> text=导入")
    walk.look()
    page.set_input_files("input[type=file]", path)
    walk.tap("text=上传并查看")
    page.wait_for_selector("text=确认并导入", timeout=20_000)
    walk.look()
    page.click("text=确认并导入")
    page.wait_for_url("**/receipts/*", timeout=20_000)
    assert page.locator("dd").all_inner_texts() == ["2", "0", "0", "1", "0"]
    walk.look()

    walk.tap("nav >> text=限制件")
    walk.look()
    walk.tap("a.card")
    assert SECRET in page.locator(".letter").inner_text()
    walk.look()
    walk.tap("text=另开一条不说明来源的线索")
    page.fill("input[name=person]", "庞四孩")
    walk.tap("text=在台账里查找")
    page.click("label.choice:has-text('尾号0001')")
    page.click("label.choice:has-text('因病')")
    page.click("fieldset:has-text('文中指向') label.choice >> nth=0")
    walk.look()
    walk.tap("form.panel button.main")
    assert "已登记" in page.locator(".received").inner_text()
    assert SECRET not in page.locator("main").inner_text()
    walk.look()

    walk.tap("text=返回")
    page.fill("input[name=reference]", "转字〔2026〕7号")
    page.fill("input[name=day]", "2026-11-24")
    walk.tap("text=已转送 >> nth=-1")
    page.goto(f"{office}/restricted?show=forwarded")
    assert page.locator("a.card").count() == 1
    walk.look()
    walk.end()


def test_an_administrators_first_day(chromium: Browser, folder: Path, sqlite_template: SqliteTemplate):
    store, clock = open_store(sqlite_template.copy_to(folder / "empty.db"), KEY), FakeClock()
    with store.unit_of_work() as work:
        work.set_up_codes.replace(CODE, COUNTY, NOON + timedelta(hours=1))
        work.commit()
    with open_office(store, clock, folder / "first", empty=True) as address:
        _first_day(chromium, address, clock)
    store.close()


def _first_day(chromium: Browser, address: str, clock: FakeClock) -> None:
    walk = Walk.begin(chromium, address, DESK)
    page = walk.page
    page.goto(address)
    assert page.url == f"{address}/setup"
    walk.look()
    for name, value in (("code", CODE), ("username", "boss"), ("name", "管理员")):
        page.fill(f"input[name={name}]", value)
    for name in ("password", "again"):
        page.fill(f"input[name={name}]", PASSPHRASE)
    walk.tap("button.main")
    walk.look()
    secret = set_up_authenticator(walk, clock, PASSPHRASE)
    walk.tap("text=抄好了, 继续")
    walk.look()

    passwords = {}
    for name, role, region in ROLES:
        page.goto(f"{address}/accounts/new")
        page.fill("input[name=username]", name)
        page.fill("input[name=name]", Role(role).label)
        page.select_option("select[name=role]", role)
        page.fill("input[name=region]", region)
        walk.tap("main button.main")
        passwords[name] = page.locator("code.once").inner_text()
    walk.look()
    walk.tap("nav >> text=账号")
    assert page.locator("a.card").count() == 1 + len(ROLES)
    walk.look()

    for name, role, _ in ROLES:
        _first_sign_in(Walk.begin(chromium, address, PHONE), clock, name, passwords[name], factor=role == "clerk")

    walk.tap(".who button")
    clock.move(seconds=30)
    walk.enter("boss", PASSPHRASE)
    walk.look()
    page.fill("input[name=code]", pyotp.TOTP(secret).at(clock.now()))
    walk.tap("main button.main")
    assert page.url == f"{address}/system"
    walk.end()


def _first_sign_in(walk: Walk, clock: FakeClock, name: str, password: str, *, factor: bool) -> None:
    page, own = walk.page, f"{PASSPHRASE}{name}"
    walk.enter(name, password)
    assert page.url == f"{walk.address}/account/password"
    page.fill("input[name=password]", password)
    for field in ("new", "again"):
        page.fill(f"input[name={field}]", own)
    walk.look()
    walk.tap("main button.main")
    if factor:
        set_up_authenticator(walk, clock, own)
        walk.tap("text=抄好了, 继续")
    assert page.url == f"{walk.address}/"
    walk.look()
    walk.end()
