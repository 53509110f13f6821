"""A lead that names no source: where it may lie, when it opens, and what of its origin can be seen."""

import random
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.accounts.account import Account
from domain.failures.errors import ReviewError
from domain.leads.planned_lead import Handler
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.register.register_change import RegisterDiff, Succession
from domain.risk import Risk
from domain.texts.document import Document, DocumentId, Petitioner
from domain.words.vocabulary import Role, Route
from pipeline.leads.open_planned import open_planned_leads
from pipeline.policy.tables import load_policy
from review.decisions.unsourced_leads import Accused, Wish, plan_lead, settle_plan, unclear_plans_of
from storage.joined.planned_households import unclear_plans
from storage.store import Store
from storage.texts.accusations import OfficeScope
from tests.factories import COUNTY, TOWN, VILLAGE, document, household, lead, person, raw
from tests.fakes import NOON, FakeClock
from tests.review.office import HASH, SECRET, Office, fill

HOUSEHOLD = HouseholdId("1411241042020001")
POLICY = load_policy()
RULES = POLICY.disclosure.rules
OFFICE = OfficeScope(TOWN, is_house=True)


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def crowd(office: Office, count: int = 3) -> None:
    """Other leads of the village, in which one more is nothing to wonder at."""
    with office.store.unit_of_work() as work:
        for number in range(count):
            work.leads.add(lead(f"crowd{number}", region=VILLAGE, matter=f"crowd{number}"))
        work.commit()


def clerk(office: Office) -> Account:
    with office.store.reading() as work:
        account = work.accounts.get("clerk")
    assert account is not None
    return account


def plan(office: Office, accusation: Document | None = None, **changes: object) -> Handler:
    values: dict[str, object] = {
        "household_id": HOUSEHOLD,
        "risks": frozenset({Risk.ILLNESS}),
        "accused": Accused.NOBODY,
        "names": (),
        **changes,
    }
    wish = Wish(**values)  # type: ignore[arg-type]
    placing = plan_lead(office.store, clerk(office), accusation, wish, rules=RULES, at=NOON, chance=random.Random(1))
    return placing.handler


@pytest.mark.parametrize(
    ("accused", "handler"),
    [
        (Accused.NOBODY, Handler.VILLAGE),
        (Accused.VILLAGE, Handler.TOWN),
        (Accused.TOWN, Handler.COUNTY),
        (Accused.COUNTY, Handler.COUNTY),
    ],
)
def test_it_lies_above_those_whom_the_text_accuses(office: Office, accused: Accused, handler: Handler):
    crowd(office)

    assert plan(office, office.accusation, accused=accused) is handler


def test_where_few_other_leads_are_the_village_does_not_get_it(office: Office):
    crowd(office, 1)

    assert plan(office, office.accusation) is Handler.TOWN


def test_the_household_of_the_one_accused_is_no_matter_for_its_village(office: Office):
    crowd(office)

    assert plan(office, office.accusation, names=("庞四孩",)) is Handler.TOWN


def test_the_petitioners_own_household_is_no_matter_for_its_village(office: Office):
    crowd(office)
    own = replace(office.accusation, petitioner=Petitioner(name="庞四孩"))

    assert plan(office, own) is Handler.TOWN


def test_an_account_of_the_same_name_is_passed_over(office: Office):
    crowd(office)
    with office.store.unit_of_work() as work:
        account = Account(
            username="secretary",
            display_name="薛老三",
            role=Role.TOWN,
            region=TOWN,
            password_hash=HASH,
            created_at=NOON,
        )
        work.accounts.add(account)
        work.commit()

    assert plan(office, office.accusation, names=("薛老三",)) is Handler.COUNTY


@pytest.mark.parametrize("written", ["薛老三", "薛 老三", "薛某", "薛主任"])
@pytest.mark.parametrize("known", ["薛 老三", "薛·老三", "薛老三"])
def test_an_account_is_passed_over_however_its_name_and_the_accused_ones_are_written(
    office: Office, written: str, known: str
):
    crowd(office)
    with office.store.unit_of_work() as work:
        account = Account(
            username="secretary", display_name=known, role=Role.TOWN, region=TOWN, password_hash=HASH, created_at=NOON
        )
        work.accounts.add(account)
        work.commit()

    assert plan(office, office.accusation, names=(written,)) is Handler.COUNTY


def test_a_household_outside_the_division_and_a_wish_without_category_are_refused(office: Office):
    with pytest.raises(ReviewError, match="不在本辖区"):
        plan(office, household_id=HouseholdId("1411241052010001"))
    with pytest.raises(ReviewError, match="至少勾选一类"):
        plan(office, risks=frozenset())


