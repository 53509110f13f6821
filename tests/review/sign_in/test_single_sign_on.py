"""The county's single sign-on against a real small server: who is vouched for comes in, every lie is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from domain.failures.errors import ConfigError
from pipeline.policy.tables import load_policy
from pipeline.settings.settings import Settings
from review.app import create_app
from review.sign_in.bounded_fetch import BoundedFetch
from review.sign_in.policy import load_sign_in_policy
from review.sign_in.single_sign_on import SingleSignOn
from review.sign_in.single_sign_on_fetch import HttpFetch
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.county_server import CLIENT, SECRET, CountyServer, county_server
from tests.review.office import PASSWORD, fill
from tests.review.signing_in import Doorway, enrol, enter, form_token, give_code


@pytest.fixture
def county(clock: FakeClock) -> Iterator[CountyServer]:
    with county_server(clock) as server:
        yield server


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    fill(sqlite_store, clock)
    return Doorway(sqlite_store, clock)


@pytest.fixture
def client(doorway: Doorway, county: CountyServer) -> TestClient:
    return browser(doorway, county)


def browser(doorway: Doorway, county: CountyServer) -> TestClient:
    single_sign_on = SingleSignOn(
        issuer=county.address,
        client_id=CLIENT,
        client_secret=SECRET,
        claim="preferred_username",
        own_address="http://testserver",
        label="县统一身份认证",
        fetch=BoundedFetch(HttpFetch(), doorway.clock),
        clock=doorway.clock,
        keyed_hash=doorway.store.keyed_hash,
    )
    app = create_app(
        doorway.store,
        doorway.clock,
        load_policy().departments,
        sign_in=load_sign_in_policy(),
        single_sign_on=single_sign_on,
    )
    return TestClient(app, follow_redirects=False)


def leave(client: TestClient) -> str:
    return client.get("/login/sso").headers["location"]


def come_back(client: TestClient, brought: dict[str, str]):
    return client.get("/login/sso/return", params=brought)


def test_who_is_vouched_for_comes_in_by_code_pkce_state_and_nonce(
    client: TestClient, county: CountyServer, doorway: Doorway
):
    assert "用县统一身份认证登录" in client.get("/login").text
    leaving = leave(client)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leaving).query).items()}

    answer = come_back(client, county.grant(leaving))

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/login/sso/return"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert answer.status_code == 200
    assert 'content="0;url=/"' in answer.text
    assert client.get("/").status_code == 200
    assert "qianshao_sso" not in client.cookies
    assert [(entry.actor, entry.detail) for entry in doorway.acts("sign_in")] == [("town", "single_sign_on")]


@pytest.mark.parametrize("user", ["nobody", "Town", "town ", "leader"])
def test_only_accounts_that_exist_and_are_enabled_come_in(
    client: TestClient, county: CountyServer, doorway: Doorway, user: str
):
    with doorway.store.unit_of_work() as work:
        work.accounts.set_disabled("leader", disabled=True)
        work.commit()
    county.user = user

    answer = come_back(client, county.grant(leave(client)))

    assert answer.status_code == 403
    assert "没有可用的账号" in answer.text
    assert client.get("/").headers["location"] == "/login"


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"iss": "https://evil.example"}, id="other issuer"),
        pytest.param({"aud": "another-client"}, id="other audience"),
        pytest.param({"aud": ["qianshao", "other"], "azp": "other"}, id="meant for another"),
        pytest.param({"exp": 1}, id="expired"),
        pytest.param({"exp": None}, id="no end"),
        pytest.param({"nonce": "0" * 64}, id="other nonce"),
        pytest.param({"nonce": None}, id="no nonce"),
        pytest.param({"preferred_username": None}, id="no user name"),
        pytest.param({"preferred_username": ["town"]}, id="user name is no text"),
    ],
)
def test_a_token_that_says_something_else_is_refused(
    client: TestClient, county: CountyServer, doorway: Doorway, claims: dict[str, Any]
):
    county.claims = claims

    assert come_back(client, county.grant(leave(client))).status_code == 401
    assert client.get("/").headers["location"] == "/login"
    assert len(doorway.acts("sign_in_refused")) == 1


def test_a_token_signed_by_another_key_is_refused(client: TestClient, county: CountyServer):
    county.signing_key = RSAKey.generate_key(2048, {"kid": "one"})

    assert come_back(client, county.grant(leave(client))).status_code == 401


@pytest.mark.parametrize("changes", [{"state": "0" * 64}, {"state": ""}, {"iss": "https://evil.example"}, {"code": ""}])
def test_an_answer_that_was_tampered_with_is_refused(client: TestClient, county: CountyServer, changes: dict[str, str]):
    assert come_back(client, county.grant(leave(client)) | changes).status_code == 401


def test_a_way_begun_in_another_browser_does_not_end_in_this_one(
    client: TestClient, county: CountyServer, doorway: Doorway
):
    other = browser(doorway, county)
    brought = county.grant(leave(other))

    assert come_back(client, brought).status_code == 401
    leave(client)
    assert come_back(client, brought).status_code == 401


def test_a_way_can_be_gone_once_and_not_after_ten_minutes(client: TestClient, county: CountyServer, doorway: Doorway):
    brought = county.grant(leave(client))
    assert come_back(client, brought).status_code == 200
    assert come_back(client, brought).status_code == 401

    brought = county.grant(leave(client))
    flow = client.cookies["qianshao_sso"]
    doorway.clock.move(minutes=11)
    late = browser(doorway, county)
    late.cookies.set("qianshao_sso", flow)
    assert "隔得太久" in come_back(late, brought).text


def test_another_process_takes_the_person_back(client: TestClient, county: CountyServer, doorway: Doorway):
    brought = county.grant(leave(client))
    other_process = browser(doorway, county)
    other_process.cookies.set("qianshao_sso", client.cookies["qianshao_sso"])

    assert come_back(other_process, brought).status_code == 200


def test_a_description_of_another_issuer_is_refused(client: TestClient, county: CountyServer):
    county.description = {"issuer": "http://127.0.0.1:1"}

    assert client.get("/login/sso").status_code == 401


def test_a_server_that_is_down_is_said_and_the_local_way_stays(client: TestClient, county: CountyServer):
    county.description = {"token_endpoint": "http://127.0.0.1:9/token"}
    answer = come_back(client, county.grant(leave(client)))

    assert "没有正常应答" in answer.text
    assert enter(client, "town") == "/"


def test_a_second_factor_is_still_asked_for_and_set_up_without_a_password(
    client: TestClient, county: CountyServer, doorway: Doorway
):
    county.user = "clerk"
    come_back(client, county.grant(leave(client)))
    assert client.get("/").headers["location"] == "/account/second-factor"
    secret, _ = enrol(doorway, client, password="")
    doorway.clock.move(seconds=30)
    again = browser(doorway, county)

    answer = come_back(again, county.grant(leave(again)))

    assert 'content="0;url=/login/code"' in answer.text
    assert again.get("/").headers["location"] == "/login/code"
    assert give_code(again, doorway.code(secret)) == "/"
    doorway.clock.move(minutes=10)
    token = form_token(again.get("/account").text)
    late = again.post("/account/second-factor/begin", data={"csrf": token, "password": ""})
    assert late.status_code == 401


def test_a_one_time_password_is_void_once_the_owner_came_another_way(
    client: TestClient, county: CountyServer, doorway: Doorway
):
    with doorway.store.unit_of_work() as work:
        work.credentials.set_must_change("town", must=True)
        work.commit()

    come_back(client, county.grant(leave(client)))

    assert client.get("/").status_code == 200
    assert enter(browser(doorway, county), "town", PASSWORD) == "401"


def test_whoever_comes_back_with_junk_does_not_fill_the_audit_log(
    client: TestClient, county: CountyServer, doorway: Doorway
):
    for _ in range(40):
        answer = come_back(client, {"state": "0" * 64, "code": "x"})

    assert answer.status_code == 429
    refused = len(doorway.acts("sign_in_refused"))
    assert refused <= doorway.policy.address_waits.free + 1
    elsewhere = TestClient(client.app, follow_redirects=False, client=("10.0.0.7", 1))
    assert come_back(elsewhere, county.grant(leave(elsewhere))).status_code == 200


def test_an_answer_that_is_nested_without_end_is_no_answer(client: TestClient, county: CountyServer):
    leaving = leave(client)
    county.raw = b"[" * 200_000

    answer = come_back(client, county.grant(leaving))

    assert answer.status_code == 401
    assert "没有正常应答" in answer.text


def test_without_a_county_server_there_is_no_such_way(doorway: Doorway):
    plain = doorway.browser()

    assert plain.get("/login/sso").status_code == 404
    assert "/login/sso" not in plain.get("/login").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"issuer": "http://sso.example"}, "https"),
        ({"own_address": "http://qianshao.example"}, "https"),
        ({"issuer": "https://sso.example?x=1"}, "不带参数"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_settings_that_would_send_secrets_in_clear_are_refused(tmp_path: Path, changes: dict[str, str], said: str):
    good = {
        "issuer": "https://sso.example",
        "client_id": "x",
        "client_secret_file": str(tmp_path / "secret"),
        "own_address": "https://qianshao.example",
    }
    assert Settings.load(home=tmp_path, single_sign_on=good).single_sign_on is not None

    with pytest.raises(ConfigError, match=said):
        Settings.load(home=tmp_path, single_sign_on=good | changes)


def test_the_way_is_kept_under_a_name_that_no_neighbour_of_the_host_can_set(client: TestClient, county: CountyServer):
    plain = client.get("/login/sso").headers["set-cookie"]
    safe = TestClient(client.app, base_url="https://testserver", follow_redirects=False)
    kept = safe.get("/login/sso").headers["set-cookie"]

    assert plain.startswith("qianshao_sso=")
    assert kept.startswith("__Host-qianshao_sso=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(kept.split("; "))
    flow = client.cookies["qianshao_sso"]
    tossed = TestClient(client.app, base_url="https://testserver", follow_redirects=False)
    tossed.cookies.set("qianshao_sso", flow)
    assert come_back(tossed, county.grant(leave(client))).status_code == 401


@pytest.mark.parametrize("flow", ["x." + "9" * 5000, "x.²", "x.", "."])
def test_a_way_that_nobody_began_is_refused_and_is_no_error_of_the_program(client: TestClient, flow: str):
    answer = client.get(
        "/login/sso/return", params={"state": "x", "code": "x"}, headers={"cookie": f"qianshao_sso={flow}".encode()}
    )

    assert answer.status_code == 401


def test_whoever_only_asks_for_the_way_while_the_server_is_wrong_fills_no_audit_log(
    client: TestClient, county: CountyServer, doorway: Doorway
):
    county.description = {"issuer": "http://127.0.0.1:1"}

    assert [client.get("/login/sso").status_code for _ in range(3)] == [401, 401, 401]

    assert doorway.acts("sign_in_refused") == []
