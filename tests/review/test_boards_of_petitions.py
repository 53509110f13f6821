"""What became of each petition of an office: own ones alone, without a name, restricted ones without their lead."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import LeadEvidence, LeadId
from domain.leads.petition_outcome import PetitionLimits
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.document import Breadcrumb, DocumentId, Outcome, Petitioner
from domain.words.vocabulary import Role, Route
from storage.deliveries.petition_outcomes import PetitionFilter, PetitionReader
from storage.store import Store
from storage.texts.accusations import OfficeScope
from tests.factories import TOWN, document, lead
from tests.fakes import NOON, FakeClock
from tests.review.days import StoreExports
from tests.review.forms import token_of
from tests.review.office import ACCOUNTS, Office, verify
from tests.review.pages.test_register_imports import KNOWN, NEW, confirm, hand_in
from tests.review.receiving import ROWS, receiving_office, taken_in

MORE = (
    ("K-010", "赵六六", "", "2026-11-04", "求决", "反映路灯不亮，夜里走路不方便。"),
    ("K-011", "钱七七", "", "2026-11-05", "求决", "反映会计冒领补贴。"),
)
LIMITS = PetitionLimits(forward_days=15, settle_days=60)


def reader(scope: AccessScope) -> PetitionReader:
    """Whom no accusation means."""
    return PetitionReader(scope=scope, role=Role.CLERK, is_meant=lambda document: False)


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Office:
    """Four petitions: one with a lead, one waiting, one without risk, one restricted that had a lead before."""
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads")
    taken_in(office.client("clerk"), *ROWS, *MORE)
    numbers = _ids(office)
    with office.store.unit_of_work() as work:
        for number in ("K-001", "K-011"):
            made = lead(f"lead-{number}", matter=number)
            work.leads.add(made)
            evidence = LeadEvidence(
                lead_id=made.id,
                document_id=numbers[number],
                risks=frozenset({Risk.ILLNESS}),
                urgent=False,
                added_at=NOON,
            )
            work.leads.add_evidence(evidence)
        work.routes.add(numbers["K-011"], Route.RESTRICTED, "文中指向干部", "1", NOON)
        skipped = Breadcrumb(
            document_id=numbers["K-010"],
            stage="classify",
            outcome=Outcome.SKIPPED,
            detail="no_risk",
            version="1",
            at=NOON,
            reason="赵六六说的路灯没有风险",
        )
        work.breadcrumbs.append(skipped)
        work.commit()
    verify(office, "lead-K-001")
    return replace(office, exports=StoreExports(sqlite_store))


def _ids(office: Office) -> dict[str, DocumentId]:
    wanted = PetitionFilter(office=OfficeScope(TOWN, is_house=True), first=date(2026, 11, 1), last=date(2026, 11, 30))
    with office.store.reading() as work:
        found = work.petition_outcomes.page(wanted, reader(AccessScope.everything_in(TOWN)), LIMITS, limit=50, offset=0)
    return {one.number: one.document_id for one in found}


def marked(office: Office) -> None:
    """Who petitioned is known from the stage on that finds repeats."""
    with office.store.unit_of_work() as work:
        found = work.raw.found([*_ids(office).values()])
        work.petitioner_marks.add([(one, raw.petitioner) for one, raw in found.items()])
        work.petitioner_marks.add_names([(one, {raw.petitioner.name}) for one, raw in found.items()])
        work.commit()


def test_each_petition_says_how_far_it_came_and_why_nothing_came_of_it(office: Office):
    page = office.client("clerk").get("/board/petitions?month=2026-11").text

    assert "本办导入的4件" in page
    for word in (
        "线索已核查",
        "已收到, 待判读",
        "没有读出返贫风险",
        "限制件, 待处理",
        "核查: 属实",
        "/leads/lead-K-001",
    ):
        assert word in page


def test_the_rows_of_a_household_register_are_no_petitions(office: Office):
    client = office.client("clerk")
    confirm(client, hand_in(client, KNOWN, NEW))

    assert "本办导入的4件" in client.get("/board/petitions?month=2026-11").text


def test_no_name_no_text_and_no_lead_of_an_accusation_shows(office: Office):
    page = office.client("clerk").get("/board/petitions?month=2026-11").text

    assert not any(word in page for word in ("张三三", "赵六六", "路灯", "冒领", "lead-K-011"))


def test_the_workbook_has_the_same_petitions_and_stands_in_the_log(office: Office):
    answer = office.client("clerk").get("/board/petitions.xlsx?month=2026-11")

    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert {row[1] for row in rows[1:]} == {"K-001", "K-002", "K-010", "K-011"}
    assert "赵六六" not in str(rows)
    with office.store.reading() as work:
        assert work.audit.recent(limit=1)[0].action == "export_petitions"


def test_whoever_an_accusation_may_mean_reads_of_a_petition_that_waits(office: Office):
    number = _ids(office)["K-011"]
    with office.store.unit_of_work() as work:
        work.documents.add(replace(document("K", "反映信访办那个姓秦的冒领补贴。"), id=number))
        work.commit()
    colleague = office.client("clerk").get("/board/petitions?month=2026-11").text
    with office.store.unit_of_work() as work:
        work.accounts.set_name("clerk", "秦六顺")
        work.commit()
    meant = office.client("clerk").get("/board/petitions?month=2026-11").text

    assert "限制件, 待处理" not in meant
    assert number not in meant
    assert "K-011" in meant
    assert "限制件, 待处理" in colleague
    sheet = load_workbook(io.BytesIO(office.client("clerk").get("/board/petitions.xlsx?month=2026-11").content))
    assert "限制件" not in str([[cell.value for cell in row] for row in sheet.worksheets[0].iter_rows()])


def test_another_month_and_another_way_have_none(office: Office):
    client = office.client("clerk")

    assert "没有导入信访件" in client.get("/board/petitions?month=2026-10").text
    assert "没有导入信访件" in client.get("/board/petitions?month=2026-11&way=mailbox").text
    assert "本办导入的4件" in client.get("/board/petitions?month=2026-11&way=upload").text


def look_for(office: Office, **asked: str) -> str:
    client = office.client("clerk")
    return client.post(
        "/board/petitions", data={"csrf": token_of(client.get("/account").text), **asked}, follow_redirects=True
    ).text


def numbers(page: str) -> list[str]:
    return re.findall(r"<strong>(K-\d+)</strong>", page)


@pytest.mark.parametrize("number", ["K-002", " K-002 ", "Ｋ-００２"])
def test_a_petition_is_found_by_its_whole_number_in_whichever_month(office: Office, number: str):
    page = look_for(office, number=number, month="2026-10")

    assert numbers(page) == ["K-002"]
    assert "查到1件" in page


@pytest.mark.parametrize("petitioner", ["李四四", "李 四四", "13900000000", "139 0000 0000"])
def test_a_petition_is_found_by_whoever_brought_it_in_and_that_is_noted(office: Office, petitioner: str):
    marked(office)

    page = look_for(office, petitioner=petitioner)

    assert numbers(page) == ["K-002"]
    with office.store.reading() as work:
        [noted] = work.audit.recent(limit=1)
    assert (noted.action, noted.detail) == ("search_petitioner", "1件")


@pytest.mark.parametrize(
    ("number", "petitioner", "restricted"),
    [
        pytest.param("K-001", "张三三", False, id="a letter"),
        pytest.param("K-011", "钱七七", True, id="an accusation"),
    ],
)
def test_whom_a_letter_may_mean_does_not_find_out_by_searching_who_wrote_it(
    office: Office, number: str, petitioner: str, restricted: bool
):
    marked(office)
    said = "举报信访办那个姓秦的冒领补贴。" if restricted else "反映信访办秦六顺压件不办，药费负担不起。"
    written = document("K", said, petitioner=Petitioner(name=petitioner))
    with office.store.unit_of_work() as work:
        work.documents.add(replace(written, id=_ids(office)[number]))
        work.commit()
    assert numbers(look_for(office, petitioner=petitioner)) == [number]

    with office.store.unit_of_work() as work:
        work.accounts.set_name("clerk", "秦六顺")
        work.commit()
    page = look_for(office, petitioner=petitioner)

    assert numbers(page) == []
    assert "没有查到" in page
    assert numbers(look_for(office, number=number)) == [number]


def test_who_petitioned_stands_in_no_address(office: Office):
    marked(office)
    client = office.client("clerk")
    asked = {"csrf": token_of(client.get("/account").text), "petitioner": "李四四"}

    assert client.post("/board/petitions", data=asked, follow_redirects=False).status_code == 200
    assert "2026-11信访件去向" in client.get("/board/petitions?petitioner=李四四").text
    found = client.post("/board/petitions", data={**asked, "petitioner": "", "number": "K-001"}, follow_redirects=False)
    assert found.headers["location"] == "/board/petitions?number=K-001"


def test_everything_asked_for_has_to_fit(office: Office):
    marked(office)
    today = "2026-11-24"

    assert numbers(look_for(office, petitioner="李四四", number="K-001")) == []
    assert numbers(look_for(office, first=today, last=today)) == ["K-011", "K-010", "K-002", "K-001"]
    assert numbers(look_for(office, last="2026-11-23")) == []
    assert numbers(look_for(office, number="K-001", way="mailbox")) == []


def test_what_is_not_found_says_what_to_try(office: Office):
    page = look_for(office, number="K-0")

    assert "没有查到" in page
    assert "下载表格" not in page


def test_many_petitions_of_one_person_stand_on_several_pages(office: Office):
    rows = [(f"K-1{number:02}", "周八八", "", "2026-11-06", "求决", f"反映第{number}件事。") for number in range(25)]
    taken_in(office.client("clerk"), *rows)
    marked(office)

    first, second = look_for(office, petitioner="周八八"), look_for(office, petitioner="周八八", page="2")

    assert (len(numbers(first)), len(numbers(second))) == (20, 5)
    assert set(numbers(first)).isdisjoint(numbers(second))
    assert 'name="page" value="2"' in first


def test_the_workbook_has_what_was_looked_for(office: Office):
    answer = office.client("clerk").get("/board/petitions.xlsx?number=K-001")

    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["K-001"]


@pytest.mark.parametrize("name", sorted(set(ACCOUNTS) - {"clerk"}))
def test_nobody_else_looks_for_petitions(office: Office, name: str):
    client = office.client(name)
    assert (
        client.post(
            "/board/petitions", data={"csrf": token_of(client.get("/account").text), "petitioner": "李四四"}
        ).status_code
        == 403
    )


def test_another_office_has_none_of_them(office: Office):
    far = PetitionFilter(
        office=OfficeScope(RegionCode("141124105"), is_house=False), first=date(2026, 11, 1), last=date(2026, 11, 30)
    )
    with office.store.reading() as work:
        assert work.petition_outcomes.count(far) == 0


def test_what_lies_beyond_the_days_of_the_law_is_late(office: Office):
    wanted = PetitionFilter(office=OfficeScope(TOWN, is_house=True), first=date(2026, 11, 1), last=date(2026, 11, 30))
    with office.store.reading() as work:
        scope = AccessScope.everything_in(TOWN)
        found = work.petition_outcomes.page(wanted, reader(scope), LIMITS, limit=50, offset=0)
    late = {one.number for one in found if one.settles_late(date(2027, 3, 1))}
    unbegun = {one.number for one in found if one.forwards_late(date(2026, 12, 25))}

    assert late == {"K-001", "K-002", "K-011"}
    assert unbegun == {"K-002", "K-011"}


@pytest.mark.parametrize("name", sorted(set(ACCOUNTS) - {"clerk"}))
def test_nobody_else_sees_what_became_of_petitions(office: Office, name: str):
    for address in ("/board/petitions", "/board/petitions.xlsx"):
        assert office.client(name).get(address).status_code == 403


def test_a_lead_outside_of_the_scope_is_told_by_its_phase_alone(office: Office):
    wanted = PetitionFilter(office=OfficeScope(TOWN, is_house=True), first=date(2026, 11, 1), last=date(2026, 11, 30))
    elsewhere = AccessScope.everything_in(RegionCode("141124105"))
    with office.store.reading() as work:
        found = work.petition_outcomes.page(wanted, reader(elsewhere), LIMITS, limit=50, offset=0)
        assert work.leads.get(LeadId("lead-K-001")) is not None

    assert all(one.lead_id is None and one.verdict is None for one in found)
