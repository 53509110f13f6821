"""The first administrator: made with the code from the terminal, once."""

from datetime import timedelta

import pytest

from domain.words.vocabulary import Role
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock
from tests.review.signing_in import PASSPHRASE, Doorway, enrol

CODE = "abcd-efgh-jkmn-pqrs"


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    with sqlite_store.unit_of_work() as work:
        work.set_up_codes.replace(CODE, COUNTY, NOON + timedelta(hours=24))
        work.commit()
    return Doorway(sqlite_store, clock)


def form(**changes: str) -> dict[str, str]:
    return {"code": CODE, "username": "boss", "name": "管理员", "password": PASSPHRASE, "again": PASSPHRASE, **changes}


def test_the_first_administrator_is_made_signed_in_and_led_to_the_second_factor(doorway: Doorway):
    client = doorway.browser()
    assert client.get("/").headers["location"] == "/login"
    assert client.get("/login").headers["location"] == "/setup"

    assert client.post("/setup", data=form()).headers["location"] == "/"

    assert client.get("/accounts").headers["location"] == "/account/second-factor"
    enrol(doorway, client, PASSPHRASE)
    assert client.get("/accounts").status_code == 200
    with doorway.store.reading() as work:
        [account] = work.accounts.all()
    assert (account.role, account.region) == (Role.ADMIN, COUNTY)
    assert [entry.actor for entry in doorway.acts("create_account")] == ["set-up"]


def test_the_page_is_gone_afterwards(doorway: Doorway):
    client = doorway.browser()
    client.post("/setup", data=form())

    assert client.get("/setup").status_code == 404
    assert client.post("/setup", data=form(username="second")).status_code == 404
    assert doorway.browser().get("/login").status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"code": "wrong"}, 401, "代码不对"),
        ({"code": ""}, 401, "代码不对"),
        ({"username": "-"}, 422, "用户名应是"),
        ({"again": "other"}, 422, "两次输入的密码不一样"),
        ({"password": "short", "again": "short"}, 422, "至少要12个字符"),
    ],
)
def test_what_will_not_do_is_said_and_nobody_is_made(doorway: Doorway, changes: dict[str, str], status: int, said: str):
    answer = doorway.browser().post("/setup", data=form(**changes))

    assert (answer.status_code, said in answer.text) == (status, True)
    with doorway.store.reading() as work:
        assert work.accounts.count() == 0
    assert doorway.browser().post("/setup", data=form()).status_code == 303


def test_a_code_is_good_for_a_day(doorway: Doorway):
    doorway.clock.move(hours=24)

    assert doorway.browser().post("/setup", data=form()).status_code == 401


def test_codes_cannot_be_guessed_one_after_another(doorway: Doorway):
    answers = [doorway.browser(f"10.4.0.{n}").post("/setup", data=form(code=f"guess{n}")).status_code for n in range(7)]

    assert answers == [401] * 5 + [429] * 2
    assert len(doorway.acts("set-up_refused")) == 5
