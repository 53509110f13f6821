"""Seals single fields, each bound to its place, and makes keyed fingerprints of them for equality look-ups."""

import json
import struct
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from hmac import digest

from cryptography.exceptions import InvalidTag

from domain.failures.errors import KeyMissing
from storage.encryption.keyring import FIRST, Keyring
from storage.encryption.suites import NONCE_BYTES, TAG_BYTES, Aead, Algorithm, keyed_digest, make_aead, new_nonce

_HEADER = struct.Struct(">3sBI")
HEADER_BYTES = _HEADER.size
_MARK = b"QS\x01"
_SHORTEST = NONCE_BYTES + TAG_BYTES
_PLACES = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: `json.dumps` makes one for every value, and a page opens hundreds of values."""
UNBOUND = b""
"""The place of a value that stands in no row."""
_CHANGED = "密钥不对或数据被改动, 加密的内容打不开, 请换回原来的密钥文件"


def header(key_number: int, algorithm: Algorithm) -> bytes:
    """What a value sealed with this key begins with: mark, algorithm, number of the key; 8 bytes."""
    return _HEADER.pack(_MARK, algorithm, key_number)


class FieldCipher:
    """AES-256-GCM or SM4-GCM with a random nonce per field, HMAC-SHA256 or HMAC-SM3 for the blind index.

    A value is header, nonce, ciphertext and tag; header and place are authenticated with it, so that nobody can put
    the value of one row into another. Values of earlier versions have no header and no place; the first key opens
    them until they are sealed anew.
    """

    def __init__(self, keys: Keyring | bytes, reread: Callable[[], Keyring] | None = None) -> None:
        """Work with a ring, or with the one secret (32 bytes) of an AES-256-GCM key.

        `reread` is asked for a newer ring when a value names a key that this one has not.
        """
        self._reread = reread
        self._take(keys if isinstance(keys, Keyring) else Keyring.of_secret(keys))

    @property
    def ring(self) -> Keyring:
        """The keys that are worked with."""
        return self._ring

    def encrypt(self, text: str, place: bytes = UNBOUND) -> bytes:
        """The sealed text."""
        return self.encrypt_bytes(text.encode(), place)

    def encrypt_bytes(self, content: bytes, place: bytes = UNBOUND) -> bytes:
        """The sealed content."""
        number, head = self._sealing
        nonce = new_nonce()
        return head + nonce + self._aeads[number].encrypt(nonce, content, head + place)

    def decrypt(self, blob: bytes, place: bytes = UNBOUND) -> str:
        """The text; KeyMissing when its key is not there, or it was changed or comes from another place."""
        return self.decrypt_bytes(blob, place).decode()

    def decrypt_bytes(self, blob: bytes, place: bytes = UNBOUND) -> bytes:
        """The content; KeyMissing when its key is not there, or it was changed or comes from another place."""
        if len(blob) < _SHORTEST:
            raise KeyMissing(_CHANGED)
        try:
            return self._open(blob, place) if blob.startswith(_MARK) else self._open_first_form(blob)
        except InvalidTag as exc:
            raise KeyMissing(_CHANGED) from exc

    def blind_index(self, value: str) -> str:
        """A keyed fingerprint, equal for equal values; spaces around and letter case make no difference.

        64 hexadecimal digits under the first key, `number.` and 43 letters under a later one.
        """
        return self._fingerprints(value)[-1]

    def blind_indexes(self, value: str) -> tuple[str, ...]:
        """Every fingerprint under which the value may be stored: more than one while they are being made anew."""
        return tuple(self._fingerprints(value)[self._ring.indexed_from - FIRST :])

    def every_index(self, value: str) -> tuple[str, ...]:
        """The fingerprints under all keys that there ever were, for what is stored where nothing is led on."""
        return tuple(self._fingerprints(value))

    def search_digest(self, value: str) -> bytes:
        """Keyed bytes (32) that tell where a search signature has the value's bits.

        Always under the search key of the first key: bits that are set already cannot be led on to another.
        """
        return digest(self._ring.keys[0].search_key, value.encode(), "sha256")

    def lead_on(self, fingerprint: str) -> str:
        """The stored fingerprint under the current key; the value itself is not needed for it."""
        later = self._ring.keys[index_generation(fingerprint) :]
        for key in later:
            fingerprint = _led(key.number, keyed_digest(key.algorithm, key.index_key, fingerprint.encode()))
        return fingerprint

    def _fingerprints(self, value: str) -> list[str]:
        first, *later = self._ring.keys
        found = [keyed_digest(first.algorithm, first.index_key, value.strip().upper().encode()).hex()]
        for key in later:
            found.append(_led(key.number, keyed_digest(key.algorithm, key.index_key, found[-1].encode())))
        return found

    def _take(self, ring: Keyring) -> None:
        # Other threads go on sealing meanwhile: the ciphers are there before a key is named by its number.
        self._aeads = {key.number: make_aead(key.algorithm, key.secret) for key in ring.keys if key.secret is not None}
        self._by_head = {
            header(key.number, key.algorithm): self._aeads[key.number] for key in ring.keys if key.number in self._aeads
        }
        self._sealing = ring.current.number, header(ring.current.number, ring.current.algorithm)
        self._ring = ring

    def _aead_of(self, head: bytes) -> Aead:
        _, algorithm, number = _HEADER.unpack(head)
        if number > len(self._ring.keys) and self._reread is not None:
            self._take(self._reread())
        if number > len(self._ring.keys):
            raise KeyMissing(f"密钥文件里没有编号为 {number} 的密钥, 请放回较新的密钥文件")
        if number not in self._aeads:
            raise KeyMissing(f"内容是用已停用的密钥 {number} 加密的, 要打开它请放回停用前的密钥文件")
        if self._ring.keys[number - FIRST].algorithm != algorithm:
            raise KeyMissing(_CHANGED)
        return self._aeads[number]

    def _open(self, blob: bytes, place: bytes) -> bytes:
        head, rest = blob[:HEADER_BYTES], blob[HEADER_BYTES:]
        try:
            aead = self._by_head.get(head) or self._aead_of(head)
            return aead.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + place)
        except (InvalidTag, KeyMissing):
            # One value in sixteen million of the first form begins like a header.
            with suppress(InvalidTag, KeyMissing):
                return self._open_first_form(blob)
            raise

    def _open_first_form(self, blob: bytes) -> bytes:
        first = self._ring.keys[0]
        if first.number not in self._aeads or first.algorithm is not Algorithm.AES_256_GCM:
            raise KeyMissing(f"内容被改动, 或是用已停用的密钥 {FIRST} 加密的: 要打开它请放回停用前的密钥文件")
        return self._aeads[first.number].decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], None)


def sealed_place(table: str, column: str, *row: str | int | datetime) -> bytes:
    """Where a value belongs: its table, its column, and what tells its row from all others of the table."""
    return place_behind(place_start(table, column), *row)


def place_start(table: str, column: str) -> str:
    """What the places of all values of a column begin with."""
    return f"[{_PLACES.encode(table)},{_PLACES.encode(column)}"


def place_behind(start: str, *row: str | int | datetime) -> bytes:
    """The place of the value in this row."""
    told = (one.astimezone(UTC).isoformat() if isinstance(one, datetime) else one for one in row)
    # One by one: the encoder is ten times as fast with a text as with a list.
    return f"{','.join((start, *map(_PLACES.encode, told)))}]".encode()


def index_generation(fingerprint: str) -> int:
    """The number of the key under which a stored fingerprint was made."""
    number, dot, _ = fingerprint.partition(".")
    return int(number) if dot else FIRST


def _led(number: int, digest: bytes) -> str:
    return f"{number}.{urlsafe_b64encode(digest).decode().rstrip('=')}"
