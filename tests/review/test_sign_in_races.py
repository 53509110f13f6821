"""The ways in, tried at the same moment from several browsers and processes, on each kind of database."""

from datetime import timedelta
from functools import partial

import pytest
from fastapi.testclient import TestClient

from domain.accounts.account import AuditEntry
from domain.words.vocabulary import Role
from review.accounts.steps import disable, forget_second_factor, set_first_password
from review.sign_in.callers import Caller
from review.sign_in.entrance import Answer, Entrance
from storage.store import Store
from storage.tables.sign_in import SetUpCodeRow
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock
from tests.review.office import PASSWORD, fill
from tests.review.racing import at_once, overtaken
from tests.review.signing_in import PASSPHRASE, Doorway, enrol, enter, form_token, give_code

CALLER = Caller("10.7.0.1", "安卓")


@pytest.fixture
def doorways(stores: list[Store], clock: FakeClock) -> list[Doorway]:
    fill(stores[0], clock)
    return [Doorway(one, clock) for one in stores]


def waiting(doorways: list[Doorway], number: int) -> list[TestClient]:
    """Browsers in which the password was right and the code is still to come."""
    clients = [doorways[one % len(doorways)].browser(f"10.8.0.{one}") for one in range(number)]
    for client in clients:
        assert enter(client, "clerk") == "/login/code"
    return clients


def enrolled(doorways: list[Doorway]) -> tuple[str, list[str]]:
    first = doorways[0].browser()
    enter(first, "clerk")
    found = enrol(doorways[0], first)
    doorways[0].clock.move(seconds=60)
    return found


def entrance_of(client: TestClient) -> Entrance:
    found: Entrance = client.app.state.desk.entrance  # type: ignore[attr-defined]
    return found


def sessions_of(doorway: Doorway, name: str) -> int:
    with doorway.store.reading() as work:
        return len(work.open_sessions.of(name))


def test_of_several_who_use_one_code_at_once_one_comes_in(doorways: list[Doorway]):
    secret, _ = enrolled(doorways)
    code = doorways[0].code(secret)

    answers = at_once([partial(give_code, one, code) for one in waiting(doorways, 6)])

    assert sorted(answers) == ["/"] + ["401"] * 5


def test_of_several_who_use_one_recovery_code_at_once_one_comes_in(doorways: list[Doorway]):
    _, codes = enrolled(doorways)

    answers = at_once([partial(give_code, one, codes[0]) for one in waiting(doorways, 6)])

    assert sorted(answers) == ["/"] + ["401"] * 5


STEPS = [
    pytest.param(lambda work, account, entry: disable(work, account, entry), id="disabled"),
    pytest.param(lambda work, account, entry: set_first_password(work, account, "$argon2id$other", entry), id="reset"),
    pytest.param(lambda work, account, entry: forget_second_factor(work, account, entry), id="factor taken"),
]


def step(doorway: Doorway, name: str, act: object) -> None:
    with doorway.store.unit_of_work() as work:
        account = work.accounts.get(name)
        assert account is not None
        act(work, account, AuditEntry(at=NOON, actor="admin", action="", subject=name))  # type: ignore[operator]
        work.commit()


@pytest.mark.parametrize("act", STEPS)
def test_a_code_under_way_opens_nothing_that_outlives_what_the_administrator_does(doorways: list[Doorway], act: object):
    secret, _ = enrolled(doorways)
    [client] = waiting(doorways[:1], 1)
    token, entrance = client.cookies["qianshao_session"], entrance_of(client)
    present = entrance._sessions.find(token)
    assert present is not None

    overtaken(
        entrance,
        "_code_kind",
        lambda: entrance.with_code(token, present, doorways[0].code(secret), CALLER),
        lambda: step(doorways[1], "clerk", act),
    )

    assert sessions_of(doorways[0], "clerk") == 0


@pytest.mark.parametrize("act", STEPS)
def test_a_password_under_way_opens_nothing_that_outlives_what_the_administrator_does(
    doorways: list[Doorway], act: object
):
    entrance = entrance_of(doorways[0].browser())

    overtaken(
        entrance,
        "_open_doors",
        lambda: entrance.with_password("town", PASSWORD, CALLER),
        lambda: step(doorways[1], "town", act),
    )

    assert sessions_of(doorways[0], "town") == 0


def test_a_voucher_under_way_opens_nothing_that_outlives_a_disabling(doorways: list[Doorway]):
    entrance = entrance_of(doorways[0].browser())

    overtaken(
        entrance._sessions,
        "close",
        lambda: entrance.with_voucher("town", CALLER, ""),
        lambda: step(doorways[1], "town", STEPS[0].values[0]),
    )

    assert sessions_of(doorways[0], "town") == 0


