"""The form for the next step, and what pages and filters tell of what is above."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from domain.leads.lead import LeadEvidence, LeadId, LeadStatus
from domain.risk import Risk
from domain.sending.outgoing import LeadOutcome, OutcomeKind
from storage.store import Store
from tests.factories import document, raw
from tests.fakes import NOON, FakeClock
from tests.review.office import Office, fill

OWN = LeadId("own")


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def send(client: TestClient, act: str, page: str = "/leads/own", **form: str):
    found = re.search(r'name="csrf" value="(\w+)"', client.get(page).text)
    assert found
    return client.post(f"{page}/{act}", data={"csrf": found[1], **form})


def status_of(office: Office, lead_id: LeadId = OWN) -> LeadStatus:
    with office.store.reading() as work:
        view = work.leads.get(lead_id)
    assert view is not None
    return view.status


def listed(client: TestClient, **query: str) -> bool:
    return "/leads/own" in client.get("/", params=query).text


def test_the_form_asks_only_what_the_steps_of_the_role_need(office: Office):
    village, clerk = (office.client(name).get("/leads/own").text for name in ("village", "clerk"))

    assert 'name="signed"' in village
    assert 'name="assignee"' not in village
    assert 'name="department"' not in village
    assert "已转纪检" not in village
    assert 'name="signed"' not in clerk
    assert "已转纪检" in clerk


def test_who_cannot_have_the_lead_cannot_be_chosen_and_no_page_says_why(office: Office):
    with office.store.unit_of_work() as work:
        account = work.accounts.get("village")
        assert account is not None
        work.accounts.add(replace(account, username="touched", display_name="张三三"))
        work.commit()

    page = office.client("town").get("/leads/own").text

    assert '<option value="village">账号village(村干部)</option>' in page
    assert '<option value="touched" disabled>张三三(村干部) 不能派</option>' in page
    assert '<option value="leader" disabled>账号leader(领导) 不能派</option>' in page


def test_a_step_is_taken_back_from_the_page(office: Office):
    client = office.client("village")
    assert "撤销我刚做的一步" not in client.get("/leads/own").text
    send(client, "decisions", status="visiting")
    assert "撤销我刚做的一步" in client.get("/leads/own").text

    assert send(client, "decisions/undoing").status_code == 303
    assert status_of(office) is LeadStatus.NEW
    assert send(client, "decisions/undoing").status_code == 409


def test_a_lead_is_transferred_to_a_department_of_the_table(office: Office):
    town = office.client("town")
    send(town, "decisions", status="confirmed", visited_on="2026-11-24", signed="no", reason="药费负担不起")

    assert send(town, "decisions", status="to_department", reason="请救助").status_code == 409
    assert send(town, "decisions", status="to_department", reason="请救助", department="health").status_code == 303
    assert status_of(office) is LeadStatus.TO_DEPARTMENT
    assert send(town, "decisions", status="visiting", reason="x", signed="maybe").status_code == 409


def test_a_department_reads_what_was_done_from_the_transfer_on(office: Office):
    town = office.client("town")
    with office.store.unit_of_work() as work:
        work.lead_outcomes.append(
            LeadOutcome(
                id="outcome",
                lead_id=OWN,
                outcome=OutcomeKind.RECEIVED,
                reported_by="key other",
                office="防返贫系统",
                reference="1",
                occurred_on=NOON.date(),
                received_at=NOON,
            )
        )
        work.commit()
    office.clock.move(minutes=1)
    send(town, "decisions", status="visiting", reason="准备入户")
    found = {"visited_on": "2026-11-23", "signed": "no", "reason": "药费负担不起"}
    assert send(town, "decisions", status="confirmed", **found).status_code == 303
    office.clock.move(minutes=1)
    given = {"reason": "请救助", "department": "health"}
    assert send(town, "decisions", status="to_department", **given).status_code == 303
    with office.store.unit_of_work() as work:
        account = work.accounts.get("department")
        assert account is not None
        work.accounts.set_place("department", account.role, account.region, "health")
        work.commit()

    page = office.client("department").get("/leads/own").text
    told = page[page.index("办理经过") : page.rindex("记录处理")]

    assert "<b>已转部门</b> 2026-11-24 账号town · 转给卫健局<br>请救助" in told
    for earlier in ("2026-11-23", "入户中", "属实", "药费负担不起", "防返贫系统"):
        assert earlier not in told
    facts = re.findall("<dt>(.+?)</dt>", page[: page.index("材料和依据")])
    assert facts == ["状态", "落实期限", "反馈期限", "编号"]
    assert "药费负担不起" in town.get("/leads/own").text


def test_a_text_gets_a_lead_of_its_own_from_the_page(office: Office):
    text = document("D", "邻居的窑洞塌了。")
    with office.store.unit_of_work() as work:
        work.raw.add(raw("D", text.text))
        work.documents.add(text)
        work.leads.add_evidence(
            LeadEvidence(lead_id=OWN, document_id=text.id, risks=frozenset({Risk.HOUSING}), urgent=False, added_at=NOON)
        )
        work.commit()
    town = office.client("town")

    answer = send(town, "splitting", document_id=text.id, reason="说的是邻居")

    assert answer.status_code == 303
    page = town.get(answer.headers["location"]).text
    assert "说的是邻居, 材料另立线索" in page
    assert send(office.client("village"), "splitting", document_id=text.id, reason="x").status_code == 403


@pytest.mark.parametrize("name", ["village", "town"])
def test_no_page_and_no_filter_tells_those_below_of_discipline_inspection(office: Office, name: str):
    send(office.client("clerk"), "decisions", status="to_discipline", reason="移送某部门")
    client = office.client(name)

    for page in ("/", "/leads/own", "/?status=to_discipline", "/?status=handled_above", "/?due=overdue"):
        seen = client.get(page).text
        assert "纪检" not in seen
        assert "移送某部门" not in seen
        assert 'value="to_discipline"' not in seen
    assert "上级处理" in client.get("/leads/own").text
    assert listed(client, status="handled_above")
    assert not listed(client, status="to_discipline")
    assert not listed(client, status="open")
    assert not listed(client, due="overdue")
    answer = send(client, "decisions", page="/leads/own", status="visiting")
    assert (answer.status_code, "纪检" in answer.text) == (403, False)


def test_the_petition_office_and_the_county_find_what_is_above(office: Office):
    send(office.client("clerk"), "decisions", status="to_discipline", reason="移送某部门")

    for name in ("clerk", "leader"):
        client = office.client(name)
        assert listed(client, status="to_discipline")
        assert not listed(client, status="handled_above")
        assert "已转纪检" in client.get("/leads/own").text
    auditor = office.client("auditor").get("/audit").text
    assert "to_discipline" not in auditor
