"""Strangers who try a name do not shut its owner out, and guess no more often for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from domain.accounts.account import Account
from review.sign_in.callers import Caller
from review.sign_in.entrance import Entrance
from review.sign_in.known_devices import KnownDevices
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import PASSWORD, fill
from tests.review.signing_in import PASSPHRASE, Doorway, enrol, enter, form_token, give_code

COOKIE = "qianshao_device"


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    fill(sqlite_store, clock)
    return Doorway(sqlite_store, clock)


def sign_out(client: TestClient) -> None:
    client.post("/logout", data={"csrf": form_token(client.get("/").text)})


def known(doorway: Doorway, name: str = "town", address: str = "10.0.0.1") -> TestClient:
    """A browser in which the account signed in before."""
    client = doorway.browser(address)
    assert enter(client, name) == "/"
    sign_out(client)
    return client


def shut(doorway: Doorway, name: str = "town") -> None:
    """Strangers try the name from many addresses until nobody who is not known is let in anywhere."""
    entrance = entrance_of(doorway)
    for number in range(60):
        entrance.with_password(name, "wrong", Caller(f"10.66.1.{number}", ""))


def account_of(doorway: Doorway, name: str = "town") -> Account:
    with doorway.store.reading() as work:
        found = work.accounts.get(name)
    assert found is not None
    return found


def entrance_of(doorway: Doorway) -> Entrance:
    found: Entrance = doorway.browser().app.state.desk.entrance  # type: ignore[attr-defined]
    return found


def test_one_stranger_shuts_the_name_for_the_own_address_only(doorway: Doorway):
    stranger = doorway.browser("10.66.0.1")
    assert [enter(stranger, "town", "wrong") for _ in range(6)] == ["401"] * 5 + ["429"]

    assert enter(doorway.browser("10.0.0.9"), "town") == "/"


def test_strangers_at_many_addresses_do_not_keep_a_known_device_out(doorway: Doorway):
    phone = known(doorway)

    shut(doorway)

    assert enter(doorway.browser("10.0.0.2"), "town") == "429"
    assert enter(phone, "town") == "/"
    assert phone.get("/").status_code == 200


def test_a_stranger_in_the_same_office_does_not_keep_a_known_device_out(doorway: Doorway):
    phone = known(doorway)
    for number in range(40):
        enter(doorway.browser(), f"name{number}", "wrong")
    assert enter(doorway.browser(), "town") == "429"

    assert enter(phone, "town") == "/"


def test_what_is_tried_on_a_known_device_is_bounded_by_itself(doorway: Doorway):
    phone = known(doorway)

    assert [enter(phone, "town", "wrong") for _ in range(6)] == ["401"] * 5 + ["429"]

    assert enter(phone, "town") == "429"
    assert enter(doorway.browser("10.0.0.2"), "town") == "/"


def test_a_device_is_known_for_its_own_account_only(doorway: Doorway):
    phone = known(doorway, "village")
    shut(doorway)

    assert enter(phone, "town") == "429"


def test_a_computer_of_several_people_is_known_for_each(doorway: Doorway):
    computer = known(doorway)
    for name in ("village", "other_village", "department"):
        assert enter(computer, name) == "/"
        sign_out(computer)
    shut(doorway)

    assert enter(computer, "town") == "/"


@pytest.mark.parametrize("forged", ["", "a.1.b", "~~~~", "x" * 4000, "a..b", "nonce.99999999999.0", "é.1.0"])
def test_a_forged_token_is_no_known_device(doorway: Doorway, forged: str):
    shut(doorway)
    entrance = entrance_of(doorway)

    assert entrance.with_password("town", PASSWORD, Caller("10.0.0.3", "", forged)).wait


def test_a_token_ends_with_its_time_and_with_the_password(doorway: Doorway):
    account = account_of(doorway)
    devices = KnownDevices(doorway.store, doorway.clock, timedelta(days=180))
    token = devices.renewed("", account)

    assert devices.device_of(token, account) is not None
    assert devices.device_of(token, replace(account, password_hash="other")) is None
    assert devices.device_of(token, replace(account, username="other")) is None
    doorway.clock.move(days=181)
    assert devices.device_of(token, account) is None


def test_a_browser_keeps_one_token_of_an_account_and_five_in_all(doorway: Doorway):
    account = account_of(doorway)
    devices = KnownDevices(doorway.store, doorway.clock, timedelta(days=180))
    kept = ""
    for number in range(9):
        kept = devices.renewed(kept, replace(account, username=f"user{number}"))
        kept = devices.renewed(kept, account)

    assert kept.count("~") == 4
    assert devices.device_of(kept, account) is not None
    assert len(kept) < 1024


def test_the_password_alone_makes_no_device_known_where_a_code_is_asked_for(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    secret, _ = enrol(doorway, first)
    doorway.clock.move(seconds=60)
    client = doorway.browser()
    enter(client, "clerk")
    assert COOKIE not in client.cookies

    give_code(client, doorway.code(secret))

    assert COOKIE in client.cookies


def test_wrong_codes_of_who_knows_the_password_do_not_keep_the_owner_out(doorway: Doorway):
    first = doorway.browser()
    enter(first, "clerk")
    secret, _ = enrol(doorway, first)
    sign_out(first)
    for number in range(60):
        thief = doorway.browser(f"10.66.0.{number}")
        if enter(thief, "clerk") == "/login/code":
            give_code(thief, "000000")
    doorway.clock.move(seconds=60)

    assert enter(first, "clerk") == "/login/code"
    assert give_code(first, doorway.code(secret)) == "/"


def test_a_new_password_leaves_only_the_browser_known_in_which_it_was_made(doorway: Doorway):
    other = known(doorway)
    client = doorway.browser()
    enter(client, "town")
    data = {
        "csrf": form_token(client.get("/account/password").text),
        "password": PASSWORD,
        "new": PASSPHRASE,
        "again": PASSPHRASE,
    }
    assert client.post("/account/password", data=data).status_code == 303
    sign_out(client)
    shut(doorway)

    assert enter(client, "town", PASSPHRASE) == "/"
    assert enter(other, "town", PASSPHRASE) == "429"


def test_strangers_do_not_keep_from_a_new_password_who_is_signed_in(doorway: Doorway):
    client = doorway.browser()
    enter(client, "town")
    shut(doorway)
    data = {"csrf": form_token(client.get("/account/password").text), "password": PASSWORD, "new": "x", "again": "x"}

    assert client.post("/account/password", data=data).status_code == 422
    wrong = [client.post("/account/password", data={**data, "password": "wrong"}).status_code for _ in range(6)]
    assert wrong == [401] * 5 + [429]


def test_whoever_guesses_from_endless_addresses_gets_a_few_dozen_tries_a_day(doorway: Doorway):
    entrance = entrance_of(doorway)

    def tries(number: int) -> int:
        callers = [Caller(f"10.66.{doorway.clock.now():%H.%M}{one}", "") for one in range(number)]
        return sum(not entrance.with_password("town", "wrong", one).wait for one in callers)

    looked_at = tries(60)
    for _ in range(24 * 4):
        doorway.clock.move(minutes=15)
        looked_at += tries(1)

    assert 70 <= looked_at <= 80


def test_coming_in_does_not_renew_what_strangers_may_try(doorway: Doorway):
    entrance = entrance_of(doorway)
    tries = 0
    for number in range(100):
        tries += not entrance.with_password("town", "wrong", Caller(f"10.66.0.{number}", "")).wait
        if number % 10 == 0:
            entrance.with_password("town", PASSWORD, Caller("10.0.0.1", ""))

    assert tries == 50


def test_unlocking_opens_every_door_of_the_account_and_no_other(doorway: Doorway):
    phone = known(doorway)
    for _ in range(6):
        enter(phone, "town", "wrong")
        enter(phone, "village", "wrong")
    shut(doorway)
    admin = doorway.browser("10.9.0.1")
    enter(admin, "admin")
    enrol(doorway, admin)
    data = {"csrf": form_token(admin.get("/account").text)}
    assert admin.post("/accounts/town/unlock", data=data).status_code == 303

    assert enter(phone, "town") == "/"
    assert enter(doorway.browser("10.66.0.1"), "town") == "/"
    assert enter(phone, "village") == "429"


def test_the_cookie_is_out_of_reach_and_over_https_guarded_by_its_name(doorway: Doorway):
    plain = doorway.browser().post("/login", data={"username": "town", "password": PASSWORD})
    safe = doorway.browser(base="https://testserver").post("/login", data={"username": "town", "password": PASSWORD})

    [one] = [line for line in plain.headers.get_list("set-cookie") if COOKIE in line]
    [other] = [line for line in safe.headers.get_list("set-cookie") if COOKIE in line]
    assert all(word in one for word in ("HttpOnly", "SameSite=strict", "Max-Age=15552000"))
    assert other.startswith(f"__Host-{COOKIE}=")
    assert "Secure" in other
    assert "town" not in one
