"""Cadres say which household a text means, inside their own region only, and take it back."""

import re
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from fastapi.testclient import TestClient

from domain.accounts.account import Account
from domain.leads.lead import Decision, LeadId, LeadMove, LeadStatus
from domain.links.household_judgement import HouseholdVerdict, NumberedHouseholdJudgement
from domain.links.link import OF_REPORTER
from domain.register.household import HouseholdId
from domain.register.register_change import RegisterDiff, Succession
from domain.words.vocabulary import Role, Route
from review.decisions.household_judgements import judge_household, undo_household_judgement
from storage.store import Store
from tests.factories import TOWN, VILLAGE, household, person
from tests.fakes import NOON, FakeClock
from tests.review.doubtful import ELSEWHERE, FIRST, PAGE, SECOND, doubt
from tests.review.office import DEPARTMENT, Office, fill


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    filled = fill(sqlite_store, clock)
    doubt(sqlite_store, texts=2)
    return filled


def form_of(client: TestClient, page: str = PAGE) -> dict[str, object]:
    text = client.get(page).text
    csrf = re.search(r'name="csrf" value="(\w+)"', text)
    version = re.search(r'name="register_version" value="(\d+)"', text)
    documents = re.findall(r'name="documents" value="(\w+)"', text)
    assert csrf
    return {
        "csrf": csrf[1],
        "register_version": version[1] if version else "2",
        "documents": list(dict.fromkeys(documents)),
    }


def say(client: TestClient, verdict: str = "same", household_id: str = FIRST, **changes: object):
    form = {**form_of(client), "verdict": verdict, "household_id": household_id, **changes}
    return client.post(f"{PAGE}/household-judgements", data=form)


def standing(office: Office) -> list[NumberedHouseholdJudgement]:
    with office.store.reading() as work:
        view = work.leads.get(LeadId("doubtful"))
        assert view is not None
        found = work.household_judgements.standing_in([one.document_id for one in view.evidence])
    return sorted((one for rows in found.values() for one in rows), key=lambda one: one.number)


@pytest.mark.parametrize("name", ["village", "town", "clerk"])
def test_who_knows_the_households_or_the_text_judges_and_everybody_there_sees_it(office: Office, name: str):
    answer = say(office.client(name))

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#households")
    assert [(one.judgement.judged_by, one.judgement.verdict) for one in standing(office)] == [
        (name, HouseholdVerdict.SAME)
    ] * 2
    for reader in ("village", "town", "clerk", "leader"):
        shown = "上级" if reader == "village" != name else f"账号{name}"
        assert f'class="verdict same">是这一户</b> {shown} ' in office.client(reader).get(PAGE).text
    with office.store.reading() as work:
        entries = [one for one in work.audit.recent(50) if one.action == "judge_household"]
        assert [(one.actor, one.subject, one.detail) for one in entries] == [(name, "doubtful", f"same {FIRST}")]
        assert work.audit.verify() is None


@pytest.mark.parametrize(("name", "told"), [("village", False), ("leader", False), ("town", True), ("clerk", True)])
def test_whoever_may_not_learn_who_petitioned_is_not_shown_the_household_that_reports(
    sqlite_store: Store, clock: FakeClock, name: str, told: bool
):
    office = fill(sqlite_store, clock)
    let_second_report(sqlite_store)

    page, feed = (office.client(name).get(address).text for address in (PAGE, "/"))

    assert (OF_REPORTER in page) is told
    assert (f'value="{SECOND}"' in page) is told
    assert ("可能是3户之一" in feed) is told
    assert ("可能是2户之一" in feed) is not told


@pytest.mark.parametrize("name", ["town", "clerk"])
def test_whom_the_lead_may_touch_is_not_shown_the_household_that_reports(
    sqlite_store: Store, clock: FakeClock, name: str
):
    office = fill(sqlite_store, clock)
    let_second_report(sqlite_store)
    with sqlite_store.unit_of_work() as work:
        work.accounts.set_name(name, "庞甲甲")
        work.commit()

    page = office.client(name).get(PAGE).text

    assert OF_REPORTER not in page
    assert f'value="{SECOND}"' not in page


