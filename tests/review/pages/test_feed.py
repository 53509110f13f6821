"""The feed as an account keeps it, and one step for several leads."""

import re

import pytest
from fastapi.testclient import TestClient

from domain.leads.lead import Decision, LeadId, LeadStatus
from storage.store import Store
from tests.databases import statements_asked
from tests.fakes import NOON, FakeClock
from tests.review.office import DEPARTMENT, Office, fill, verify


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def token(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/").text)
    assert found
    return found[1]


def keep(client: TestClient, name: str, query: str, **more: str):
    return client.post("/views", data={"csrf": token(client), "name": name, "query": query, **more})


def status(office: Office, lead_id: str) -> LeadStatus:
    with office.store.reading() as work:
        view = work.leads.get(LeadId(lead_id))
    assert view is not None
    return view.status


def test_a_lead_for_which_nothing_is_owed_is_shown_only_when_asked_for(office: Office):
    verify(office, "own", status=LeadStatus.REPORTED_BACK)
    client = office.client("town")

    assert "/leads/own" not in client.get("/").text
    assert "/leads/own" in client.get("/?status=all").text
    assert "/leads/own" in client.get("/?status=reported_back").text


def test_a_household_found_in_need_stays_on_the_list_of_the_town_until_it_is_decided_on(office: Office):
    verify(office, "own", status=LeadStatus.CONFIRMED)

    page = office.client("town").get("/").text
    assert "/leads/own" in page
    assert "认定" in page
    assert "/leads/own" not in office.client("village").get("/").text


def test_a_kept_view_is_offered_and_the_default_one_opened(office: Office):
    client = office.client("town")
    answer = keep(client, "因病的", "risk=illness&page=7&evil=1", default="1")

    assert answer.headers["location"] == "/?risk=illness"
    page = client.get("/").text
    assert 'href="/?risk=illness" aria-current="page">因病的</a>' in page
    assert "/leads/own" in page
    assert "/leads/other" not in page
    assert "/leads/other" in client.get("/?view=all").text
    assert "因病的" not in office.client("village").get("/").text


def test_a_view_can_be_forgotten_by_its_owner_only(office: Office):
    client, other = office.client("town"), office.client("village")
    keep(client, "因病的", "risk=illness")
    number = re.search(r"/views/(\d+)/deletion", client.get("/").text)
    assert number

    other.post(f"/views/{number[1]}/deletion", data={"csrf": token(other)})
    assert "因病的" in client.get("/").text
    client.post(f"/views/{number[1]}/deletion", data={"csrf": token(client)})
    assert "因病的" not in client.get("/").text


@pytest.mark.parametrize("name", ["", "  ", "很" * 21])
def test_a_view_needs_a_name_that_fits(office: Office, name: str):
    assert keep(office.client("town"), name, "risk=illness").status_code in (409, 422)


def test_several_leads_are_passed_on_at_once_and_what_could_not_be_is_told(office: Office):
    client = office.client("town")
    with office.store.unit_of_work() as work:
        work.decisions.append(
            Decision(lead_id=LeadId("other"), status=LeadStatus.CLOSED, decided_by="t", decided_at=NOON, reason="完")
        )
        work.commit()

    form = {"csrf": token(client), "leads": ["own", "other", "nobody"], "reason": "三天内看完"}
    page = client.post("/leads/assignments", data=form).text

    assert "已派办1条" in page
    assert "2条没有办成" in page
    assert status(office, "own") is LeadStatus.ASSIGNED
    assert status(office, "other") is LeadStatus.CLOSED


def test_a_lead_of_another_division_is_not_passed_on(office: Office):
    client = office.client("other_town")
    page = client.post("/leads/assignments", data={"csrf": token(client), "leads": ["own"]}).text

    assert "已派办0条" in page
    assert status(office, "own") is LeadStatus.NEW


@pytest.mark.parametrize("name", ["village", "clerk"])
def test_who_passes_nothing_on_is_offered_no_boxes_and_refused(office: Office, name: str):
    client = office.client(name)
    assert 'class="pick"' not in client.get("/").text
    answer = client.post("/leads/assignments", data={"csrf": token(client), "leads": ["own"]})
    assert answer.status_code == 403
    assert status(office, "own") is LeadStatus.NEW


def test_forms_of_the_feed_need_the_sessions_token(office: Office):
    client = office.client("town")
    for path, form in (("/views", {"name": "x"}), ("/leads/assignments", {"leads": "own"}), ("/views/1/deletion", {})):
        assert client.post(path, data={"csrf": "wrong", **form}).status_code == 403


def test_a_triage_takes_two_taps(office: Office):
    client = office.client("town")
    page = client.get("/leads/own").text
    quick = re.search(r'name="reason" value="([^"]+)"><button class="main" name="status" value="assigned">', page)
    assert quick
    client.post("/leads/own/decisions", data={"csrf": token(client), "reason": quick[1], "status": "assigned"})
    assert status(office, "own") is LeadStatus.ASSIGNED


def test_a_department_finds_what_was_transferred_to_it_on_its_first_page(office: Office):
    verify(office, "own", status=LeadStatus.TO_DEPARTMENT, department=DEPARTMENT)

    page = office.client("department").get("/").text
    assert "/leads/own" in page
    assert "/leads/other" not in page


def test_a_department_is_told_that_a_lead_was_taken_back_from_it_and_no_more(office: Office):
    verify(office, "own", status=LeadStatus.TO_DEPARTMENT, department=DEPARTMENT)
    assert "收回" not in office.client("department").get("/").text
    verify(office, "own", status=LeadStatus.VISITING)

    page = office.client("department").get("/").text

    assert "own · 2026-11-24转来, 2026-11-24收回" in page
    assert "/leads/own" not in page
    for word in ("庞", "因病", "核实过", "药费"):
        assert word not in page[page.index("近期收回") : page.index("</details>")]
    assert "收回" not in office.client("town").get("/").text


def test_a_department_without_leads_is_told_why(office: Office):
    assert "现在没有转给本部门的线索" in office.client("department").get("/").text


@pytest.mark.parametrize(("page", "most"), [("/", 30), ("/leads/own", 60)])
def test_a_page_asks_the_database_a_few_dozen_times(office: Office, page: str, most: int):
    client = office.client("town")
    client.get(page)
    with statements_asked() as asked:
        answer = client.get(page)

    assert answer.status_code == 200
    assert 0 < len(asked) <= most
