"""Sealed values open in their own place and under their own ring only."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.failures.errors import ConfigError, KeyMissing
from storage.encryption.cipher import FieldCipher, index_generation, sealed_place
from storage.encryption.keyring import Keyring
from storage.encryption.suites import Algorithm, make_aead, new_nonce
from tests.conftest import KEY
from tests.fakes import NOON

PLACE, OTHER_PLACE = sealed_place("persons", "sealed", 1, 0), sealed_place("persons", "sealed", 2, 0)


def first_form(text: str) -> bytes:
    """As versions before the keyring wrote it."""
    nonce = new_nonce()
    return nonce + make_aead(Algorithm.AES_256_GCM, KEY).encrypt(nonce, text.encode(), None)


def ring(*algorithms: Algorithm, now: datetime = NOON) -> Keyring:
    first, *later = algorithms
    found = Keyring.new(first, now)
    for algorithm in later:
        found = found.with_new(algorithm, now)
    return found


@pytest.mark.parametrize("algorithm", list(Algorithm), ids=lambda one: one.label)
@given(text=st.text(), place=st.binary())
def test_what_is_sealed_opens_again(algorithm: Algorithm, text: str, place: bytes):
    cipher = FieldCipher(Keyring.new(algorithm))

    assert cipher.decrypt(cipher.encrypt(text, place), place) == text


@pytest.mark.parametrize("algorithm", list(Algorithm), ids=lambda one: one.label)
def test_a_value_of_one_row_does_not_open_in_another(algorithm: Algorithm):
    cipher = FieldCipher(Keyring.new(algorithm))

    with pytest.raises(KeyMissing):
        cipher.decrypt(cipher.encrypt("低保", PLACE), OTHER_PLACE)


@pytest.mark.parametrize("algorithm", list(Algorithm), ids=lambda one: one.label)
def test_no_byte_of_a_value_can_be_changed(algorithm: Algorithm):
    cipher = FieldCipher(Keyring.new(algorithm))
    blob = cipher.encrypt("低保", PLACE)

    for at in range(len(blob)):
        changed = bytearray(blob)
        changed[at] ^= 1
        with pytest.raises(KeyMissing):
            cipher.decrypt(bytes(changed), PLACE)


@pytest.mark.parametrize("length", range(40))
def test_a_value_that_was_cut_off_is_noticed(length: int):
    cipher = FieldCipher(KEY)

    with pytest.raises(KeyMissing):
        cipher.decrypt(cipher.encrypt("低保待遇核查", PLACE)[:length], PLACE)


def test_values_of_before_the_keyring_open_with_the_first_key():
    later = Keyring.of_secret(KEY).with_new(Algorithm.SM4_GCM, NOON)

    assert FieldCipher(KEY).decrypt(first_form("低保"), PLACE) == "低保"
    assert FieldCipher(later).decrypt(first_form("低保"), PLACE) == "低保"


def test_a_value_of_before_that_begins_like_a_header_still_opens():
    nonce = b"QS\x01" + bytes(9)
    blob = nonce + make_aead(Algorithm.AES_256_GCM, KEY).encrypt(nonce, "低保".encode(), None)

    assert FieldCipher(KEY).decrypt(blob, PLACE) == "低保"


def test_a_later_ring_opens_what_an_earlier_one_sealed():
    earlier = ring(Algorithm.AES_256_GCM)
    later = earlier.with_new(Algorithm.SM4_GCM, NOON)

    assert FieldCipher(later).decrypt(FieldCipher(earlier).encrypt("低保", PLACE), PLACE) == "低保"


def test_a_value_of_a_key_that_is_not_there_says_which_one():
    earlier = ring(Algorithm.AES_256_GCM)
    blob = FieldCipher(earlier.with_new(Algorithm.AES_256_GCM, NOON)).encrypt("低保")

    with pytest.raises(KeyMissing, match="编号为 2 的密钥"):
        FieldCipher(earlier).decrypt(blob)


def test_a_running_program_takes_up_a_key_that_was_made_meanwhile():
    earlier = ring(Algorithm.AES_256_GCM)
    later = earlier.with_new(Algorithm.AES_256_GCM, NOON)
    running = FieldCipher(earlier, lambda: later)

    assert running.decrypt(FieldCipher(later).encrypt("低保")) == "低保"


def test_a_value_of_a_retired_key_says_which_file_opens_it():
    whole = ring(Algorithm.AES_256_GCM, Algorithm.AES_256_GCM)
    blob = FieldCipher(ring_of_first(whole)).encrypt("低保")

    with pytest.raises(KeyMissing, match="停用前的密钥文件"):
        FieldCipher(whole.reindexed().retired(1)).decrypt(blob)


def ring_of_first(whole: Keyring) -> Keyring:
    return Keyring(whole.keys[:1])


def test_the_key_in_use_cannot_be_retired():
    with pytest.raises(ConfigError, match="正在使用"):
        ring(Algorithm.AES_256_GCM, Algorithm.AES_256_GCM).retired(2)


@pytest.mark.parametrize("algorithm", list(Algorithm), ids=lambda one: one.label)
def test_a_fingerprint_that_is_led_on_is_that_of_the_new_ring(algorithm: Algorithm):
    earlier = Keyring.of_secret(KEY)
    later = earlier.with_new(algorithm, NOON).with_new(Algorithm.AES_256_GCM, NOON)
    stored = FieldCipher(earlier).blind_index("13800000000")

    led = FieldCipher(later).lead_on(stored)

    assert led == FieldCipher(later).blind_index("13800000000")
    assert index_generation(led) == 3
    assert len(led) <= 64


def test_while_fingerprints_are_made_anew_every_one_is_looked_for():
    earlier = Keyring.of_secret(KEY)
    later = FieldCipher(earlier.with_new(Algorithm.AES_256_GCM, NOON))
    done = FieldCipher(later.ring.reindexed())

    assert FieldCipher(earlier).blind_index("1") in later.blind_indexes("1")
    assert later.blind_index("1") in later.blind_indexes("1")
    assert done.blind_indexes("1") == (later.blind_index("1"),)


def test_a_retired_key_still_leads_fingerprints_on():
    whole = Keyring.of_secret(KEY).with_new(Algorithm.SM4_GCM, NOON).reindexed()

    assert FieldCipher(whole.retired(1)).blind_index("1") == FieldCipher(whole).blind_index("1")


def test_a_place_is_written_as_it_was_for_every_value_that_is_stored():
    moment = datetime(2026, 11, 20, 8, 30, tzinfo=timezone(timedelta(hours=8)))

    assert sealed_place("t", "c", 1, '户"\\', moment) == '["t","c",1,"户\\"\\\\","2026-11-20T00:30:00+00:00"]'.encode()
