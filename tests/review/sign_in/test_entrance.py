"""The way in: password, code, waits; nobody learns which accounts there are."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from review.sign_in.callers import Caller
from review.sign_in.passwords import UNKNOWN_USER_HASH, verify_password
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import PASSWORD, fill
from tests.review.signing_in import Doorway, enrol, enter, form_token, give_code


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    fill(sqlite_store, clock)
    return Doorway(sqlite_store, clock)


@pytest.mark.parametrize("name", ["admin", "clerk", "leader", "auditor"])
def test_a_role_that_needs_a_second_factor_reaches_nothing_without_one(doorway: Doorway, name: str):
    client = doorway.browser()
    assert enter(client, name) == "/"

    for page in ("/", "/restricted", "/accounts", "/audit", "/leads/own"):
        assert client.get(page).headers["location"] == "/account/second-factor"
    for page in ("/account", "/account/password", "/account/second-factor"):
        assert "<nav>" not in client.get(page).text


@pytest.mark.parametrize("name", ["town", "village"])
def test_a_cadre_may_do_without_one(doorway: Doorway, name: str):
    client = doorway.browser()
    enter(client, name)

    assert client.get("/").status_code == 200


def test_with_an_authenticator_the_password_alone_opens_nothing(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    secret, _ = enrol(doorway, first)
    client = doorway.browser()
    assert enter(client, "clerk") == "/login/code"

    assert client.get("/").headers["location"] == "/login/code"
    assert client.get("/account").headers["location"] == "/login/code"
    doorway.clock.move(seconds=30)
    assert give_code(client, doorway.code(secret)) == "/"
    assert client.get("/").status_code == 200


def test_a_code_is_never_accepted_twice(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    secret, _ = enrol(doorway, first)
    doorway.clock.move(seconds=60)
    code = doorway.code(secret)
    owner, thief = doorway.browser(), doorway.browser()
    enter(owner, "clerk")
    enter(thief, "clerk")

    assert give_code(owner, code) == "/"
    assert give_code(thief, code) == "401"
    assert thief.get("/").headers["location"] == "/login/code"


@pytest.mark.parametrize(("seconds", "expected"), [(-30, "/"), (30, "/"), (-90, "401"), (90, "401")])
def test_the_clock_of_a_phone_may_be_half_a_minute_wrong(doorway: Doorway, seconds: int, expected: str):
    first = doorway.browser()
    enter(first, "clerk")
    secret, _ = enrol(doorway, first)
    doorway.clock.move(seconds=300 + seconds)
    code = doorway.code(secret)
    doorway.clock.move(seconds=-seconds)
    client = doorway.browser()
    enter(client, "clerk")

    assert give_code(client, code) == expected


def test_a_recovery_code_stands_in_once(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    _, codes = enrol(doorway, first)
    assert len(codes) == len(set(codes)) == doorway.policy.recovery_codes

    answers = []
    for typed in (codes[0].upper().replace("-", " "), codes[0]):
        client = doorway.browser()
        enter(client, "clerk")
        answers.append(give_code(client, typed))

    assert answers == ["/", "401"]
    assert doorway.acts("sign_in")[0].detail == "recovery_code"


def test_the_session_gets_another_token_with_the_code_and_the_old_one_is_dead(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    secret, _ = enrol(doorway, first)
    doorway.clock.move(seconds=30)
    client = doorway.browser()
    enter(client, "clerk")
    before = client.cookies["qianshao_session"]
    give_code(client, doorway.code(secret))

    assert client.cookies["qianshao_session"] != before
    stale = doorway.browser()
    stale.cookies.set("qianshao_session", before)
    assert stale.get("/").headers["location"] == "/login"


def test_the_time_between_password_and_code_is_short(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    enrol(doorway, first)
    client = doorway.browser()
    enter(client, "clerk")
    doorway.clock.move(minutes=6)

    assert client.get("/login/code").headers["location"] == "/login"


def test_wrong_codes_close_the_door_and_a_new_password_entry_does_not_open_it(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    secret, _ = enrol(doorway, first)
    doorway.clock.move(seconds=30)
    answers = []
    for _ in range(6):
        client = doorway.browser()
        enter(client, "clerk")
        answers.append(give_code(client, "000000"))
    client = doorway.browser()
    enter(client, "clerk")

    assert answers == ["401"] * 5 + ["429"]
    assert give_code(client, doorway.code(secret)) == "429"
    doorway.clock.move(minutes=2)
    assert give_code(client, doorway.code(secret)) == "/"


def test_waits_double_and_end(doorway: Doorway):
    client = doorway.browser()
    waits = []
    for _ in range(4):
        while client.post("/login", data={"username": "town", "password": "wrong"}).status_code == 401:
            pass
        minutes = 0
        while client.post("/login", data={"username": "town", "password": "wrong"}).status_code == 429:
            doorway.clock.move(minutes=1)
            minutes += 1
        waits.append(minutes)

    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    doorway.clock.move(hours=1)
    assert enter(client, "town") == "/"


def test_a_restart_and_another_process_know_of_the_failures(doorway: Doorway):
    for _ in range(5):
        assert enter(doorway.browser(), "town", "wrong") == "401"

    assert enter(doorway.browser(), "town") == "429"


def test_one_address_cannot_try_name_after_name(doorway: Doorway):
    answers = [enter(doorway.browser(), f"name{number}", "wrong") for number in range(31)]

    assert answers == ["401"] * 30 + ["429"]
    assert enter(doorway.browser(), "town") == "429"
    assert enter(doorway.browser("10.0.0.2"), "town") == "/"


def test_an_own_account_does_not_buy_tries_at_others(doorway: Doorway):
    for number in range(29):
        enter(doorway.browser(), f"name{number}", "wrong")
        if number % 7 == 0:
            assert enter(doorway.browser(), "town") == "/"

    assert enter(doorway.browser(), "another", "wrong") == "401"
    assert enter(doorway.browser(), "town") == "429"


def test_a_forwarded_address_is_not_believed_without_a_trusted_proxy(doorway: Doorway):
    for number in range(30):
        headers = {"x-forwarded-for": f"10.1.0.{number}"}
        doorway.browser().post("/login", data={"username": f"n{number}", "password": "x"}, headers=headers)

    assert enter(doorway.browser(), "town") == "429"


def test_behind_a_trusted_proxy_what_the_caller_wrote_itself_is_not_believed(doorway: Doorway):
    proxied = ProxyHeadersMiddleware(doorway.browser().app, trusted_hosts=["10.0.0.9"])  # type: ignore[arg-type]
    client = TestClient(proxied, follow_redirects=False, client=("10.0.0.9", 40000))  # type: ignore[arg-type]

    def status(name: str, forwarded: str) -> int:
        form = {"username": name, "password": PASSWORD}
        return client.post("/login", data=form, headers={"x-forwarded-for": forwarded}).status_code

    for number in range(30):
        status(f"n{number}", f"10.1.0.{number}, 10.0.0.77")

    assert status("town", "10.1.0.99, 10.0.0.77") == 429
    assert status("town", "10.0.0.78") == 303


def test_no_parameter_says_where_somebody_goes_after_signing_in(doorway: Doorway):
    for name in ("next", "url", "return_to"):
        address = f"/login?{name}=https://evil.example"
        answer = doorway.browser().post(address, data={"username": "town", "password": PASSWORD})
        assert answer.headers["location"] == "/"


def test_whoever_took_over_a_session_sets_up_no_authenticator_without_the_password(doorway: Doorway):
    client = doorway.browser()
    enter(client, "town")
    token = form_token(client.get("/account/second-factor").text)

    for address in ("/account/second-factor/begin", "/account/recovery-codes"):
        assert client.post(address, data={"csrf": token, "password": "wrong"}).status_code == 401

    with doorway.store.reading() as work:
        assert work.credentials.offered_secret("town") is None
        assert not work.credentials.count_recovery_codes("town")


def test_existing_unknown_and_disabled_accounts_get_the_same_answers(doorway: Doorway):
    with doorway.store.unit_of_work() as work:
        work.accounts.set_disabled("leader", disabled=True)
        work.commit()
    seen = {}
    for name, password in (("town", "wrong"), ("nobody", "wrong"), ("leader", PASSWORD)):
        client = doorway.browser(f"10.2.0.{len(seen)}")
        answers = [client.post("/login", data={"username": name, "password": password}) for _ in range(7)]
        seen[name] = [(answer.status_code, answer.text, sorted(answer.headers)) for answer in answers]

    assert seen["town"] == seen["nobody"] == seen["leader"]


def test_a_name_that_no_database_takes_is_refused_like_any_other(doorway: Doorway):
    assert enter(doorway.browser(), "to\0wn", "wrong") == "401"


def test_an_unknown_name_costs_one_check_of_the_same_strength():
    today = PasswordHasher()

    assert not today.check_needs_rehash(UNKNOWN_USER_HASH)
    assert not verify_password(UNKNOWN_USER_HASH, "anything")


def test_what_was_typed_as_a_user_name_is_written_nowhere(doorway: Doorway, tmp_path_factory: pytest.TempPathFactory):
    enter(doorway.browser(), "my-pass-word-by-mistake", "x")

    [entry] = doorway.acts("sign_in_refused")
    assert entry.actor == "unknown"
    with doorway.store.reading() as work:
        logged = str(work.audit.recent(100))
    assert "by-mistake" not in logged


def test_a_hash_of_older_parameters_is_renewed_at_the_next_sign_in(doorway: Doorway):
    old = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    with doorway.store.unit_of_work() as work:
        work.accounts.set_password("town", old)
        work.commit()

    assert enter(doorway.browser(), "town") == "/"

    with doorway.store.reading() as work:
        found = work.accounts.get("town")
    assert found is not None
    assert found.password_hash != old
    assert verify_password(found.password_hash, PASSWORD)
    assert enter(doorway.browser(), "town") == "/"


def test_a_password_that_is_reset_while_it_is_looked_at_opens_nothing(doorway: Doorway):
    entrance = doorway.browser().app.state.desk.entrance  # type: ignore[attr-defined]
    knock = entrance._knock

    def reset_after_knocking(doors: object) -> object:
        wait = knock(doors)
        with doorway.store.unit_of_work() as work:
            work.accounts.set_password("town", "$argon2id$another")
            work.commit()
        return wait

    entrance._knock = reset_after_knocking

    assert entrance.with_password("town", PASSWORD, Caller("10.5.0.1", "")).token is None


def test_many_tries_at_once_do_not_slip_past_the_limit(doorway: Doorway):
    client = doorway.browser()
    entrance = client.app.state.desk.entrance  # type: ignore[attr-defined]

    def attempt(number: int) -> bool:
        return bool(entrance.with_password("town", "wrong", Caller("10.3.0.1", "")).wait)

    with ThreadPoolExecutor(8) as pool:
        waited = list(pool.map(attempt, range(16)))

    assert waited.count(False) == 5


def test_signing_in_refused_locked_and_out_are_in_the_audit_log(doorway: Doorway):
    client = doorway.browser()
    enter(client, "town")
    client.post("/logout", data={"csrf": form_token(client.get("/").text)})
    for _ in range(8):
        enter(client, "town", "wrong")

    assert [(e.actor, e.subject, e.detail) for e in doorway.acts("sign_in")] == [("town", "10.0.0.1", "password")]
    assert [entry.actor for entry in doorway.acts("sign_out")] == ["town"]
    assert len(doorway.acts("sign_in_refused")) == 5
    assert [entry.actor for entry in doorway.acts("sign_in_locked")] == ["town"]
    with doorway.store.reading() as work:
        assert work.audit.verify() is None
