"""The keys of the files that crawls write."""

from datetime import UTC, datetime

import pytest

from domain.failures.errors import KeyMissing
from storage.encryption.cipher import HEADER_BYTES, FieldCipher
from storage.encryption.file_seals import FileSeal, FileSeals
from storage.encryption.keyring import Keyring
from storage.encryption.suites import Algorithm

AT = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_what_one_run_sealed_is_opened_by_its_head(algorithm: Algorithm):
    seals = FileSeals(FieldCipher(Keyring.new(algorithm)))
    seal = FileSeal.from_line(seals.new().to_line())

    sealed = seal.seal("枣农".encode(), b"1")

    assert seal.algorithm is algorithm
    assert seals.open_file(seal.head)(sealed, b"1") == "枣农".encode()
    with pytest.raises(KeyMissing):
        seals.open_file(seal.head)(sealed, b"2")
    with pytest.raises(KeyMissing):
        seals.open_file(seals.new().head)(sealed, b"1")


def test_the_key_of_a_run_opens_neither_another_run_nor_a_field():
    cipher = FieldCipher(bytes(32))
    one, other = FileSeals(cipher).new(), FileSeals(cipher).new()

    for sealed in (other.seal(b"page", b"1"), other.head, cipher.encrypt("枣农", b"1")):
        with pytest.raises(KeyMissing):
            one.open(sealed, b"1")


def test_a_head_is_led_on_to_the_current_key_once():
    ring = Keyring.new(Algorithm.AES_256_GCM)
    seal = FileSeals(FieldCipher(ring)).new()
    later = FileSeals(FieldCipher(ring.with_new(Algorithm.SM4_GCM, AT)))

    led = later.led_on(seal.head)

    assert [later.is_under(one, number) for one in (seal.head, led) for number in (1, 2)] == [True, False, False, True]
    assert later.led_on(led) == led
    assert later.open_file(led)(seal.seal(b"page", b"1"), b"1") == b"page"
    assert led[HEADER_BYTES:] != seal.head[HEADER_BYTES:]


@pytest.mark.parametrize("line", ["", "{}", '{"algorithm": 9, "secret": "", "head": ""}', "[]"])
def test_a_line_that_is_no_seal_is_refused(line: str):
    with pytest.raises(KeyMissing, match="没有收到本次抓取的密钥"):
        FileSeal.from_line(line)
