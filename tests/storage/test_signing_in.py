"""Credentials, sessions, failures and codes of the first start, on each kind of database."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.accounts.sign_in import Credentials, Door, OpenSession, SessionStage, Waits
from domain.failures.errors import KeyMissing
from domain.words.vocabulary import Role
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE
from tests.fakes import NOON
from tests.storage.accounts.test_accounts import CLERK

MINUTE = timedelta(minutes=1)
WAITS = Waits(free=2, first=MINUTE, longest=10 * MINUTE, forgotten_after=timedelta(hours=1))


def opened(session_id: str, username: str = "clerk", **changes: object) -> OpenSession:
    values: dict[str, object] = {
        "id": session_id,
        "username": username,
        "stage": SessionStage.OPEN,
        "opened_at": NOON,
        "last_seen": NOON,
        "address": "10.0.0.1",
        "device": "安卓 微信",
        **changes,
    }
    return OpenSession(**values)  # type: ignore[arg-type]


def test_a_session_is_known_by_the_hash_of_its_token_until_it_is_closed(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        work.open_sessions.add("hash", opened("a"))
        work.open_sessions.touch("hash", NOON + MINUTE)
        assert work.open_sessions.get("hash") == opened("a", last_seen=NOON + MINUTE)

        work.open_sessions.rename("hash", "another")
        assert work.open_sessions.get("hash") is None
        work.open_sessions.close("another")
        assert work.open_sessions.of("clerk") == []


def test_sessions_of_an_account_end_one_by_one_or_together(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        for number in range(4):
            work.open_sessions.add(f"hash{number}", opened(f"{number}", opened_at=NOON + number * MINUTE))

        assert work.open_sessions.close_one("clerk", "0")
        assert not work.open_sessions.close_one("clerk", "0")
        assert not work.open_sessions.close_one("nobody", "1")
        work.open_sessions.close_older("clerk", NOON + 2 * MINUTE)
        assert [one.id for one in work.open_sessions.of("clerk")] == ["2", "3"]
        assert work.open_sessions.close_all("clerk", but="hash3") == 1
        assert [one.id for one in work.open_sessions.of("clerk")] == ["3"]


def test_a_new_password_closes_every_session_of_the_account(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        work.open_sessions.add("phone", opened("a"))

        work.accounts.set_password("clerk", "$argon2id$new")

        assert work.open_sessions.of("clerk") == []


def test_a_hash_is_replaced_only_where_it_is_still_the_known_one(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)

        assert work.accounts.replace_hash("clerk", CLERK.password_hash, "new")
        assert not work.accounts.replace_hash("clerk", CLERK.password_hash, "newer")
        found = work.accounts.get("clerk")
    assert found is not None
    assert found.password_hash == "new"


def test_a_second_factor_holds_from_its_first_code_and_each_step_is_good_once(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        assert work.credentials.get("clerk") == Credentials()
        work.credentials.offer_secret("clerk", "ABC234")
        assert (work.credentials.offered_secret("clerk"), work.credentials.secret("clerk")) == ("ABC234", None)

        work.credentials.accept_secret("clerk", 100, NOON)

        assert (work.credentials.offered_secret("clerk"), work.credentials.secret("clerk")) == (None, "ABC234")
        assert work.credentials.get("clerk").second_factor_since == NOON
        assert [work.credentials.use_step("clerk", step) for step in (99, 100, 101, 101, 103, 102)] == [
            False,
            False,
            True,
            False,
            True,
            False,
        ]
        assert work.credentials.forget_second_factor("clerk")
        assert work.credentials.secret("clerk") is None
        assert not work.credentials.forget_second_factor("clerk")


def test_a_secret_that_no_key_opens_can_be_taken_away_and_one_is_accepted_only_after_it_was_offered(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        with pytest.raises(LookupError):
            work.credentials.accept_secret("clerk", 100, NOON)
        work.credentials.offer_secret("clerk", "ABC234")
        work.credentials.accept_secret("clerk", 100, NOON)
        work.credentials._set("clerk", secret=bytes(64))
        with pytest.raises(KeyMissing):
            work.credentials.secret("clerk")

        assert work.credentials.forget_second_factor("clerk")
        assert work.credentials.secret("clerk") is None


def test_a_recovery_code_is_good_once_and_for_its_account(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        work.credentials.set_recovery_codes("clerk", ["one", "two"])

        assert not work.credentials.use_recovery_code("other", "one", NOON)
        assert work.credentials.use_recovery_code("clerk", "one", NOON)
        assert not work.credentials.use_recovery_code("clerk", "one", NOON)
        assert work.credentials.count_recovery_codes("clerk") == 1
        work.credentials.set_recovery_codes("clerk", ["three"])
        assert not work.credentials.use_recovery_code("clerk", "two", NOON)


def test_failures_are_counted_close_the_door_and_are_forgotten(store: Store):
    with store.unit_of_work() as work:
        failures = work.sign_in_failures
        assert failures.count(Door("door", WAITS), NOON) == 1
        assert failures.closed_for("door", NOON) == timedelta(0)
        assert failures.count(Door("door", WAITS), NOON) == 2
        assert failures.closed_for("door", NOON) == MINUTE
        assert failures.closed_for("DOOR", NOON) == MINUTE
        assert failures.closed_for("other", NOON) == timedelta(0)
        assert failures.closed_for("door", NOON + MINUTE) == timedelta(0)
        assert failures.count(Door("door", WAITS), NOON + MINUTE) == 3
        assert failures.closed_for("door", NOON + MINUTE) == 2 * MINUTE
        failures.take_one_off("door")
        assert failures.closed_for("door", NOON + MINUTE) == timedelta(0)
        assert failures.count(Door("door", WAITS), NOON + timedelta(hours=3)) == 1
        assert failures.clear("door")
        assert not failures.clear("door")


def test_a_code_of_the_first_start_is_good_once_and_only_the_latest(store: Store):
    later = NOON + timedelta(hours=1)
    with store.unit_of_work() as work:
        work.set_up_codes.replace("first", COUNTY, later)
        work.set_up_codes.replace("second", TOWN, later)

        assert work.set_up_codes.use("first", NOON) is None
        assert work.set_up_codes.use("second", later) is None
        assert work.set_up_codes.use("second", NOON) == TOWN
        assert work.set_up_codes.use("second", NOON) is None


def test_accounts_are_searched_inside_a_region_and_by_pages(store: Store):
    from dataclasses import replace

    with store.unit_of_work() as work:
        for number, region in enumerate((VILLAGE, OTHER_VILLAGE, TOWN, COUNTY)):
            work.accounts.add(replace(CLERK, username=f"user{number}", display_name=f"某{number}%", region=region))

        def names(words: str, **page: int) -> tuple[list[str], int]:
            found, total = work.accounts.search(words, TOWN, **{"limit": 10, "offset": 0, **page})
            return [one.username for one in found], total

        assert names("") == (["user0", "user1", "user2"], 3)
        assert names("", limit=1, offset=1) == (["user1"], 3)
        assert names("某2") == (["user2"], 1)
        assert names("%") == (["user0", "user1", "user2"], 3)
        assert names("_") == ([], 0)
        work.accounts.set_place("user0", Role.DEPARTMENT, COUNTY, "health")
        assert names("user0") == ([], 0)
        work.accounts.set_disabled("user1", disabled=True)
        found, moved = work.accounts.get("user1"), work.accounts.get("user0")
    assert found is not None
    assert found.disabled
    assert moved is not None
    assert (moved.role, moved.region, moved.department) == (Role.DEPARTMENT, COUNTY, "health")


def test_no_secret_of_signing_in_stands_in_the_database_file(sqlite_store: Store, tmp_path: Path):
    with sqlite_store.unit_of_work() as work:
        work.accounts.add(CLERK)
        work.credentials.offer_secret("clerk", "NBSWY3DPEHPK3PXP")
        work.credentials.accept_secret("clerk", 1, NOON)
        work.credentials.set_recovery_codes("clerk", ["abcd-efgh-jkmn"])
        work.set_up_codes.replace("wxyz-wxyz-wxyz-wxyz", COUNTY, NOON)
        work.sign_in_failures.count(Door("account a-password-by-mistake", WAITS, "a-password-by-mistake"), NOON)
        work.commit()
    sqlite_store.close()

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    for secret in (b"NBSWY3DPEHPK3PXP", b"abcd-efgh", b"wxyz-wxyz", b"by-mistake"):
        assert secret not in stored
    assert b"$argon2id$invented" in stored
