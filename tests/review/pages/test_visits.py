"""The sheet and the form that go along to the door."""

import re
from dataclasses import replace

import pytest

from domain.leads.lead import LeadId, LeadStatus
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


@pytest.mark.parametrize("name", ["town", "village", "leader"])
def test_the_form_at_the_door_asks_what_was_found_and_begins_and_passes_on_nothing(office: Office, name: str):
    page = office.client(name).get("/leads/own/visit").text
    legends = re.findall(r"<legend>([^<]+)</legend>", page)

    assert legends == ["核查结论", "还没有结论"]
    assert "没见到人或说不清, 改天再去" in page
    for desk_work in ("开始入户", "入户中", "派给", "上级处理", "已并案", "已转纪检"):
        assert desk_work not in page


def test_where_nothing_is_left_to_find_out_the_page_leads_to_no_visit(office: Office):
    client = office.client("village")
    fields = dict(re.findall(r'name="(csrf|form_key)" value="([^"]+)"', client.get("/leads/own/visit").text))
    client.post("/leads/own/decisions", data={**fields, "status": "not_here", "reason": "不是本镇的户"})
    with office.store.unit_of_work() as work:
        last = work.decisions.of(LeadId("own"))[-1]
        work.decisions.append(replace(last, status=LeadStatus.REPORTED_BACK, decided_by="town"))
        work.commit()

    assert "没有要入户记录的事" in office.client("town").get("/leads/own/visit").text
    assert "填入户记录" not in office.client("town").get("/leads/own").text
