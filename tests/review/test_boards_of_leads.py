"""The boards of leads: every number is a link, and behind each link the feed shows exactly so many leads."""

import html
import re
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import Assignment, Decision, DueDates, LeadEvidence, LeadId, LeadStatus
from domain.leads.step import Step
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.words.vocabulary import Role
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, document, lead
from tests.fakes import NOON, FakeClock
from tests.review.office import ACCOUNTS, Office, fill, verify

_LINK = re.compile(r'href="(/\?[^"]*)">(\d+)</a>')
_READERS = {"clerk", "town", "village", "other_village", "other_town", "leader"}


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    """The small office with leads of every status, of the town itself, of another town, late ones and repeated ones."""
    office = fill(sqlite_store, clock)
    far = RegionCode("141124105201")
    with office.store.unit_of_work() as work:
        for number, status in enumerate(LeadStatus):
            for region in (VILLAGE, OTHER_VILLAGE, TOWN, far):
                day = date(2026, 11, 24) + timedelta(days=number % 9)
                name = f"{region}-{number}"
                made = lead(
                    name,
                    region=region,
                    matter=name,
                    opened_at=NOON - timedelta(days=11 * number),
                    risks=frozenset({list(Risk)[number % 5], list(Risk)[number % 3]}),
                    due=DueDates(pass_on=day, visit=day, decide=day, measure=day, report_back=day),
                )
                work.leads.add(made)
                _decide(work, made.id, status)
                if number % 2:
                    held = Role.VILLAGE if number % 4 == 1 else Role.TOWN
                    work.assignments.append(
                        Assignment(
                            lead_id=made.id,
                            holder=held,
                            assignee="village" if number % 3 else "",
                            assigned_by="system",
                            assigned_at=NOON,
                            reason="按路由表派办",
                        )
                    )
                for copy in range(number % 3):
                    text = document(f"{name}{copy}", f"{name}第{copy}次来")
                    work.documents.add(text)
                    work.leads.add_evidence(
                        LeadEvidence(
                            lead_id=made.id, document_id=text.id, risks=made.risks, urgent=False, added_at=NOON
                        )
                    )
        work.commit()
    verify(office, "own")
    return office


def _decide(work: UnitOfWork, lead_id: LeadId, status: LeadStatus, step: Step | None = None, days: int = 0) -> None:
    decision = Decision(
        lead_id=lead_id,
        status=status,
        decided_by="town",
        decided_at=NOON + timedelta(days=days),
        reason="情况属实",
        department="medical" if status is LeadStatus.TO_DEPARTMENT else "",
        step=step,
    )
    work.decisions.append(decision)


def _counted_by_feed(client: TestClient, address: str) -> int:
    found = re.search(r"共(\d+)条", client.get(address).text)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("name", sorted(_READERS - {"other_town"}))
def test_every_number_is_the_number_of_leads_behind_its_link(office: Office, name: str):
    client = office.client(name)

    links = {(html.unescape(address), int(count)) for address, count in _LINK.findall(client.get("/board").text)}

    assert len(links) >= 5
    assert [(one, count) for one, count in links if _counted_by_feed(client, one) != count] == []


@pytest.mark.parametrize("name", sorted(set(ACCOUNTS) - _READERS))
def test_nobody_else_sees_a_board_of_leads(office: Office, name: str):
    assert office.client(name).get("/board").status_code == 403


def test_a_town_does_not_count_the_leads_of_another(office: Office):
    page = office.client("town").get("/board").text

    assert "141124105" not in page
    assert "未定到村" in page


def test_a_town_cannot_tell_discipline_inspection_from_what_was_handed_up(office: Office):
    town, leader = (office.client(name).get("/board").text for name in ("town", "leader"))

    assert LeadStatus.TO_DISCIPLINE.label not in town
    assert LeadStatus.TO_DISCIPLINE.label in leader


def test_a_village_learns_neither_when_leads_came_nor_how_often(office: Office):
    client = office.client("village")

    page = client.get("/board").text

    assert not any(word in page for word in ("每周", "每月", "反复", "谁手上", "中位数", "信访件"))
    assert _counted_by_feed(client, "/?status=all&repeat=yes") == _counted_by_feed(client, "/?status=all")
    assert _counted_by_feed(client, "/?status=all&opened=2026-11-20..2026-11-20") == _counted_by_feed(
        client, "/?status=all"
    )


def test_a_new_decision_shows_at_once(office: Office):
    client = office.client("town")
    before = client.get("/board").text

    verify(office, "other", status=LeadStatus.NOT_CONFIRMED)

    assert client.get("/board").text != before


def test_a_step_that_was_taken_back_took_no_time(sqlite_store: Store, clock: FakeClock):
    office = fill(sqlite_store, clock)
    with office.store.unit_of_work() as work:
        _decide(work, LeadId("own"), LeadStatus.CONFIRMED, Step.VERIFY)
        _decide(work, LeadId("own"), LeadStatus.NEW, Step.UNDO)
        _decide(work, LeadId("own"), LeadStatus.CONFIRMED, Step.VERIFY, days=6)
        work.commit()

        durations = list(work.lead_board.durations(AccessScope.everything_in(TOWN), date(2026, 1, 1)))

    assert {one.stage.value: (one.days, one.in_time) for one in durations} == {
        "pass_on": (6, False),
        "visit": (6, False),
    }


def test_what_cannot_be_read_in_an_address_is_left_out(office: Office):
    client = office.client("town")
    everything = _counted_by_feed(client, "/?status=all")

    for field in ("opened=gestern..", "opened=0001-01-01..9999-12-31", "with=admin:x", "at=x", "repeat=1"):
        assert _counted_by_feed(client, f"/?status=all&{field}") == everything
