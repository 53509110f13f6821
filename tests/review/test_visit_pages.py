"""The sheet and the form that go along to the door."""

import re

import pytest

from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import PETITIONER, Office, fill


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def decisions(office: Office) -> int:
    with office.store.reading() as work:
        return len(work.decisions.of("own"))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["town", "village"])
def test_the_sheet_says_where_to_go_and_nothing_of_who_wrote(office: Office, name: str):
    page = office.client(name).get("/leads/own/sheet").text

    assert "入户核查单" in page
    assert "编号 own" in page
    assert "<svg" in page
    for secret in (PETITIONER, "得了重病", "来访", "信访", "13800000000", "庞四孩"):
        assert secret not in page


@pytest.mark.parametrize("page", ["sheet", "visit"])
def test_both_are_for_those_who_go_and_for_their_own_division(office: Office, page: str):
    assert office.client("other_village").get(f"/leads/own/{page}").status_code == 404
    assert office.client("clerk").get(f"/leads/own/{page}").status_code == 403
    assert office.client("auditor").get(f"/leads/own/{page}").status_code == 403
    assert office.client().get(f"/leads/own/{page}").status_code == 303


def test_printing_is_written_down(office: Office):
    office.client("village").get("/leads/own/sheet")
    with office.store.reading() as work:
        [entry] = work.audit.recent(1)
    assert (entry.action, entry.subject) == ("print_lead", "own")


def test_a_form_that_arrives_twice_is_recorded_once(office: Office):
    client = office.client("village")
    page = client.get("/leads/own/visit").text
    fields = dict(re.findall(r'name="(csrf|form_key)" value="([^"]+)"', page))
    form = {**fields, "status": "visiting", "reason": "到家里看过"}

    answers = [client.post("/leads/own/decisions", data=form) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert decisions(office) == 1


def test_a_form_that_was_refused_may_be_mended_and_sent_again(office: Office):
    client = office.client("village")
    fields = dict(re.findall(r'name="(csrf|form_key)" value="([^"]+)"', client.get("/leads/own/visit").text))

    found = {**fields, "status": "not_confirmed", "visited_on": "2026-11-20", "signed": "yes"}

    assert client.post("/leads/own/decisions", data={**found, "reason": ""}).status_code == 409
    assert client.post("/leads/own/decisions", data={**found, "reason": "看过"}).status_code == 303
    assert decisions(office) == 1


def test_two_forms_have_two_keys(office: Office):
    client = office.client("village")
    keys = [re.findall(r'name="form_key" value="([^"]+)"', client.get("/leads/own/visit").text) for _ in range(2)]
    assert keys[0] != keys[1]
