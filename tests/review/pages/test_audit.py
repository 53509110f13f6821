"""The auditor's page: what was asked for, a page at a time, and a word when something shown was changed."""

import pytest
from sqlalchemy import text

from domain.accounts.account import AuditEntry
from storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.review.office import Office, fill


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    with sqlite_store.unit_of_work() as work:
        for number in range(230):
            action = "decide" if number % 2 else "view_lead"
            work.audit.append(AuditEntry(at=NOON, actor="wang", action=action, subject=f"lead{number}"))
        work.commit()
    return fill(sqlite_store, clock)


def test_entries_are_found_by_person_act_and_number(office: Office):
    client = office.client("auditor")

    found = client.get("/audit", params={"actor": "wang", "action": "decide", "subject": "lead7"}).text

    assert "lead7" in found
    assert "处理线索" in found
    assert "lead77" not in found
    assert "没有这样的记录" in client.get("/audit", params={"actor": "nobody"}).text


def test_acts_and_the_words_of_their_details_are_chinese_and_the_chain_is_what_it_was(office: Office):
    with office.store.unit_of_work() as work:
        for action, detail in (("create_account", "village 141124104202"), ("sign_in", "password")):
            work.audit.append(AuditEntry(at=NOON, actor="li", action=action, subject="x", detail=detail))
        work.commit()

    page = office.client("auditor").get("/audit", params={"actor": "li"}).text

    assert "新建账号" in page
    assert "村干部 141124104202" in page
    assert "<b>登录</b><span>li x 密码</span>" in page
    assert ">create_account<" not in page
    with office.store.reading() as work:
        assert work.audit.verify() is None


def test_a_long_log_comes_page_by_page(office: Office):
    client = office.client("auditor")

    first = client.get("/audit", params={"actor": "wang"}).text
    second = client.get("/audit", params={"actor": "wang", "before": "131"}).text
    last = client.get("/audit", params={"actor": "wang", "before": "31"}).text

    assert "actor=wang&amp;before=131" in first
    assert "lead229" in first
    assert "lead129" in second
    assert "更早" not in last


@pytest.mark.parametrize("odd", ["since=x", "until=9999-12-31", "before=x", "before=" + "9" * 90, "action=%00"])
def test_an_odd_question_is_still_a_page(office: Office, odd: str):
    assert office.client("auditor").get(f"/audit?{odd}").status_code == 200


def test_a_changed_entry_is_said_where_it_is_shown(office: Office):
    with office.store.unit_of_work() as work:
        work._connection.execute(text("DROP TRIGGER audit_no_update"))
        work._connection.execute(text("UPDATE audit SET subject = 'lead0' WHERE sequence = 200"))
        work.commit()

    assert "第200条被改动过" in office.client("auditor").get("/audit").text


@pytest.mark.parametrize("name", ["clerk", "town", "village", "leader", "admin"])
def test_nobody_else_reads_the_log(office: Office, name: str):
    assert office.client(name).get("/audit").status_code == 403


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "yesterday"])
def test_a_day_that_is_none_is_left_out(office: Office, day: str):
    assert office.client("auditor").get("/audit", params={"since": day, "until": day}).status_code == 200
