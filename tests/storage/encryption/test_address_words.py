"""Words in an address are read by the account that looked for them, and by nobody else."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.encryption.address_words import AddressWords
from storage.encryption.cipher import FieldCipher
from tests.conftest import KEY
from tests.storage.encryption.test_cipher import first_form

WORDS = AddressWords(FieldCipher(KEY))


@given(st.text(max_size=60))
def test_the_account_reads_its_own_words_and_nobody_else_does(words: str):
    part = WORDS.seal("town", words)

    assert WORDS.open("town", part) == words
    assert WORDS.open("village", part) == ""
    assert AddressWords(FieldCipher(bytes(32))).open("town", part) == ""


@pytest.mark.parametrize("part", ["", "庞四孩", "abc", "%%%", "A" * 10_000, "UVMBAQAAAAE"])
def test_what_was_not_made_here_says_nothing(part: str):
    assert WORDS.open("town", part) == ""


def test_a_value_of_an_earlier_version_that_somebody_took_out_of_the_database_is_not_read_to_him():
    value = urlsafe_b64encode(first_form("庞四孩")).decode().rstrip("=")

    assert WORDS.open("town", value) == ""


def test_the_same_words_look_different_each_time():
    assert WORDS.seal("town", "庞四孩") != WORDS.seal("town", "庞四孩")
