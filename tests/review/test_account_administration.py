"""An administrator makes and mends accounts of others, never reads, never raises himself."""

import re
from typing import ClassVar

import pytest
from fastapi.testclient import TestClient

from domain.words.vocabulary import Role
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.factories import VILLAGE
from tests.fakes import FakeClock
from tests.review.office import OTHER_TEXT, PASSWORD, SECRET, fill
from tests.review.signing_in import PASSPHRASE, Doorway, enrol, enter, form_token, give_code

STEPS = ("password", "second-factor", "unlock", "disable", "enable", "place")


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    fill(sqlite_store, clock)
    return Doorway(sqlite_store, clock)


@pytest.fixture
def admin(doorway: Doorway) -> TestClient:
    client = doorway.browser("10.9.0.1")
    enter(client, "admin")
    enrol(doorway, client)
    return client


def do(client: TestClient, username: str, step: str, **form: str):
    token = form_token(client.get("/account").text)
    return client.post(f"/accounts/{username}/{step}", data={"csrf": token, **form})


def password_on(page: str) -> str:
    found = re.search(r'<code class="once">([^<]+)</code>', page)
    assert found
    return found[1]


def create(client: TestClient, **form: str):
    token = form_token(client.get("/accounts/new").text)
    given = {"username": "li.si", "name": "李四四", "role": "village", "region": VILLAGE.digits, **form}
    return client.post("/accounts", data={"csrf": token, **given})


def test_a_new_account_signs_in_with_its_one_time_password_and_has_to_change_it(doorway: Doorway, admin: TestClient):
    made = create(admin)
    assert made.status_code == 201
    password = password_on(made.text)
    client = doorway.browser()
    enter(client, "li.si", password)

    assert client.get("/").headers["location"] == "/account/password"
    token = form_token(client.get("/account/password").text)
    given = {"csrf": token, "password": password, "new": PASSPHRASE, "again": PASSPHRASE}
    assert client.post("/account/password", data=given).status_code == 303
    assert client.get("/").status_code == 200
    assert password not in admin.get("/accounts/li.si").text
    [entry] = doorway.acts("create_account")
    assert (entry.actor, entry.subject, entry.detail) == ("admin", "li.si", f"village {VILLAGE}")


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"username": "x"}, 422, "用户名应是"),
        ({"username": "system"}, 422, "用户名应是"),
        ({"username": "<b>x</b>"}, 422, "用户名应是"),
        ({"username": "town"}, 409, "已有人用"),
        ({"role": "emperor"}, 422, "请选择角色"),
        ({"region": "14112"}, 422, "区划代码应是"),
        ({"region": "141125"}, 422, "不在您管理的"),
    ],
)
def test_an_account_that_cannot_be_is_said_and_not_made(
    admin: TestClient, doorway: Doorway, form: dict[str, str], status: int, said: str
):
    answer = create(admin, **form)

    assert (answer.status_code, said in answer.text) == (status, True)
    assert doorway.acts("create_account") == []


def test_a_reset_password_ends_the_sessions_and_is_for_once(doorway: Doorway, admin: TestClient):
    client = doorway.browser()
    enter(client, "town")

    password = password_on(do(admin, "town", "password").text)

    assert client.get("/").headers["location"] == "/login"
    assert enter(doorway.browser(), "town") == "401"
    again = doorway.browser()
    enter(again, "town", password)
    assert again.get("/").headers["location"] == "/account/password"
    assert [entry.subject for entry in doorway.acts("reset_password")] == ["town"]


def test_a_lost_authenticator_is_reset_and_set_up_anew(doorway: Doorway, admin: TestClient):
    client = doorway.browser()
    enter(client, "leader")
    secret, codes = enrol(doorway, client)

    do(admin, "leader", "second-factor")

    assert client.get("/").headers["location"] == "/login"
    assert enter(client, "leader") == "/"
    assert client.get("/").headers["location"] == "/account/second-factor"
    renewed, _ = enrol(doorway, client)
    assert renewed != secret
    doorway.clock.move(seconds=60)
    other = doorway.browser()
    enter(other, "leader")
    assert [give_code(other, code) for code in (doorway.code(secret), codes[0])] == ["401", "401"]
    assert [entry.subject for entry in doorway.acts("reset_second_factor")] == ["leader"]