def let_second_report(store: Store) -> None:
    """The second household is a candidate for no other reason than that it brought the matter in."""
    [text] = doubt(store)
    with store.unit_of_work() as work:
        link = work.links.latest(text.id)
        assert link is not None
        [first, second, other] = link.candidates
        reports = replace(second, why=(OF_REPORTER, "该户台账中没有文中的姓名"), weights=(None, -2.0))
        work.links.add(replace(link, candidates=(first, reports, other), version="later"), NOON)
        work.commit()


def test_a_verdict_about_one_of_two_texts_is_about_that_one(office: Office):
    client = office.client("town")
    first, _ = form_of(client)["documents"]  # type: ignore[misc]

    say(client, documents=[first])

    assert [one.judgement.document_id for one in standing(office)] == [first]
    assert "<small>材料1</small>" in client.get(PAGE).text


def test_who_leads_reads_and_does_not_judge(office: Office):
    client = office.client("leader")

    assert "judgements" not in client.get(PAGE).text
    assert say(client).status_code == 403
    assert standing(office) == []


@pytest.mark.parametrize("name", ["other_village", "other_town", "admin", "auditor"])
def test_a_lead_of_another_region_cannot_be_judged(office: Office, name: str):
    client = office.client(name)
    form = {**form_of(office.client("town")), "verdict": "same", "household_id": FIRST}
    landing = {"admin": "/system", "auditor": "/audit"}.get(name, "/")
    form["csrf"] = form_of(client, landing)["csrf"]

    answer = client.post(f"{PAGE}/household-judgements", data=form)

    assert answer.status_code in {403, 404}
    assert standing(office) == []


def test_a_village_sees_and_judges_no_household_of_another_village(office: Office):
    village, town = office.client("village"), office.client("town")

    page = village.get(PAGE).text
    assert "蔡**" not in page
    assert "另有1个候选户不在您的辖区" in page
    assert "蔡**" in town.get(PAGE).text
    assert say(village, household_id=ELSEWHERE).status_code == 409
    assert say(town, household_id=ELSEWHERE).status_code == 303


def test_names_and_numbers_stay_masked(office: Office):
    say(office.client("village"))

    for name in ("village", "town", "clerk", "leader"):
        page = office.client(name).get(PAGE).text
        for secret in ("庞甲甲", "李乙乙", "庞丙丙", "蔡丁丁"):
            assert secret not in page


