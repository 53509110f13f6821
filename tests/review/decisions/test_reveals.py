"""What is hidden is shown for a reason, for a short time, to who asked, and it is written down."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.leads.lead import Assignment, LeadId
from domain.words.vocabulary import Role, Route
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.review.office import PASSWORD, PETITIONER, Office, fill

REASON = "入户前要核对情况"


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def own_text(office: Office) -> str:
    with office.store.reading() as work:
        view = work.leads.get("own")  # type: ignore[arg-type]
    assert view is not None
    return view.evidence[0].document_id


def ask(client: TestClient, item: str, reason: str = REASON, lead: str = "own") -> Response:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/").text)
    form = {"csrf": found[1] if found else "", "item": item, "reason": reason}
    return client.post(f"/leads/{lead}/reveals", data=form)


def shown(client: TestClient, answer: Response) -> str:
    assert answer.status_code == 303, answer.text
    return str(client.get(answer.headers["location"]).text)


def test_a_town_sees_the_summary_and_asks_for_the_letter(office: Office):
    client = office.client("town")
    before = client.get("/leads/own").text
    assert "得了重病" in before
    assert "来访反映" not in before

    letter = shown(client, ask(client, f"text:{own_text(office)}"))

    assert "来访反映" in letter
    assert PETITIONER not in letter
    assert "13800000000" not in letter


def test_each_reveal_stands_in_the_audit_log_with_item_and_reason(office: Office):
    ask(office.client("town"), f"petitioner_name:{own_text(office)}")

    with office.store.reading() as work:
        entry = next(one for one in work.audit.recent(5) if one.action == "reveal")
        assert work.audit.verify() is None
    assert (entry.actor, entry.subject) == ("town", own_text(office))
    assert entry.detail == f"petitioner_name own {REASON}"


def test_the_petition_office_reads_who_looked_at_its_texts_and_why(office: Office):
    ask(office.client("town"), f"petitioner_phone:{own_text(office)}")

    assert REASON in office.client("clerk").get("/reveals").text
    assert office.client("town").get("/reveals").status_code == 403


def test_it_is_over_after_some_minutes_and_it_is_nobody_elses(office: Office):
    client = office.client("town")
    address = ask(client, f"petitioner_name:{own_text(office)}").headers["location"]

    assert PETITIONER in client.get(address).text
    assert office.client("leader").get(address).status_code == 404
    office.clock.move(minutes=11)
    assert client.get(address).status_code == 404


def test_what_became_an_accusation_meanwhile_is_shown_no_more(office: Office):
    client = office.client("town")
    address = ask(client, f"text:{own_text(office)}").headers["location"]
    with office.store.unit_of_work() as work:
        work.routes.add(own_text(office), Route.RESTRICTED, "文中指向干部", "9", NOON)  # type: ignore[arg-type]
        work.commit()

    assert client.get(address).status_code == 404


def test_a_village_learns_the_name_at_the_door_and_nothing_of_the_letter(office: Office):
    client = office.client("village")

    assert "庞四孩" in shown(client, ask(client, "household_names:1411241042020001"))
    for item in (
        f"text:{own_text(office)}",
        f"petitioner_name:{own_text(office)}",
        "household_id_numbers:1411241042020001",
    ):
        assert ask(client, item).status_code == 409


@pytest.mark.parametrize(
    ("name", "lead", "status"),
    [("other_village", "own", 404), ("village", "other", 404), ("admin", "own", 403), ("auditor", "own", 403)],
)
def test_nobody_asks_about_what_they_do_not_see(office: Office, name: str, lead: str, status: int):
    client = office.client(name)
    page = {"admin": "/system", "auditor": "/audit"}.get(name, "/")
    found = re.search(r'name="csrf" value="(\w+)"', client.get(page).text)
    form = {"csrf": found[1] if found else "", "item": f"text:{own_text(office)}", "reason": REASON}

    assert client.get(f"/leads/{lead}/reveals").status_code == status
    assert client.post(f"/leads/{lead}/reveals", data=form).status_code == status


@pytest.mark.parametrize("reason", ["", "看看", "因" * 201], ids=["none", "too short", "too long"])
def test_a_reason_that_says_nothing_is_refused(office: Office, reason: str):
    answer = ask(office.client("town"), f"text:{own_text(office)}", reason)

    assert answer.status_code == 409
    assert "请写明查看理由" in answer.text


def test_numbers_and_names_in_the_reason_are_masked_where_it_is_kept(office: Office):
    ask(office.client("town"), f"text:{own_text(office)}", f"联系13800000000核对, {PETITIONER}和庞四孩都在")

    with office.store.reading() as work:
        details = [one.detail for one in work.audit.recent(5) if one.action == "reveal"]
    assert "138****0000" in details[0]
    assert PETITIONER not in details[0]
    assert "庞四孩" not in details[0]


def test_the_day_has_an_end(office: Office):
    rules = replace(load_policy().disclosure.rules, reveals_per_day=1)
    app = create_app(office.store, office.clock, {}, disclosure=rules)
    client = TestClient(app, follow_redirects=False)
    client.post("/login", data={"username": "town", "password": PASSWORD})

    assert ask(client, f"text:{own_text(office)}").status_code == 303
    assert "到了上限" in ask(client, f"text:{own_text(office)}").text
    office.clock.move(hours=13)
    client.post("/login", data={"username": "town", "password": PASSWORD})
    assert ask(client, f"text:{own_text(office)}").status_code == 303


def call(office: Office, username: str, name: str) -> None:
    """Give the account the name of a person."""
    with office.store.unit_of_work() as work:
        account = work.accounts.get(username)
        assert account is not None
        work.accounts.add(replace(account, username=f"{username}2", display_name=name))
        work.commit()


@pytest.mark.parametrize("name", [PETITIONER, "庞四孩"])
def test_whom_the_lead_may_touch_has_nothing_shown(office: Office, name: str):
    call(office, "town", name)
    client = office.client("town2")

    for item in (f"text:{own_text(office)}", f"petitioner_name:{own_text(office)}", "household_names:1411241042020001"):
        assert ask(client, item).status_code == 409
        assert item not in client.get("/leads/own/reveals").text


def test_while_somebody_above_has_the_lead_nobody_below_learns_who_wrote_or_what(office: Office):
    client = office.client("town")
    before = ask(client, f"petitioner_name:{own_text(office)}").headers["location"]
    with office.store.unit_of_work() as work:
        work.assignments.append(
            Assignment(
                lead_id=LeadId("own"),
                holder=Role.LEADER,
                assignee="",
                assigned_by="leader",
                assigned_at=NOON,
                reason="由上级办理",
            )
        )
        work.commit()

    assert client.get(before).status_code == 404
    assert ask(client, f"text:{own_text(office)}").status_code == 409
    assert "庞四孩" in shown(client, ask(client, "household_names:1411241042020001"))
    assert ask(office.client("leader"), f"text:{own_text(office)}").status_code == 303
