"""Verified leads through the interface: who may read which, up to where, and what comes back."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from domain.accounts.api_key import KeyScope
from domain.leads.lead import LeadStatus
from domain.places.region import RegionCode
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE
from tests.fakes import FakeClock
from tests.review.api.keys import add_key, bearer
from tests.review.office import OTHER_TEXT, OWN_TEXT, PETITIONER, Office, verify
from tests.review.receiving import receiving_office

FEED, ACKNOWLEDGE = "/api/v1/leads/feed", "/api/v1/leads/feed/acknowledgements"
REPORT = {"reference": "JC-1", "outcome": "taken_in", "occurred_on": "2026-11-24", "remark": "县审定通过"}


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Office:
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads")
    verify(office, "own", "other")
    return office


@pytest.fixture
def client(office: Office) -> TestClient:
    return office.client()


def key(office: Office, region: RegionCode = TOWN, department: str = "") -> dict[str, str]:
    scopes = (KeyScope.READ_LEADS, KeyScope.REPORT_OUTCOMES)
    return bearer(add_key(office.store, scopes, region, department=department))


def ids(client: TestClient, headers: dict[str, str], **query: str) -> list[str]:
    answer = client.get(FEED, params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return [item["lead"]["id"] for item in answer.json()["items"]]


def test_the_feed_gives_what_was_verified_and_nobodys_name_or_words(office: Office, client: TestClient):
    answer = client.get(FEED, headers=key(office))

    content = answer.json()
    [own, other] = content["items"]
    assert own["lead"]["household_id"] is None
    assert own["lead"]["categories"] == [
        {"slug": "illness", "label": "因病", "national_code": "01", "probability": 0.9}
    ]
    assert (other["lead"]["region"], other["status"], other["visited_on"]) == (
        OTHER_VILLAGE.digits,
        "confirmed",
        "2026-11-24",
    )
    assert content["more"] is False
    for said in (PETITIONER, "庞四孩", "蔡二白", "核实过", "village", "13800000000", OWN_TEXT[8:14], OTHER_TEXT[:6]):
        assert said not in answer.text


@pytest.mark.parametrize(
    ("region", "department", "found"),
    [
        (TOWN, "", ["own", "other"]),
        (VILLAGE, "", ["own"]),
        (RegionCode("141124105"), "", []),
        (TOWN, "housing", ["other"]),
        (VILLAGE, "housing", []),
        (TOWN, "education", []),
    ],
)
def test_a_key_reads_its_division_and_a_department_what_was_transferred_to_it(
    office: Office, client: TestClient, region: RegionCode, department: str, found: list[str]
):
    headers = key(office, region, department)
    verify(office, "other", status=LeadStatus.TO_DEPARTMENT, department="housing")
    found = [*found, "other"] if "other" in found else found

    assert ids(client, headers) == found
    for name in ("own", "other"):
        assert client.get(f"/api/v1/leads/{name}", headers=headers).status_code == (200 if name in found else 404)
        answer = client.post(f"/api/v1/leads/{name}/outcomes", json=REPORT | {"reference": name}, headers=headers)
        assert answer.status_code == (200 if name in found else 404)


def test_a_department_is_not_told_when_a_matter_came_in(office: Office, client: TestClient):
    verify(office, "other", status=LeadStatus.TO_DEPARTMENT, department="housing")
    dates = ("opened_at", "visit_due", "decide_due")

    told = client.get("/api/v1/leads/other", headers=key(office)).json()
    kept = client.get("/api/v1/leads/other", headers=key(office, TOWN, "housing")).json()
    events = client.get(FEED, headers=key(office, TOWN, "housing")).json()["items"]

    assert all(told[name] for name in dates)
    for lead in (kept, *(one["lead"] for one in events)):
        assert [lead[name] for name in dates] == [None, None, None]
    assert events


def test_a_receiver_goes_on_from_its_cursor_or_from_what_it_acknowledged(office: Office, client: TestClient):
    headers = key(office)
    first = client.get(FEED, params={"limit": "1"}, headers=headers).json()
    assert (first["more"], [item["lead"]["id"] for item in first["items"]]) == (True, ["own"])
    assert ids(client, headers, cursor=first["next_cursor"]) == ["other"]
    assert ids(client, headers) == ["own", "other"], "nothing is acknowledged yet"

    assert client.post(ACKNOWLEDGE, json={"cursor": first["next_cursor"]}, headers=headers).status_code == 200

    assert ids(client, headers) == ["other"]
    assert ids(client, headers, cursor="start") == ["own", "other"]
    assert ids(client, key(office)) == ["own", "other"], "each key has its own place"


@pytest.mark.parametrize(("cursor", "status"), [("17", 409), ("djE6OTk", 409), ("a b", 422)])
def test_a_cursor_that_was_never_given_out_is_refused_with_what_to_do(
    office: Office, client: TestClient, cursor: str, status: int
):
    read = client.get(FEED, params={"cursor": cursor}, headers=key(office))
    acknowledged = client.post(ACKNOWLEDGE, json={"cursor": cursor}, headers=key(office))

    assert (read.status_code, acknowledged.status_code) == (status, status)
    assert status == 422 or "从头读" in read.json()["detail"]


def test_a_lead_that_nobody_verified_does_not_exist(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads")
    verify(office, "own", status=LeadStatus.VISITING)

    assert office.client().get("/api/v1/leads/own", headers=key(office)).status_code == 404


def test_an_outcome_comes_back_once_and_stands_in_the_history_of_the_lead(office: Office, client: TestClient):
    headers = key(office)

    first = client.post("/api/v1/leads/own/outcomes", json=REPORT, headers=headers)
    again = client.post("/api/v1/leads/own/outcomes", json=REPORT, headers=headers)
    other = client.post("/api/v1/leads/other/outcomes", json=REPORT, headers=headers)

    assert (first.status_code, again.json(), other.status_code) == (200, first.json(), 409)
    page = office.client("town").get("/leads/own").text
    assert page.count("县审定通过") == 1
    village = office.client("village").get("/leads/own").text
    assert "县审定通过" not in village
    assert "纳入监测" in village
    assert "纳入监测" in page
    assert "县平台" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "cured"},
        {"occurred_on": "昨天"},
        {"reference": ""},
        {"remark": "长" * 201},
        {"remark": "a\x00b"},
        {"name": "张三三"},
    ],
    ids=str,
)
def test_a_report_that_is_wrong_changes_nothing(office: Office, client: TestClient, wrong: dict[str, str]):
    answer = client.post("/api/v1/leads/own/outcomes", json=REPORT | wrong, headers=key(office))

    assert answer.status_code == 422
    assert "张三三" not in answer.text
    with office.store.reading() as work:
        assert work.lead_outcomes.of("own") == []  # type: ignore[arg-type]


def test_nothing_can_have_come_of_a_lead_tomorrow(office: Office, client: TestClient):
    report = REPORT | {"occurred_on": "2026-11-25"}

    assert client.post("/api/v1/leads/own/outcomes", json=report, headers=key(office)).status_code == 409


def test_a_misspelt_word_of_the_address_is_refused_and_reads_from_nowhere_else(office: Office, client: TestClient):
    assert client.get(FEED, params={"curser": "start"}, headers=key(office)).status_code == 422


@pytest.mark.parametrize("scope", [KeyScope.SUBMIT_PETITIONS, KeyScope.READ_RECEIPTS])
def test_a_key_that_hands_in_reads_no_lead_and_reports_nothing(office: Office, client: TestClient, scope: KeyScope):
    headers = bearer(add_key(office.store, [scope]))

    assert client.get(FEED, headers=headers).status_code == 403
    assert client.get("/api/v1/leads/own", headers=headers).status_code == 403
    assert client.post("/api/v1/leads/own/outcomes", json=REPORT, headers=headers).status_code == 403
    assert client.get(FEED).status_code == 401


def test_what_was_read_by_which_key_stands_in_the_audit_log(office: Office, client: TestClient):
    client.get(FEED, headers=key(office))
    client.get("/api/v1/leads/own", headers=key(office))

    with office.store.reading() as work:
        entries = {(entry.action, entry.subject) for entry in work.audit.recent(limit=20)}
    assert {("read_feed", ""), ("read_lead", "own")} <= entries
