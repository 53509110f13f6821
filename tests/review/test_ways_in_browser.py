"""A clerk with a phone, and one at a desk, hand in a file and a single petition in a real Chromium."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from pipeline.deliveries.import_submissions import SubmissionWorker
from pipeline.deliveries.web_reception import WebReception
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import FakeClock
from tests.review.office import fill
from tests.review.receiving import REFUSED, ROWS, register, submission_imports
from tests.review.test_browser import fits, launched, open_page, served, sign_in

pytestmark = pytest.mark.browser
SIZES = [
    pytest.param({"width": 390, "height": 844}, id="phone"),
    pytest.param({"width": 1280, "height": 900}, id="desk"),
]
HEADER = ("信访件编号", "姓名", "联系电话", "信访日期", "信访目的", "干了啥")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def address(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Iterator[str]:
    fill(sqlite_store, clock)
    imports = submission_imports(sqlite_store, clock, tmp_path / "uploads")
    worker = SubmissionWorker(imports)
    reception = WebReception(imports, COUNTY, worker.wake)
    app = create_app(sqlite_store, clock, load_policy().departments, reception=reception)
    with served(app) as address:
        worker.start()
        yield address
    worker.stop()


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_uploads_names_a_column_confirms_and_downloads_the_receipt(
    chromium: Browser, address: str, tmp_path: Path, size: dict[str, int]
):
    path = tmp_path / "十一月登记.xlsx"
    path.write_bytes(register(*ROWS, REFUSED, header=HEADER))
    page, troubles = open_page(chromium, size)
    sign_in(page, address, "clerk")
    page.click("text=导入 >> nth=0")
    assert fits(page)

    page.set_input_files("input[type=file]", path)
    page.click("text=上传并查看")
    page.wait_for_selector("text=待确认")
    assert fits(page)
    page.locator("li", has_text="干了啥").locator("select").select_option("summary")
    page.click("text=确认并导入")
    page.wait_for_url("**/receipts/*", timeout=20_000)

    assert page.locator("dd").all_inner_texts() == ["2", "0", "0", "1", "0"]
    assert page.locator(".problems li").count() == 1
    assert fits(page)
    with page.expect_download() as download:
        page.click("a.primary")
    rows = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0].iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["回执结果", "已接收", "已接收", "退回"]
    assert troubles == []


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_registers_one_petition_after_mending_what_was_wrong(
    chromium: Browser, address: str, size: dict[str, int]
):
    page, troubles = open_page(chromium, size)
    sign_in(page, address, "clerk")
    page.goto(f"{address}/petitions/new")
    assert fits(page)
    page.fill("input[name=name]", "张三三")
    page.fill("input[name=phone]", "138")
    page.fill("textarea[name=matter]", "反映家中失火，房子烧了，没有地方住。")
    page.select_option("select[name=form]", "来访")
    page.select_option("select[name=purpose]", "求决")
    page.click("button.main")

    page.wait_for_selector("#phone-problem")
    assert page.input_value("input[name=name]") == "张三三"
    assert fits(page)
    page.fill("input[name=phone]", "13800000000")
    page.click("button.main")
    page.wait_for_url("**/receipts/*")
    assert page.locator("dd").first.inner_text() == "1"
    assert len([one for one in troubles if "409" not in one]) == 0


@pytest.mark.parametrize("size", SIZES)
def test_the_description_of_the_interface_fits_and_asks_nothing_of_other_machines(
    chromium: Browser, address: str, size: dict[str, int]
):
    page, troubles = open_page(chromium, size)

    page.goto(f"{address}/api/v1/docs")

    assert page.locator("h1").inner_text() == "前哨接口"
    assert fits(page)
    assert troubles == []
