"""Accounts and their sessions."""

from dataclasses import replace
from datetime import timedelta

from domain.account import Account
from domain.vocabulary import Role
from storage.store import Store
from tests.factories import TOWN
from tests.fakes import NOON

CLERK = Account(
    username="clerk",
    display_name="信访办",
    role=Role.CLERK,
    region=TOWN,
    password_hash="$argon2id$invented",
    created_at=NOON,
)


def test_an_account_comes_back_as_it_was(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)

        assert work.accounts.get("clerk") == CLERK
        assert work.accounts.get("nobody") is None


def test_a_taken_user_name_keeps_its_owner(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        work.accounts.add(replace(CLERK, role=Role.ADMIN, password_hash="other"))

        assert work.accounts.all() == [CLERK]


def test_a_session_is_known_by_the_hash_of_its_token_until_it_is_closed(store: Store):
    later = NOON + timedelta(minutes=3)
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        work.accounts.open_session("hash", "clerk", NOON)
        work.accounts.touch_session("hash", later)
        assert work.accounts.session("hash") == ("clerk", later)

        work.accounts.close_session("hash")
        assert work.accounts.session("hash") is None


def test_a_new_password_closes_every_session_of_the_account(store: Store):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        for token in ("phone", "desktop"):
            work.accounts.open_session(token, "clerk", NOON)

        work.accounts.set_password("clerk", "$argon2id$new")

        assert [work.accounts.session(token) for token in ("phone", "desktop")] == [None, None]
        found = work.accounts.get("clerk")
        assert found is not None
        assert found.password_hash == "$argon2id$new"