def test_unlocking_lets_in_at_once(doorway: Doorway, admin: TestClient):
    for _ in range(6):
        enter(doorway.browser(), "town", "wrong")
    assert enter(doorway.browser(), "town") == "429"

    do(admin, "town", "unlock")

    assert enter(doorway.browser(), "town") == "/"


def test_a_disabled_account_is_out_at_once_until_it_is_enabled(doorway: Doorway, admin: TestClient):
    client = doorway.browser()
    enter(client, "town")

    do(admin, "town", "disable")
    assert client.get("/").headers["location"] == "/login"
    assert enter(doorway.browser(), "town") == "401"
    do(admin, "town", "enable")
    assert enter(doorway.browser(), "town") == "/"
    assert client.get("/").headers["location"] == "/login"


def test_another_role_ends_the_sessions_and_names_both_in_the_audit_log(doorway: Doorway, admin: TestClient):
    client = doorway.browser()
    enter(client, "town")

    do(admin, "town", "place", role="village", region=VILLAGE.digits)

    assert client.get("/").headers["location"] == "/login"
    with doorway.store.reading() as work:
        found = work.accounts.get("town")
    assert found is not None
    assert (found.role.value, found.region) == ("village", VILLAGE)
    assert [entry.detail for entry in doorway.acts("change_role")] == [f"town 141124104 -> village {VILLAGE}"]


@pytest.mark.parametrize("step", STEPS)
def test_an_administrator_does_nothing_to_the_own_account(doorway: Doorway, admin: TestClient, step: str):
    answer = do(admin, "admin", step, role="clerk", region="141124")

    assert answer.status_code == 403
    with doorway.store.reading() as work:
        found = work.accounts.get("admin")
    assert found is not None
    assert found.role.value == "admin"
    assert admin.get("/accounts").status_code == 200


def test_an_administrator_of_a_town_knows_no_account_outside_it(doorway: Doorway, admin: TestClient):
    create(admin, username="town.admin", role="admin", region="141124105")
    password = password_on(do(admin, "town.admin", "password").text)
    client = doorway.browser()
    enter(client, "town.admin", password)
    token = form_token(client.get("/account/password").text)
    given = {"csrf": token, "password": password, "new": PASSPHRASE, "again": PASSPHRASE}
    client.post("/account/password", data=given)
    enrol(doorway, client, PASSPHRASE)

    page = client.get("/accounts").text
    assert "other_town" in page
    assert "village" not in page
    assert client.get("/accounts/village").status_code == 404
    assert [do(client, "village", step).status_code for step in STEPS] == [404] * len(STEPS)
    assert create(client, username="x.y", region="141124104").status_code == 422


@pytest.mark.parametrize("name", ["clerk", "town", "village", "leader", "auditor"])
def test_nobody_else_gets_at_accounts(doorway: Doorway, name: str):
    client = doorway.browser()
    enter(client, name)
    enrol(doorway, client)
    token = form_token(client.get("/account").text)

    assert [client.get(f"/accounts{rest}").status_code for rest in ("", "/new", "/town")] == [403] * 3
    posts = [client.post(f"/accounts/admin/{step}", data={"csrf": token}).status_code for step in STEPS]
    assert posts == [403] * len(STEPS)
    assert client.post("/accounts", data={"csrf": token}).status_code == 403


@pytest.mark.parametrize("step", STEPS)
def test_a_step_without_the_form_token_is_not_taken(doorway: Doorway, admin: TestClient, step: str):
    form = {"role": "clerk", "region": "141124", "csrf": "0" * 64}

    assert admin.post(f"/accounts/town/{step}", data=form).status_code == 403
    assert enter(doorway.browser(), "town") == "/"


