"""Doors that open, and doors that stay shut."""

import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from domain.leads.lead import LeadStatus
from domain.risk import Risk
from domain.texts.analysis import Evidence, RiskLabel
from review.shown.highlight import segments
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import ACCOUNTS, OTHER_TEXT, PASSWORD, PETITIONER, SECRET, Office, fill

PAGES = ("/", "/leads/own", "/leads/other", "/risk-points", "/restricted", "/system", "/audit")


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def everything(office: Office, name: str) -> str:
    """All that a role gets to see on any page."""
    client = office.client(name)
    pages = [*PAGES, f"/restricted/{office.accusation.id}"]
    return "\n".join(client.get(page).text for page in pages)


def csrf(client: TestClient, page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get(page).text)
    assert found
    return found[1]


def decide(client: TestClient, page: str = "/leads/own", **changes: str):
    form = {"csrf": csrf(client, page), "status": "visiting", "reason": "明天入户", **changes}
    return client.post(f"{page}/decisions", data=form)


def test_nobody_sees_anything_without_signing_in(office: Office):
    for page in PAGES:
        answer = office.client().get(page)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_a_village_sees_its_own_lead_and_nothing_of_the_other_village(office: Office):
    seen = everything(office, "village")

    assert "/leads/own" in seen
    assert "/leads/other" not in seen
    assert OTHER_TEXT[:8] not in seen
    assert "蔡**" not in seen


def test_a_lead_of_another_region_does_not_exist(office: Office):
    assert office.client("village").get("/leads/other").status_code == 404
    assert office.client("other_town").get("/leads/own").status_code == 404
    assert office.client("other_village").get("/leads/own").status_code == 404


def test_a_decision_about_another_villages_lead_is_not_taken(office: Office):
    client = office.client("other_village")
    form = {"csrf": csrf(client, "/"), "status": "visiting", "reason": "x"}

    assert client.post("/leads/own/decisions", data=form).status_code == 404
    with office.store.reading() as work:
        view = work.leads.get("own")  # type: ignore[arg-type]
    assert view is not None
    assert view.decisions == ()


def test_a_village_never_reads_the_letter(office: Office):
    page = office.client("village").get("/leads/own").text

    assert "得了重病" in page
    assert "来访反映" not in page
    assert "信访" not in page.replace("信访办", "")


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != "clerk"])
def test_who_petitioned_is_known_to_the_petition_office_only(office: Office, name: str):
    assert PETITIONER not in everything(office, name)


def test_the_petition_office_sees_who_petitioned(office: Office):
    assert PETITIONER in everything(office, "clerk")


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != "clerk"])
def test_accusations_are_read_by_the_petition_office_only(office: Office, name: str):
    assert SECRET not in everything(office, name)


def test_reading_an_accusation_is_written_down(office: Office):
    client = office.client("clerk")

    assert SECRET in client.get(f"/restricted/{office.accusation.id}").text
    with office.store.reading() as work:
        assert work.audit.recent(1)[0].action == "view_restricted"


@pytest.mark.parametrize("name", ["admin", "auditor"])
def test_who_runs_or_checks_the_system_reads_no_lead(office: Office, name: str):
    seen = everything(office, name)

    assert "得了重病" not in seen
    assert "庞**" not in seen


@pytest.mark.parametrize("name", list(ACCOUNTS))
def test_no_page_shows_a_whole_phone_or_a_whole_name_of_the_register(office: Office, name: str):
    seen = everything(office, name)

    for secret in ("13800000000", "13900000000", "庞四孩", "蔡二白"):
        assert secret not in seen


@pytest.mark.parametrize("name", list(ACCOUNTS))
def test_markup_in_a_petition_stays_text(office: Office, name: str):
    assert "<script>" not in everything(office, name)


