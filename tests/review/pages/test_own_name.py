"""Recusal needs to know who somebody is: nobody works with leads under a user name alone."""

import pytest

from domain.accounts.account import Account
from domain.leads.lead import LeadId
from domain.words.vocabulary import Role
from review.accounts.form import person_name_problem
from review.decisions.unsourced_leads import Accused, Wish, placing_of
from review.rights.lead_doors import stands_back
from storage.store import Store
from tests.factories import TOWN, VILLAGE
from tests.fakes import NOON, FakeClock
from tests.review.office import HASH, POLICY, fill
from tests.review.signing_in import Doorway, enrol, enter, form_token


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    fill(sqlite_store, clock)
    with sqlite_store.unit_of_work() as work:
        for name, role, region in (("nameless", Role.VILLAGE, VILLAGE), ("newclerk", Role.CLERK, TOWN)):
            work.accounts.add(
                Account(username=name, display_name=name, role=role, region=region, password_hash=HASH, created_at=NOON)
            )
        work.commit()
    return Doorway(sqlite_store, clock)


def account_of(doorway: Doorway, name: str) -> Account:
    with doorway.store.reading() as work:
        found = work.accounts.get(name)
    assert found is not None
    return found


def test_who_has_no_name_is_asked_for_it_once_before_anything_else(doorway: Doorway):
    client = doorway.browser()
    enter(client, "nameless")
    for page in ("/", "/leads/own"):
        assert client.get(page).headers["location"] == "/account/name"
    token = form_token(client.get("/account/name").text)

    wrong = client.post("/account/name", data={"csrf": token, "name": "村干部1"})
    assert (wrong.status_code, "真实姓名" in wrong.text) == (422, True)
    assert client.post("/account/name", data={"csrf": token, "name": " 庞 有田 "}).status_code == 303

    assert account_of(doorway, "nameless").display_name == "庞 有田"
    assert client.get("/").status_code == 200
    assert [(entry.actor, entry.detail) for entry in doorway.acts("give_own_name")] == [("nameless", "")]


def test_the_own_name_is_not_changed_a_second_time(doorway: Doorway):
    client = doorway.browser()
    enter(client, "nameless")
    token = form_token(client.get("/account/name").text)
    client.post("/account/name", data={"csrf": token, "name": "庞有田"})

    assert client.get("/account/name").headers["location"] == "/account"
    client.post("/account/name", data={"csrf": token, "name": "雷五福"})

    assert account_of(doorway, "nameless").display_name == "庞有田"
    assert len(doorway.acts("give_own_name")) == 1


def test_a_lead_is_kept_from_whom_nobody_knows_by_name(doorway: Doorway):
    with doorway.store.reading() as work:
        view = work.leads.get(LeadId("own"))
        assert view is not None
        assert stands_back(work, account_of(doorway, "nameless"), view)
        assert not stands_back(work, account_of(doorway, "village"), view)


def test_an_unsourced_lead_goes_over_the_head_of_a_nameless_account(doorway: Doorway):
    with doorway.store.reading() as work:
        [household] = work.registry.households(["1411241042020001"]).values()  # type: ignore[list-item]
        wish = Wish(household_id=household.id, risks=frozenset(), accused=Accused.NOBODY, names=("庞有田",))
        placing = placing_of(work, household, None, wish, POLICY.disclosure.rules, NOON)

    assert placing.handler.value == "town"
    assert any("没登记姓名" in reason for reason in placing.reasons)


def test_the_administrator_sees_whose_name_is_missing_and_mends_it(doorway: Doorway):
    admin = doorway.browser("10.9.0.1")
    enter(admin, "admin")
    enrol(doorway, admin)
    assert "没有姓名" in admin.get("/accounts?words=nameless").text
    token = form_token(admin.get("/accounts/nameless").text)

    refused = admin.post("/accounts/nameless/name", data={"csrf": token, "name": "庞某"})
    assert refused.status_code == 422
    assert admin.post("/accounts/nameless/name", data={"csrf": token, "name": "庞有田"}).status_code == 303

    assert account_of(doorway, "nameless").display_name == "庞有田"
    [entry] = doorway.acts("rename_account")
    assert (entry.actor, entry.subject) == ("admin", "nameless")
    assert "庞有田" not in entry.detail
    assert admin.post("/accounts/admin/name", data={"csrf": token, "name": "庞有田"}).status_code == 403


def test_the_administrator_is_told_of_a_name_that_only_its_owner_gave(doorway: Doorway):
    client, admin = doorway.browser(), doorway.browser("10.9.0.1")
    enter(client, "nameless")
    client.post("/account/name", data={"csrf": form_token(client.get("/account/name").text), "name": "雷五福"})
    enter(admin, "admin")
    enrol(doorway, admin)

    assert "本人填写" in admin.get("/accounts/nameless").text
    token = form_token(admin.get("/accounts/nameless").text)
    admin.post("/accounts/nameless/name", data={"csrf": token, "name": "庞有田"})

    assert "本人填写" not in admin.get("/accounts/nameless").text


@pytest.mark.parametrize("name", ["庞有田", "阿依古丽·买买提", "欧阳 小妹", "司马"])
def test_names_of_persons_are_taken(name: str):
    assert person_name_problem(name) is None


@pytest.mark.parametrize(
    "name", ["", "庞", "庞某", "town1", "13800000000", "庞有田*", "长" * 31, "· ·", "Zhang Jianguo", "庞You田"]
)
def test_what_is_no_whole_name_is_refused(name: str):
    assert person_name_problem(name) is not None
