"""Pages of media and of coverage: who may open them, and what a village never learns there."""

import re
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from domain.accounts.account import Role
from domain.media.source_health import DayVolume, SourceVerdict
from domain.words.vocabulary import Channel
from pipeline.policy.tables import load_policy
from review.app import create_app
from review.pages.sources import bars_of
from storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.pipeline.media import run
from tests.review.office import ACCOUNTS, PASSWORD, Office, fill
from tests.review.reported import FIRST_DAY, Reported, health

OPERATORS = {"admin"}
READERS = set(ACCOUNTS) - {"auditor", "department"}


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


@pytest.fixture
def reported() -> Reported:
    return Reported()


def client(office: Office, reported: Reported | None, name: str) -> TestClient:
    app = create_app(office.store, office.clock, load_policy().departments, reports=reported)
    found = TestClient(app, follow_redirects=False)
    assert found.post("/login", data={"username": name, "password": PASSWORD}).status_code == 303
    return found


@pytest.mark.parametrize("name", sorted(ACCOUNTS))
def test_only_whom_it_concerns_may_open_the_pages(office: Office, reported: Reported, name: str):
    browser = client(office, reported, name)
    sources, one, coverage = (browser.get(page) for page in ("/sources", "/sources/town_paper", "/coverage"))

    assert (sources.status_code, one.status_code) == ((200, 200) if name in OPERATORS else (403, 403))
    assert coverage.status_code == (200 if name in READERS else 403)
    home = browser.get("/system" if name == "admin" else "/audit" if name == "auditor" else "/").text
    assert ('href="/sources"' in home, 'href="/coverage"' in home) == (name in OPERATORS, name in READERS)


def test_nobody_sees_them_without_signing_in(office: Office, reported: Reported):
    app = create_app(office.store, office.clock, load_policy().departments, reports=reported)

    for page in ("/sources", "/sources/town_paper", "/coverage"):
        answer = TestClient(app, follow_redirects=False).get(page)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_village_never_learns_how_many_petitions_came_in(office: Office, reported: Reported, name: str):
    shown = client(office, reported, name).get("/coverage").text

    assert ("31条" in shown) == (ACCOUNTS[name][0] is not Role.VILLAGE)


@pytest.mark.parametrize("name", sorted(READERS))
def test_the_names_of_declarations_are_for_whoever_runs_the_media(office: Office, reported: Reported, name: str):
    shown = client(office, reported, name).get("/coverage").text

    assert ("<span>town_paper</span>" in shown) == (name in OPERATORS)


def test_without_reports_the_pages_do_not_exist(office: Office):
    browser = client(office, None, "admin")

    assert [browser.get(page).status_code for page in ("/sources", "/sources/a", "/coverage")] == [404, 404, 404]
    assert 'href="/sources"' not in browser.get("/system").text


def test_the_list_says_what_is_wrong_and_the_page_what_to_do(office: Office, reported: Reported):
    with office.store.unit_of_work() as work:
        work.sources.add_run(run(NOON - timedelta(days=1), 7, messages=("<script>列表页第2页没有文章",)))
        work.sources.add_run(run(NOON - timedelta(days=20), 987654))
        work.commit()
    browser = client(office, reported, "admin")

    listed, shown = browser.get("/sources").text, browser.get("/sources/town_paper").text

    assert listed.index("静默") < listed.index("正常</span>")
    assert "11月20日以来没有新文章" in listed
    assert "用浏览器看" in shown
    assert (shown.count('class="found"'), shown.count('class="usual"')) == (30, 30)
    assert "25%" in shown
    assert ("列表页第2页没有文章" in shown, "987654" in shown) == (True, False)
    assert "<script>" not in shown
    assert "<b>要闻" not in shown
    assert browser.get("/sources/another").status_code == 404


def test_the_chart_fits_its_frame_whatever_the_numbers():
    for found in (0, 1, 10_000):
        days = (DayVolume(day=FIRST_DAY, found=found, expected=3.0, crawled=True),)
        one = health("a", SourceVerdict.HEALTHY)
        changed = type(one)(**{**{name: getattr(one, name) for name in one.__slots__}, "days": days})
        [bar] = bars_of(changed)
        assert 0 <= bar.height <= 120
        assert 0 <= bar.usual_y <= 120


@pytest.mark.parametrize("name", sorted(READERS))
def test_the_ledger_is_asked_for_the_accounts_region_whatever_the_address_says(
    office: Office, reported: Reported, name: str
):
    client(office, reported, name).get("/coverage?region=14&village=141124104203")

    [(region, month, channels)] = reported.asked
    assert (region, month) == (ACCOUNTS[name][1], date(2026, 11, 1))
    assert channels == ((Channel.NEWS,) if "village" in name else tuple(Channel))


@pytest.mark.parametrize(
    ("asked", "month"),
    [
        ("2026-03", date(2026, 3, 1)),
        ("2031-01", date(2026, 11, 1)),
        ("0001-01", date(2000, 1, 1)),
        ("2026-13", date(2026, 11, 1)),
        ("x' OR 1=1", date(2026, 11, 1)),
        ("９９９９-01", date(2026, 11, 1)),
    ],
)
def test_a_month_that_is_none_is_this_one(office: Office, reported: Reported, asked: str, month: date):
    assert client(office, reported, "town").get("/coverage", params={"month": asked}).status_code == 200
    assert reported.asked[0][1] == month


def test_the_page_tells_no_leads_from_no_data(office: Office, reported: Reported):
    text = client(office, reported, "town").get("/coverage").text

    assert re.search(r"有来源提到</dt><dd>1个村.*庞家庄村.*乡川要闻 2篇.*线索1条", text, re.DOTALL)
    assert "完成抓取21天, 应有23天" in text
    assert "2个文件, 31条" in text