@pytest.mark.parametrize(
    ("household_id", "changes", "message"),
    [
        pytest.param("1411241042020001", {}, "不在候选之中", id="household of nobody"),
        pytest.param(FIRST, {"verdict": "perhaps"}, "请选择", id="no such verdict"),
        pytest.param(FIRST, {"documents": []}, "请选择判断的是哪份材料", id="no text"),
        pytest.param(FIRST, {"documents": ["f" * 32]}, "请选择判断的是哪份材料", id="text of another lead"),
        pytest.param(FIRST, {"register_version": "1"}, "台账刚刚更新", id="page older than the register"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    office: Office, household_id: str, changes: dict[str, object], message: str
):
    answer = say(office.client("town"), household_id=household_id, **changes)

    assert answer.status_code == 409
    assert message in answer.text
    assert standing(office) == []


def test_a_form_without_the_sessions_token_is_refused(office: Office):
    client = office.client("village")

    assert say(client, csrf="0" * 64).status_code == 403
    assert client.get(f"{PAGE}/household-judgements").status_code == 405
    assert standing(office) == []


def test_the_same_word_twice_is_one_word_and_another_one_counts_after_it(office: Office):
    client = office.client("village")

    say(client, "same")
    say(client, "same")
    say(client, "different")

    assert [one.judgement.verdict.value for one in standing(office)] == ["same"] * 2 + ["different"] * 2


def test_who_names_another_household_is_shown_with_that_one_only(office: Office):
    client = office.client("village")

    say(client, "same", FIRST)
    say(client, "same", SECOND)

    assert client.get(PAGE).text.count('class="verdict same"') == 1
    assert undo(client, standing(office)[-1].number).status_code == 303
    assert [one.judgement.household_id for one in standing(office)] == [FIRST, FIRST]


def undo(client: TestClient, number: int, page: str = PAGE):
    return client.post(f"{page}/household-judgements/{number}/undoing", data={"csrf": form_of(client)["csrf"]})


def test_one_takes_back_ones_own_word(office: Office):
    client = office.client("town")
    say(client, "different")

    for one in standing(office):
        assert undo(client, one.number).status_code == 303

    assert standing(office) == []
    with office.store.reading() as work:
        assert work.audit.recent(1)[0].action == "undo_household_judgement"
        assert work.audit.verify() is None
    assert undo(client, 1).status_code == 409


def test_the_town_takes_back_a_villages_word_and_the_village_not_the_towns(office: Office):
    village, town = office.client("village"), office.client("town")
    say(village)
    by_village = standing(office)
    say(town, "different")
    by_town = [one for one in standing(office) if one not in by_village]

    assert undo(village, by_town[0].number).status_code == 403
    assert undo(office.client("clerk"), by_town[0].number).status_code == 403
    assert undo(town, by_village[0].number).status_code == 303


def test_a_word_is_not_taken_back_through_another_lead_or_from_another_region(office: Office):
    say(office.client("village"))
    [first, *_] = standing(office)

    assert undo(office.client("village"), first.number, "/leads/own").status_code == 409
    client = office.client("other_village")
    answer = client.post(
        f"{PAGE}/household-judgements/{first.number}/undoing", data={"csrf": form_of(client, "/")["csrf"]}
    )
    assert answer.status_code == 404
    assert first in standing(office)


def test_two_words_that_contradict_each_other_are_both_shown(office: Office):
    say(office.client("village"), "same")
    say(office.client("town"), "different")

    page = office.client("village").get(PAGE).text

    assert "意见不一致" in page
    assert 'class="verdict same">是这一户</b> 账号village' in page
    assert 'class="verdict different">不是这一户</b> 上级' in page


def test_a_restricted_text_is_neither_shown_nor_judged(office: Office):
    client = office.client("town")
    documents = form_of(client)["documents"]
    with office.store.unit_of_work() as work:
        for one in documents:  # type: ignore[attr-defined]
            work.routes.add(one, Route.RESTRICTED, "含贪污", "2", NOON)
        work.commit()

    assert "households" not in client.get(PAGE).text
    assert say(client, documents=documents).status_code == 409
    assert standing(office) == []


def test_a_lead_that_is_closed_is_judged_no_more(office: Office):
    with office.store.unit_of_work() as work:
        for status in (LeadStatus.NOT_CONFIRMED, LeadStatus.CLOSED):
            work.decisions.append(
                Decision(lead_id=LeadId("doubtful"), status=status, decided_by="li", decided_at=NOON, reason="x")
            )
        work.commit()
    client = office.client("village")

    assert "判断在下次处理" not in client.get(PAGE).text
    assert say(client, documents=form_of(office.client("village"))["documents"]).status_code == 409


def test_a_word_about_a_household_that_is_gone_can_still_be_taken_back(office: Office):
    client = office.client("town")
    say(client)
    with office.store.unit_of_work() as work:
        work.registry.import_households([household(SECOND)], file="c", file_sha256="1", at=NOON, gone=[FIRST])
        work.commit()

    assert "现在不在台账的户" in client.get(PAGE).text
    for one in standing(office):
        assert undo(client, one.number).status_code == 303
    assert standing(office) == []


def test_after_numbers_moved_on_the_page_offers_the_same_people_under_their_new_number(office: Office):
    moved = household("1411241042020777", person("庞甲甲", birth_year=1950))
    stranger = household(FIRST, person("孙庚庚", birth_year=2001))
    step = Succession(household_id=FIRST, successors=(moved.id,), clear=True, same_people=True, reason="换了编号")
    office.clock.move(minutes=5)
    with office.store.unit_of_work() as work:
        version = work.registry.import_households(
            [moved, stranger], file="c", file_sha256="1", at=office.clock.now()
        ).version
        diff = RegisterDiff(added=(), replaced=(), gone=(), households=(), persons=(), successions=(step,))
        work.register_history.add(version, diff)
        work.commit()

    client = office.client("village")

    assert "尾号 0777" in client.get(PAGE).text
    assert "孙**" not in client.get(PAGE).text
    assert say(client, household_id=FIRST).status_code == 409
    assert say(client, household_id=moved.id).status_code == 303


def test_two_cadres_at_once_are_both_heard(store: Store, clock: FakeClock):
    fill(store, clock)
    [text] = doubt(store)
    together, failed = Barrier(2), []

    def judge(name: str, role: Role, division, verdict: HouseholdVerdict) -> None:
        account = Account(
            username=name, display_name=f"账号{name}", role=role, region=division, password_hash="", created_at=NOON
        )
        together.wait()
        try:
            judge_household(store, account, LeadId("doubtful"), FIRST, verdict, [text.id], register_version=2, at=NOON)
        except Exception as exc:  # noqa: BLE001
            failed.append(exc)

    people = [
        Thread(target=judge, args=("wang", Role.TOWN, TOWN, HouseholdVerdict.SAME)),
        Thread(target=judge, args=("li", Role.VILLAGE, VILLAGE, HouseholdVerdict.DIFFERENT)),
    ]
    for cadre in people:
        cadre.start()
    for cadre in people:
        cadre.join()

    assert failed == []
    with store.reading() as work:
        found = work.household_judgements.standing_in([text.id])[text.id]
        assert {(one.judgement.judged_by, one.judgement.verdict) for one in found} == {
            ("wang", HouseholdVerdict.SAME),
            ("li", HouseholdVerdict.DIFFERENT),
        }
        assert work.audit.verify() is None


def test_of_two_who_take_one_word_back_at_once_one_is_told(store: Store, clock: FakeClock):
    fill(store, clock)
    [text] = doubt(store)
    account = Account(
        username="wang", display_name="王大山", role=Role.TOWN, region=TOWN, password_hash="", created_at=NOON
    )
    judge_household(
        store, account, LeadId("doubtful"), FIRST, HouseholdVerdict.SAME, [text.id], register_version=2, at=NOON
    )
    together, told = Barrier(2), []

    def take_back() -> None:
        together.wait()
        try:
            undo_household_judgement(store, account, LeadId("doubtful"), 1, NOON)
        except Exception as exc:  # noqa: BLE001
            told.append(str(exc))

    people = [Thread(target=take_back) for _ in range(2)]
    for cadre in people:
        cadre.start()
    for cadre in people:
        cadre.join()

    assert told == ["这个判断已经撤销, 请刷新页面"]


def test_no_address_of_the_page_holds_a_households_number(office: Office):
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', office.client("village").get(PAGE).text)

    assert addresses
    assert not [one for one in addresses if FIRST in one]


def test_whom_the_lead_may_touch_says_nothing_of_its_household(office: Office):
    with office.store.unit_of_work() as work:
        account, [touched] = work.accounts.get("village"), work.registry.households([HouseholdId(FIRST)]).values()
        assert account is not None
        work.accounts.add(replace(account, username="relative", display_name=touched.head.name))
        work.commit()

    answer = say(office.client("relative"), "different")

    assert answer.status_code == 409
    assert "由上级办理" in answer.text
    assert standing(office) == []


def test_a_department_reads_the_word_and_neither_who_said_it_before_the_transfer_nor_when(office: Office):
    assert say(office.client("village")).status_code == 303
    office.clock.move(days=1)
    transfer = Decision(
        lead_id=LeadId("doubtful"),
        status=LeadStatus.TO_DEPARTMENT,
        decided_by="town",
        decided_at=office.clock.now(),
        reason="请救助",
        department=DEPARTMENT,
    )
    with office.store.unit_of_work() as work:
        view = work.leads.get(LeadId("doubtful"))
        assert view is not None
        moved = LeadMove(
            lead_id=view.lead.id,
            household_before=None,
            household_after=HouseholdId(FIRST),
            region_before=view.lead.region,
            region_after=view.lead.region,
            matter_before=view.lead.matter,
            matter_after=f"household:{FIRST}",
            moved_at=office.clock.now(),
            reason="干部判断了是不是这一户",
        )
        work.leads.move(moved)
        work.decisions.append(transfer)
        work.commit()

    rows = {
        name: re.findall(r'<b class="verdict same">[^<]*</b>([^<]*)<', office.client(name).get(PAGE).text)
        for name in ("department", "town")
    }

    assert [one.split() for one in rows["department"]] == [[]]
    assert {tuple(one.split()) for one in rows["town"]} == {("账号village", "2026-11-24")}