def test_it_opens_at_a_time_that_tells_nothing(office: Office, clock: FakeClock):
    crowd(office)
    plan(office, office.accusation)
    with office.store.reading() as work:
        [planned] = work.planned_leads.of_documents([office.accusation.id])

    assert timedelta(hours=RULES.earliest_hours) <= planned.opens_at - NOON <= timedelta(hours=RULES.latest_hours)
    assert open_planned_leads(office.store, POLICY, clock).details == {}
    clock.move(hours=RULES.latest_hours)
    assert open_planned_leads(office.store, POLICY, clock).details == {"opened": 1}
    assert open_planned_leads(office.store, POLICY, clock).details == {}


def opened(office: Office, **changes: object) -> str:
    """The page of the lead as it is opened for the town."""
    plan(office, office.accusation, **changes)
    clock = FakeClock(NOON + timedelta(hours=RULES.latest_hours))
    open_planned_leads(office.store, POLICY, clock)
    with office.store.reading() as work:
        [view] = [one for one in work.leads.open_of_households([HOUSEHOLD]) if one.lead.unsourced]
    return str(view.lead.id)


def test_its_page_shows_household_and_category_and_no_source(office: Office):
    page = office.client("town").get(f"/leads/{opened(office)}").text

    assert "其他渠道" in page
    assert "因病" in page
    assert "庞**户" in page
    for word in (SECRET, "检举", "限制件", office.accusation.id, "clerk"):
        assert word not in page


def test_a_lead_for_the_town_does_not_exist_for_the_village(office: Office):
    number = opened(office)

    assert office.client("village").get(f"/leads/{number}").status_code == 404
    assert number not in office.client("village").get("/").text


def test_it_looks_like_one_that_was_told_at_the_counter(office: Office):
    from_accusation = office.client("town").get(f"/leads/{opened(office)}").text
    with office.store.unit_of_work() as work:
        told = replace(
            lead("told", region=TOWN, matter="told", household_id=HOUSEHOLD, risks=frozenset({Risk.ILLNESS})),
            unsourced=True,
        )
        work.leads.add(told)
        work.commit()
    from_counter = office.client("town").get("/leads/told").text

    texts = [re.search(r"<h2>材料和依据</h2>.*?</section>", one, re.S) for one in (from_accusation, from_counter)]
    assert texts[0] is not None
    assert texts[1] is not None
    bare = [re.sub(r"/leads/\w+", "", found[0]) for found in texts if found]
    assert bare[0] == bare[1]


def test_what_an_open_lead_shows_its_reader_already_opens_no_other(office: Office, clock: FakeClock):
    crowd(office)
    with office.store.unit_of_work() as work:
        work.leads.add(lead("there", region=VILLAGE, matter="there", household_id=HOUSEHOLD))
        work.commit()
    plan(office, office.accusation)
    clock.move(hours=RULES.latest_hours)

    assert open_planned_leads(office.store, POLICY, clock).details == {"covered": 1}


def test_the_audit_entry_does_not_tie_household_and_accusation(office: Office):
    plan(office, office.accusation)

    with office.store.reading() as work:
        entry = work.audit.recent(1)[0]
    assert entry.action == "plan_lead"
    assert office.accusation.id not in (entry.subject, entry.detail)
    assert HOUSEHOLD not in entry.subject + entry.detail


def test_the_register_that_the_household_was_found_in_is_kept(office: Office):
    plan(office, office.accusation)

    with office.store.reading() as work:
        [planned] = work.planned_leads.of_documents([office.accusation.id])
        assert planned.register_version == work.registry.version() == 1


def replace_everybody(office: Office) -> None:
    """A register in which the number of the household means others."""
    with office.store.unit_of_work() as work:
        stranger = household(HOUSEHOLD, person("杨新新"))
        version = work.registry.import_households([stranger], file="a", file_sha256="1", at=NOON).version
        everybody_else = Succession(
            household_id=HOUSEHOLD, successors=(HOUSEHOLD,), clear=False, same_people=False, reason="全部换了"
        )
        diff = replace(RegisterDiff.empty(), successions=(everybody_else,))
        work.register_history.add(version, diff)
        work.commit()


UNCLEAR = "不能确定这一户现在是哪一户"


def test_the_page_of_the_accusation_says_where_the_register_no_longer_tells_the_household(office: Office):
    plan(office, office.accusation)
    page = f"/restricted/{office.accusation.id}"
    assert UNCLEAR not in office.client("clerk").get(page).text

    replace_everybody(office)
    assert UNCLEAR in office.client("clerk").get(page).text


def test_nothing_is_said_of_one_that_opened_for_its_household(office: Office):
    plan(office, office.accusation)
    office.clock.move(hours=RULES.latest_hours)
    open_planned_leads(office.store, POLICY, office.clock)
    replace_everybody(office)

    assert UNCLEAR not in office.client("clerk").get(f"/restricted/{office.accusation.id}").text


def listed(office: Office, name: str = "clerk") -> str:
    """The list of plans that nobody knows the household of, as the page shows it."""
    found = re.search(r"<form[^>]*><h2>台账更新后不能确定是哪一户.*?</form>", page_by_hand(office, name), re.S)
    return found[0] if found else ""


