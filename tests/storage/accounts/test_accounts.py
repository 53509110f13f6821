"""Accounts and their sessions."""

from dataclasses import replace

from domain.accounts.account import Account
from domain.words.vocabulary import Role
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
