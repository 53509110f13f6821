"""Sessions end by themselves, are seen by their owner, and their form tokens outlive a restart."""

import pytest

from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import fill
from tests.review.signing_in import PASSPHRASE, Doorway, enrol, enter, form_token


@pytest.fixture
def doorway(sqlite_store: Store, clock: FakeClock) -> Doorway:
    fill(sqlite_store, clock)
    return Doorway(sqlite_store, clock)


def test_a_form_that_was_open_over_a_restart_can_still_be_sent(doorway: Doorway):
    before = doorway.browser()
    enter(before, "town")
    token = form_token(before.get("/").text)
    after = doorway.browser()
    after.cookies.set("qianshao_session", before.cookies["qianshao_session"])

    assert after.post("/logout", data={"csrf": token}).status_code == 303


def test_a_form_token_belongs_to_one_session(doorway: Doorway):
    one, other = doorway.browser(), doorway.browser()
    enter(one, "town")
    enter(other, "town")

    assert other.post("/logout", data={"csrf": form_token(one.get("/").text)}).status_code == 403


def test_every_role_has_its_own_idle_time(doorway: Doorway):
    admin, town = doorway.browser(), doorway.browser()
    enter(admin, "admin")
    enrol(doorway, admin)
    enter(town, "town")
    doorway.clock.move(minutes=31)

    assert admin.get("/accounts").headers["location"] == "/login"
    assert town.get("/").status_code == 200


def test_a_busy_session_ends_after_a_day(doorway: Doorway):
    client = doorway.browser()
    enter(client, "town")
    for _ in range(5):
        doorway.clock.move(hours=4)
        assert client.get("/").status_code == 200
    doorway.clock.move(hours=4, minutes=1)

    assert client.get("/").headers["location"] == "/login"


def test_a_new_sign_in_in_the_same_browser_ends_the_session_before(doorway: Doorway):
    client = doorway.browser()
    enter(client, "town")
    before = client.cookies["qianshao_session"]
    enter(client, "village")
    stale = doorway.browser()
    stale.cookies.set("qianshao_session", before)

    assert stale.get("/").headers["location"] == "/login"


def test_the_owner_sees_the_sessions_and_ends_one_or_all_others(doorway: Doorway):
    here = doorway.browser()
    enter(here, "town")
    phone = doorway.browser("10.0.0.7")
    phone.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
    enter(phone, "town")
    page = here.get("/account").text
    assert "安卓 Chrome" in page
    assert "10.0.0.7" in page
    end = page.split('action="/account/sessions/')[1].split('"')[0]

    here.post(f"/account/sessions/{end}", data={"csrf": form_token(page)})
    assert phone.get("/").headers["location"] == "/login"
    enter(phone, "town")
    here.post("/account/sessions/end-others", data={"csrf": form_token(page)})
    assert phone.get("/").headers["location"] == "/login"
    assert here.get("/").status_code == 200
    assert len(doorway.acts("end_session")) == 2


def test_nobody_ends_the_session_of_another_account(doorway: Doorway):
    village, town = doorway.browser(), doorway.browser()
    enter(village, "village")
    enter(town, "town")
    with doorway.store.reading() as work:
        [session] = work.open_sessions.of("village")

    town.post(f"/account/sessions/{session.id}/end", data={"csrf": form_token(town.get("/").text)})

    assert village.get("/").status_code == 200


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"password": "wrong"}, 401, "现在的密码不对"),
        ({"again": "something else again"}, 422, "两次输入的新密码不一样"),
        ({"new": "the-same-for-all", "again": "the-same-for-all"}, 422, "不能和现在的一样"),
        ({"new": "short", "again": "short"}, 422, "至少要12个字符"),
        ({"new": "town123456789town", "again": "town123456789town"}, 422, "容易被猜到"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    doorway: Doorway, form: dict[str, str], status: int, said: str
):
    client = doorway.browser()
    enter(client, "town")
    token = form_token(client.get("/account/password").text)
    given = {"csrf": token, "password": "the-same-for-all", "new": PASSPHRASE, "again": PASSPHRASE, **form}

    answer = client.post("/account/password", data=given)

    assert answer.status_code == status
    assert said in answer.text
    assert enter(doorway.browser(), "town") == "/"


def test_a_new_password_ends_every_other_session_and_renews_this_one(doorway: Doorway):
    here, elsewhere = doorway.browser(), doorway.browser()
    for client in (here, elsewhere):
        enter(client, "town")
    before = here.cookies["qianshao_session"]
    token = form_token(here.get("/account/password").text)
    given = {"csrf": token, "password": "the-same-for-all", "new": PASSPHRASE, "again": PASSPHRASE}

    assert here.post("/account/password", data=given).status_code == 303

    assert here.cookies["qianshao_session"] != before
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").headers["location"] == "/login"
    assert enter(doorway.browser(), "town") == "401"
    assert enter(doorway.browser(), "town", PASSPHRASE) == "/"
    assert [entry.actor for entry in doorway.acts("change_password")] == ["town"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_plain_http_works(doorway: Doorway):
    plain = doorway.browser().post("/login", data={"username": "town", "password": "the-same-for-all"})
    safe = doorway.browser(base="https://testserver").post(
        "/login", data={"username": "town", "password": "the-same-for-all"}
    )

    assert plain.headers["set-cookie"].startswith("qianshao_session=")
    assert safe.headers["set-cookie"].startswith("__Host-qianshao_session=")
    for header, secure in ((plain.headers["set-cookie"], False), (safe.headers["set-cookie"], True)):
        words = header.lower().split("; ")
        assert {"httponly", "samesite=strict", "path=/"} <= set(words)
        assert ("secure" in words) == secure
        assert "domain" not in header.lower()


def test_over_https_a_cookie_without_the_guarded_name_is_nobodys(doorway: Doorway):
    plain = doorway.browser()
    enter(plain, "town")
    safe = doorway.browser(base="https://testserver")
    safe.cookies.set("qianshao_session", plain.cookies["qianshao_session"])

    assert safe.get("/").headers["location"] == "/login"
