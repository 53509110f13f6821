"""A lead's page as people read it: who did what, by when, which household, and the way to its name."""

import re
from dataclasses import replace

import pytest

from domain.leads.lead import LeadEvidence, LeadId, LeadStatus
from domain.links.link import LinkDecision
from domain.register.household import HouseholdId
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import VILLAGE, household, lead, link, person
from tests.fakes import NOON, FakeClock
from tests.review.doubtful import PAGE, doubt
from tests.review.office import DEPARTMENT, PETITIONER, Office, fill, verify
from tests.review.signing_in import form_token


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def facts(page: str) -> list[str]:
    return re.findall(r"<dt>([^<]*期限)</dt>", page)


def test_whoever_did_something_is_called_by_name_and_not_by_what_they_sign_in_with(office: Office):
    verify(office, "own")

    for name in ("town", "village", "clerk"):
        page = office.client(name).get("/leads/own").text
        assert "<b>属实</b> 2026-11-24 账号village" in page
        assert "2026-11-24 village" not in page


def test_the_deadlines_are_those_that_are_still_owed(office: Office):
    assert facts(office.client("town").get("/leads/own").text) == ["派办期限", "入户期限", "认定期限"]

    verify(office, "own", status=LeadStatus.TO_DEPARTMENT, department=DEPARTMENT)

    for name in ("town", "department"):
        assert facts(office.client(name).get("/leads/own").text) == ["落实期限", "反馈期限"]


def test_a_village_reads_its_visit_and_never_that_somebody_has_to_pass_the_lead_on(office: Office):
    client = office.client("village")
    for address in ("/", "/leads/own", "/leads/own/visit"):
        page = client.get(address).text
        assert not any(word in page for word in ("派办期限", "派办还剩", "a 派办"))
        assert re.search(r'class="due[^>]*>入户', page)
    assert facts(client.get("/leads/own").text) == ["入户期限", "认定期限", "落实期限"]

    verify(office, "own")

    page = client.get("/leads/own").text
    assert 'class="due' not in page
    assert facts(page) == ["认定期限", "落实期限", "反馈期限"]


def test_whoever_is_below_is_told_no_deadline_of_what_was_handed_up(office: Office):
    verify(office, "own", status=LeadStatus.HANDLED_ABOVE)

    assert facts(office.client("village").get("/leads/own").text) == []
    assert "入户期限" in facts(office.client("leader").get("/leads/own").text)


def test_the_way_to_the_name_stands_beside_the_household(office: Office):
    with office.store.unit_of_work() as work:
        work.leads.add(lead("linked", household_id=HouseholdId("1411241042020001"), matter="household:1"))
        work.commit()

    page = office.client("village").get("/leads/linked").text

    assert 'href="/leads/linked/reveals"' in page[page.index("这一户在台账上") :]


def test_what_the_state_only_marks_has_no_code(office: Office):
    assert "国家码" not in office.client("town").get("/leads/other").text
    assert "国家码 01" in office.client("town").get("/leads/own").text


def test_after_going_to_the_household_the_record_of_the_visit_is_the_next_button(office: Office):
    verify(office, "own", status=LeadStatus.VISITING)

    assert '<a class="button primary" href="/leads/own/visit">' in office.client("village").get("/leads/own").text


def test_visits_in_vain_stand_on_every_page_of_the_lead_with_their_days(office: Office):
    client = office.client("village")
    for day in ("2026-11-20", "2026-11-22"):
        fields = dict(re.findall(r'name="(csrf|form_key)" value="([^"]+)"', client.get("/leads/own/visit").text))
        form = {**fields, "status": "visited_in_vain", "visited_on": day, "reason": "锁门"}
        assert client.post("/leads/own/decisions", data=form).status_code == 303

    for name, page in (("village", "/leads/own"), ("village", "/leads/own/visit"), ("town", "/leads/own")):
        assert "2026-11-20、2026-11-22 上门未果" in office.client(name).get(page).text
    assert "· 上门 2026-11-22" in client.get("/leads/own").text
    for name in ("village", "town", "leader"):
        assert "上门未果 2次" in office.client(name).get("/").text
    for name in ("town", "leader"):
        assert "/leads/own" in office.client(name).get("/?status=open&in_vain=2").text
        assert "上门未果3次以上" in office.client(name).get("/?status=open&in_vain=3").text


def test_households_beyond_the_third_are_folded(office: Office):
    [text] = doubt(office.store)
    more = [f"14112410420201{number:02d}" for number in range(5)]
    with office.store.unit_of_work() as work:
        work.registry.import_households(
            [household(one, person(f"庞壬{sign}")) for one, sign in zip(more, "甲乙丙丁戊", strict=True)],
            file="c",
            file_sha256="1",
            at=NOON,
        )
        newer = link(text, LinkDecision.REVIEW, *more, village=VILLAGE)
        work.links.add(replace(newer, version="link-newer"), NOON)
        work.commit()
    client = office.client("village")

    page = client.get(PAGE).text

    assert "可能是5户之一" in client.get("/").text
    open_part, folded = page.split("另外2户也有可能")
    assert (open_part.count('class="verdict-form"'), folded.count('class="verdict-form"')) == (3, 2)


@pytest.mark.parametrize("name", ["庞四孩", "张三三"])
def test_whoever_of_the_petition_office_may_be_meant_reads_not_who_wrote(office: Office, name: str):
    with office.store.unit_of_work() as work:
        work.accounts.set_name("clerk", name)
        work.leads.add(lead("linked", household_id=HouseholdId("1411241042020001"), matter="household:1"))
        work.leads.add_evidence(replace(office_evidence(work), lead_id=LeadId("linked")))
        work.commit()

    touched = office.client("clerk").get("/leads/linked").text

    assert "得了重病" in touched
    assert "反映人" not in touched
    assert "来访反映" not in touched


def test_the_petition_office_reads_who_wrote_where_it_is_about_others(office: Office):
    page = office.client("clerk").get("/leads/own").text

    assert f"反映人 {PETITIONER}" in page
    assert "来访反映" in page


def test_a_lead_that_is_shown_again_with_a_refused_form_is_looked_at_again(office: Office):
    client = office.client("town")
    token = form_token(client.get("/leads/own").text)

    refused = client.post("/leads/own/decisions", data={"csrf": token, "status": "nonsense"})

    assert "得了重病" in refused.text
    with office.store.reading() as work:
        assert [one.subject for one in work.audit.recent(9) if one.action == "view_lead"] == ["own", "own"]


def office_evidence(work: UnitOfWork) -> LeadEvidence:
    view = work.leads.get(LeadId("own"))
    assert view is not None
    return view.evidence[0]