def page_by_hand(office: Office, name: str = "clerk") -> str:
    return office.client(name).get("/other-leads/new").text


def test_what_waits_because_nobody_knows_the_household_is_listed_until_somebody_has_dealt_with_it(office: Office):
    plan(office)
    assert listed(office) == ""

    replace_everybody(office)
    assert f"尾号 {HOUSEHOLD[-4:]} (庞** 本人 65岁): 因病, 交" in listed(office)
    client = office.client("clerk")
    page = client.get("/other-leads/new").text
    form = {"csrf": found(page, "csrf"), "settle": found(page, "settle")}
    assert client.post("/other-leads", data=form).status_code == 200

    assert listed(office) == ""
    assert client.post("/other-leads", data=form).status_code == 409
    with office.store.reading() as work:
        assert [one.actor for one in work.audit.recent(20) if one.action == "settle_planned_lead"] == ["clerk"]
        assert unclear_plans(work) == []
    office.clock.move(hours=RULES.latest_hours)
    assert open_planned_leads(office.store, POLICY, office.clock).details == {}


def test_the_page_of_the_accusation_says_what_was_dealt_with_otherwise(office: Office):
    plan(office, office.accusation)
    replace_everybody(office)
    with office.store.reading() as work:
        [planned] = work.planned_leads.of_documents([office.accusation.id])
    settle_plan(office.store, clerk(office), OFFICE, planned.id, NOON)

    page = office.client("clerk").get(f"/restricted/{office.accusation.id}").text
    assert UNCLEAR not in page
    assert "已另行处理" in page
    assert "已开启" not in page


def test_who_may_see_and_settle_what_waits_for_a_household(office: Office):
    accusation = document("N", "举报信访办秦六顺压件不办", region=TOWN)
    with office.store.unit_of_work() as work:
        work.raw.add(raw("N", accusation.text))
        work.documents.add(accusation)
        work.routes.add(accusation.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        work.commit()
    plan(office, accusation)
    plan(office)
    replace_everybody(office)
    with office.store.reading() as work:
        told = {one.document_id: one.id for one in unclear_plans(work)}
    other = replace(clerk(office), username="other")
    elsewhere, meant = replace(other, region=RegionCode("141124105")), replace(other, display_name="秦六顺")
    moved_away = replace(clerk(office), region=elsewhere.region)

    assert seen(office, clerk(office)) == seen(office, other) == {None, accusation.id}
    assert seen(office, elsewhere) == seen(office, moved_away) == set()
    assert seen(office, meant) == {None}
    with pytest.raises(ReviewError, match="刷新"):
        settle_plan(office.store, meant, OFFICE, told[accusation.id], NOON)


def test_of_an_accusation_that_was_given_back_the_plan_is_still_listed_for_the_office(office: Office):
    plan(office, office.accusation)
    replace_everybody(office)
    with office.store.unit_of_work() as work:
        work.routes.add(office.accusation.id, Route.OPEN, "退回", "2", NOON)
        work.commit()

    assert seen(office, replace(clerk(office), username="other", region=COUNTY)) == {office.accusation.id}


def seen(office: Office, account: Account) -> set[DocumentId | None]:
    """Which accusations told of what is listed for the account."""
    with office.store.reading() as work:
        scope = OfficeScope(account.region, is_house=account.region == TOWN)
        return {one.document_id for one in unclear_plans_of(work, account, scope)}


def found(page: str, name: str) -> str:
    return re.findall(rf'name="{name}" value="(\w+)"', page)[0]


def test_the_clerk_finds_the_household_ticks_and_is_told_where_it_goes(office: Office):
    client = office.client("clerk")
    address = f"/restricted/{office.accusation.id}/lead"
    found = re.search(r'name="csrf" value="(\w+)"', client.get(address).text)
    form = {"csrf": found[1] if found else "", "person": "庞四孩"}

    offered = client.post(address, data={**form, "find": "yes"}).text
    assert f'value="{HOUSEHOLD}"' in offered
    done = client.post(address, data={**form, "household": HOUSEHOLD, "risk-illness": "yes", "accused": "village"}).text

    assert "到时交镇里办" in done
    assert "交上一级" in done
    with office.store.reading() as work:
        noted = [one for one in work.audit.recent(limit=20) if one.action == "search_household"]
    assert [(one.actor, one.subject, one.detail) for one in noted] == [("clerk", TOWN.digits, "1户")]


@pytest.mark.parametrize("name", ["town", "village", "leader", "admin", "auditor", "department"])
def test_nobody_else_registers_a_lead_without_a_text(office: Office, name: str):
    client = office.client(name)

    assert client.get("/other-leads/new").status_code == 403
    assert client.get(f"/restricted/{office.accusation.id}/lead").status_code == 403