def test_accounts_are_searched_and_stand_on_pages(doorway: Doorway, admin: TestClient):
    for number in range(25):
        assert create(admin, username=f"c{number:02}", name=f"测试员{chr(0x4E00 + number)}").status_code == 201

    assert "共25个" in admin.get("/accounts?words=测试员").text
    assert "第2页, 共2页" in admin.get("/accounts?words=测试员&page=2").text
    assert "c24" in admin.get("/accounts?words=测试员&page=2").text
    assert "没有符合的账号" in admin.get("/accounts?words=%25%25_").text


def test_an_administrator_reads_no_text_anywhere(doorway: Doorway, admin: TestClient):
    paths = ("/", "/leads/own", "/leads/other", "/restricted", "/risk-points", "/audit", "/accounts", "/accounts/town")
    seen = "".join(admin.get(path, follow_redirects=True).text for path in paths)

    assert OTHER_TEXT[:8] not in seen
    assert SECRET not in seen


def test_neither_hash_nor_secret_is_on_any_page(doorway: Doorway, admin: TestClient):
    seen = "".join(
        admin.get(path).text for path in ("/accounts", "/accounts/admin", "/account", "/account/second-factor")
    )

    assert "argon2" not in seen
    assert not re.search(r"[A-Z2-7]{32}", seen)
    assert PASSWORD not in seen


def test_a_department_account_is_of_a_department_that_the_policy_names(doorway: Doorway):
    class OneDepartment:
        departments: ClassVar[dict[str, str]] = {"health": "卫健局"}

    app = create_app(doorway.store, doorway.clock, load_policy().departments, workflow=OneDepartment())  # type: ignore[arg-type]
    client = TestClient(app, follow_redirects=False)
    enter(client, "admin")
    assert '<option value="health">卫健局</option>' in client.get("/accounts/new").text

    missing = create(client, role="department", region="141124")
    unknown = create(client, role="department", region="141124", department="navy")
    made = create(client, role="department", region="141124", department="health")
    other = create(client, username="wu", department="health")

    assert [answer.status_code for answer in (missing, unknown, made, other)] == [422, 422, 201, 201]
    with doorway.store.reading() as work:
        found = [work.accounts.get(name) for name in ("li.si", "wu")]
    assert [one.department for one in found if one is not None] == ["health", ""]


@pytest.mark.parametrize("step", ["password", "second-factor", "enable", "place"])
def test_an_administrator_alone_does_not_come_in_as_the_petition_office(doorway: Doorway, admin: TestClient, step: str):
    answer = do(admin, "clerk", step, role="village", region=VILLAGE.digits)

    assert answer.status_code == 403
    assert "qianshao account" in answer.text
    assert enter(doorway.browser(), "clerk") == "/"


@pytest.mark.parametrize("region", ["141124", "141124104", VILLAGE.digits])
def test_no_second_way_into_the_petition_office_is_made_on_a_page(doorway: Doorway, admin: TestClient, region: str):
    assert create(admin, role="clerk", region=region).status_code == 403
    assert do(admin, "village", "place", role="clerk", region=region).status_code == 403
    assert do(admin, "clerk", "disable").status_code == 303
    assert create(admin, role="clerk", region=region).status_code == 403

    with doorway.store.reading() as work:
        assert [one.username for one in work.accounts.all() if one.role is Role.CLERK] == ["clerk"]


def test_the_first_account_of_an_office_is_made_on_the_page(admin: TestClient):
    assert create(admin, role="clerk", region="141124105").status_code == 201


@pytest.mark.parametrize("step", ["password", "second-factor", "disable", "place"])
def test_an_address_for_a_reader_ends_with_the_other_ways_in(doorway: Doorway, admin: TestClient, step: str):
    with doorway.store.unit_of_work() as work:
        work.reader_tokens.add("0123456789ab", "town", "f" * 64, doorway.clock.now())
        work.commit()

    do(admin, "town", step, role="town", region="141124")
    do(admin, "town", "enable")

    with doorway.store.reading() as work:
        assert work.reader_tokens.of_account("town") == []