def test_a_decision_is_appended_and_shown(office: Office):
    client = office.client("village")

    answer = decide(client, visited_on="2026-11-20", status="confirmed", signed="yes", reason="药费确实负担不起")

    assert answer.status_code == 303
    page = client.get("/leads/own").text
    assert "属实" in page
    assert "药费确实负担不起" in page
    with office.store.reading() as work:
        view = work.leads.get("own")  # type: ignore[arg-type]
        assert view is not None
        assert view.status is LeadStatus.CONFIRMED
        assert work.audit.verify() is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"status": "not_here", "reason": "  "}, "请写明情况和理由", id="no reason"),
        pytest.param({"status": "closed"}, "不能改为", id="closed before verified"),
        pytest.param({"status": "nonsense"}, "请选择处理结果", id="no such status"),
        pytest.param({"visited_on": "2027-01-01"}, "在今天之后", id="visit in the future"),
        pytest.param({"visited_on": "gestern"}, "入户日期不对", id="no date"),
        pytest.param({"household_id": "1411241042030001"}, "不在候选之中", id="household of nobody"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(office: Office, changes: dict[str, str], message: str):
    client = office.client("village")

    answer = decide(client, **changes)

    assert answer.status_code == 409
    assert message in answer.text
    with office.store.reading() as work:
        view = work.leads.get("own")  # type: ignore[arg-type]
    assert view is not None
    assert view.decisions == ()


def test_the_petition_office_goes_to_no_door(office: Office):
    client = office.client("clerk")
    form = {"csrf": csrf(client, "/leads/own"), "status": "visiting", "reason": "x"}

    assert client.post("/leads/own/decisions", data=form).status_code == 409
    with office.store.reading() as work:
        view = work.leads.get("own")  # type: ignore[arg-type]
    assert view is not None
    assert view.decisions == ()


@pytest.mark.parametrize("name", ["admin", "auditor"])
def test_who_runs_or_checks_the_system_decides_nothing(office: Office, name: str):
    client = office.client(name)
    form = {"csrf": csrf(client, "/system" if name == "admin" else "/audit"), "status": "visiting"}

    assert client.post("/leads/own/decisions", data=form).status_code == 403


def test_a_form_without_the_sessions_token_is_refused(office: Office):
    client = office.client("village")
    form = {"csrf": "0" * 64, "status": "visiting", "reason": "x"}

    assert client.post("/leads/own/decisions", data=form).status_code == 403


def test_five_wrong_passwords_lock_the_name_for_a_while(office: Office):
    client = office.client()
    for _ in range(5):
        assert client.post("/login", data={"username": "town", "password": "wrong"}).status_code == 401

    assert client.post("/login", data={"username": "town", "password": PASSWORD}).status_code == 429
    office.clock.move(minutes=16)
    assert client.post("/login", data={"username": "town", "password": PASSWORD}).status_code == 303


def test_an_idle_session_is_over(office: Office):
    client = office.client("town")
    office.clock.move(minutes=481)

    assert client.get("/").status_code == 303


def test_a_session_that_is_used_stays_open(office: Office):
    client = office.client("town")
    for _ in range(3):
        office.clock.move(hours=7)
        assert client.get("/").status_code == 200


def test_signing_out_ends_the_session(office: Office):
    client = office.client("town")
    token = client.cookies["qianshao_session"]
    client.post("/logout", data={"csrf": csrf(client, "/")})
    client.cookies.set("qianshao_session", token)

    assert client.get("/").status_code == 303


def test_browsers_are_told_to_refuse_what_the_pages_never_need(office: Office):
    headers = office.client("town").get("/").headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_asks_another_machine_for_anything(office: Office):
    assert not re.search(r'(src|href|action)="(https?:)?//', everything(office, "town"))


def test_filters_narrow_the_feed(office: Office):
    client = office.client("town")

    assert "/leads/own" not in client.get("/?risk=housing").text
    assert "/leads/other" in client.get("/?risk=housing").text
    assert "没有符合条件的线索" in client.get("/?status=closed").text
    assert client.get("/?village=nonsense&risk=nonsense&status=nonsense&due=nonsense&page=-3").status_code == 200


def test_a_due_step_that_passed_is_said_in_words(office: Office):
    office.clock.move(days=2)

    assert "已超期2天" in office.client("town").get("/").text


@given(
    content=st.text(max_size=80),
    spans=st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=6),
)
def test_a_highlighted_text_is_always_the_whole_text(content: str, spans: list[tuple[int, int]]):
    evidence = tuple(Evidence(start=start, end=end, text="") for start, end in spans if start < end)
    label = RiskLabel(risk=Risk.ILLNESS, probability=0.9, evidence=evidence)

    assert "".join(segment.text for segment in segments(content, [label])) == content