def test_a_right_and_a_wrong_password_at_once_never_stand_in_each_others_way(doorways: list[Doorway]):
    browsers = [entrance_of(one.browser()) for one in doorways]

    def attempt(number: int) -> Answer:
        password = PASSWORD if number % 2 else "wrong"
        return browsers[number // 2 % 2].with_password("town", password, Caller(f"10.6.0.{number % 3}", ""))

    for _ in range(6):
        answers = at_once([partial(attempt, one) for one in range(4)])
        assert all(answer.token or answer.wait or answer == Answer() for answer in answers)


def test_one_authenticator_proved_twice_at_once_leaves_one_set_of_recovery_codes(doorways: list[Doorway]):
    client = doorways[0].browser()
    enter(client, "clerk")
    token = form_token(client.get("/account/second-factor").text)
    client.post("/account/second-factor/begin", data={"csrf": token, "password": PASSWORD})
    page = client.get("/account/second-factor").text
    secret = page.split("手工输入密钥: <code>")[1].split("<")[0].replace(" ", "")
    data = {"csrf": form_token(page), "code": doorways[0].code(secret)}
    session = client.cookies["qianshao_session"]
    browsers = [one.browser() for one in doorways]
    for one in browsers:
        one.cookies.set("qianshao_session", session)

    answers = at_once([partial(one.post, "/account/second-factor", data=data) for one in browsers])

    assert sorted(answer.status_code for answer in answers) == [200, 303]
    with doorways[0].store.reading() as work:
        assert work.credentials.count_recovery_codes("clerk") == doorways[0].policy.recovery_codes


def test_recovery_codes_renewed_twice_at_once_are_one_set(doorways: list[Doorway]):
    client = doorways[0].browser()
    enter(client, "clerk")
    enrol(doorways[0], client)
    data = {"csrf": form_token(client.get("/account").text), "password": PASSWORD}
    browsers = [one.browser() for one in doorways]
    for one in browsers:
        one.cookies.set("qianshao_session", client.cookies["qianshao_session"])

    at_once([partial(one.post, "/account/recovery-codes", data=data) for one in browsers])

    with doorways[0].store.reading() as work:
        assert work.credentials.count_recovery_codes("clerk") == doorways[0].policy.recovery_codes


def set_up_form(code: str, name: str) -> dict[str, str]:
    return {"code": code, "username": name, "name": "管理员", "password": PASSPHRASE, "again": PASSPHRASE}


@pytest.mark.parametrize("codes", [["one-code"], ["one-code", "other-code"]], ids=["one code", "two codes"])
def test_of_two_browsers_at_the_first_start_one_makes_the_administrator(
    stores: list[Store], clock: FakeClock, codes: list[str]
):
    offer(stores[0], codes)
    clients = [Doorway(one, clock).browser(f"10.4.0.{number}") for number, one in enumerate(stores)]

    answers = at_once(
        [
            partial(one.post, "/setup", data=set_up_form(codes[number % len(codes)], f"boss{number}"))
            for number, one in enumerate(clients)
        ]
    )

    assert sorted(answer.status_code for answer in answers) in ([303, 401], [303, 404])
    with stores[0].reading() as work:
        assert [one.role for one in work.accounts.all()] == [Role.ADMIN]
    assert all("<html" in answer.text for answer in answers if answer.status_code != 303)


def offer(store: Store, codes: list[str]) -> None:
    """Two servers started at once leave a code each."""
    with store.unit_of_work() as work:
        session = work.set_up_codes._session
        for code in codes:
            row = {
                "code_hash": session.cipher.blind_index(f"set-up code {code}"),
                "region": COUNTY.digits,
                "expires_at": NOON + timedelta(hours=24),
                "used_at": None,
            }
            session.insert_new(SetUpCodeRow, [row])
        work.commit()


def test_of_two_administrators_who_make_one_name_at_once_one_is_told(doorways: list[Doorway]):
    admins = []
    for number, doorway in enumerate(doorways):
        client = doorway.browser(f"10.9.0.{number}")
        enter(client, "admin")
        if number == 0:
            secret, _ = enrol(doorway, client)
        else:
            doorway.clock.move(seconds=60)
            give_code(client, doorway.code(secret))
        admins.append((client, form_token(client.get("/accounts/new").text)))
    given = {"username": "li.si", "name": "李四四", "role": "town", "region": "141124104"}

    answers = at_once([partial(one.post, "/accounts", data={"csrf": token, **given}) for one, token in admins])

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    [refused] = [answer.text for answer in answers if answer.status_code == 409]
    assert "已有人用" in refused
    assert len(doorways[0].acts("create_account")) == 1
