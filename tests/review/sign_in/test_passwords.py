"""Passwords are hashed at the real cost here; other tests sign in with a cheap hash."""

import pytest
from argon2 import Type, extract_parameters

from review.sign_in.passwords import UNKNOWN_USER_HASH, hash_password, make_password, verify_password

ENCODED = hash_password("correct horse")
LEAST_MEMORY_KIB = 19 * 1024
"""OWASP Password Storage Cheat Sheet: argon2id with at least 19 MiB and two passes."""


@pytest.fixture(scope="module", autouse=True)
def cheap_passwords() -> None:
    """Nothing is cheap here."""


@pytest.mark.parametrize("encoded", [ENCODED, UNKNOWN_USER_HASH], ids=["known", "unknown"])
def test_a_guess_costs_what_the_field_recommends_whether_the_user_is_known_or_not(encoded: str):
    cost = extract_parameters(encoded)

    assert cost.type is Type.ID
    assert cost.memory_cost >= LEAST_MEMORY_KIB
    assert cost.time_cost >= 2


def test_only_the_password_that_was_hashed_is_right():
    assert verify_password(ENCODED, "correct horse")
    assert not verify_password(ENCODED, "correct horsf")


@pytest.mark.parametrize("damaged", ["", "$argon2id$", ENCODED[:-10], "plain"], ids=["empty", "begun", "cut", "plain"])
def test_a_damaged_hash_lets_nobody_in(damaged: str):
    assert not verify_password(damaged, "correct horse")


def test_a_made_password_can_be_read_aloud_and_is_never_the_same():
    first, second = make_password(), make_password()

    assert first != second
    assert [len(group) for group in first.split("-")] == [4, 4, 4, 4]
    assert not set(first) & set("ilo01")
