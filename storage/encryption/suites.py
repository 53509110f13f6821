"""The two families of algorithms that a key may belong to: the international one and the Chinese national one."""

import os
from dataclasses import dataclass
from enum import IntEnum
from hmac import digest
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
"""Random, 96 bits as GCM wants it; one key seals at most 2**32 values (NIST SP 800-38D, 8.3)."""
TAG_BYTES = 16


class Algorithm(IntEnum):
    """Which family; the number stands in every sealed value."""

    AES_256_GCM = 1
    SM4_GCM = 2

    @property
    def label(self) -> str:
        """What settings, commands and key files call it."""
        return self.name.lower().replace("_", "-")


ALGORITHMS = {one.label: one for one in Algorithm}


class Aead(Protocol):
    """Authenticated encryption; `bound` is authenticated and not stored."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Ciphertext and tag."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The content; InvalidTag when anything differs."""
        ...


class _Sm4Gcm:
    """SM4 (GB/T 32907) in GCM by the library's own primitives, with the calls of the library's AESGCM."""

    def __init__(self, key: bytes) -> None:
        self._cipher = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        encryptor = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        if len(data) < TAG_BYTES:
            raise InvalidTag
        body, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        decryptor = Cipher(self._cipher, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(body) + decryptor.finalize()


@dataclass(frozen=True, slots=True)
class _Suite:
    key_bytes: int
    hash: hashes.HashAlgorithm
    aead: type[AESGCM] | type[_Sm4Gcm]


_SUITES = {
    Algorithm.AES_256_GCM: _Suite(32, hashes.SHA256(), AESGCM),
    Algorithm.SM4_GCM: _Suite(16, hashes.SM3(), _Sm4Gcm),
}


def make_aead(algorithm: Algorithm, secret: bytes) -> Aead:
    """The cipher whose key is derived from a secret by HKDF over the family's hash."""
    suite = _SUITES[algorithm]
    return suite.aead(_derive(suite.hash, secret, b"qianshao field encryption 1", suite.key_bytes))


def derive_index_key(algorithm: Algorithm, secret: bytes) -> bytes:
    """The key of the blind index: tells nothing of the secret, nor of the cipher's key."""
    return _derive(_SUITES[algorithm].hash, secret, b"qianshao blind index 1", 32)


def derive_search_key(algorithm: Algorithm, secret: bytes) -> bytes:
    """The key of search signatures, apart from the two others."""
    return _derive(_SUITES[algorithm].hash, secret, b"qianshao search signature 1", 32)


def keyed_digest(algorithm: Algorithm, key: bytes, content: bytes) -> bytes:
    """HMAC over the family's hash (SHA-256 or SM3), 32 bytes."""
    if algorithm is Algorithm.AES_256_GCM:
        # In one call; the library's object takes three times as long, and an imported row needs three digests.
        return digest(key, content, "sha256")
    keyed = hmac.HMAC(key, _SUITES[algorithm].hash)
    keyed.update(content)
    return keyed.finalize()


def new_nonce() -> bytes:
    """A nonce that was never used with this key, as far as chance can say."""
    return os.urandom(NONCE_BYTES)


def _derive(algorithm: hashes.HashAlgorithm, secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=algorithm, length=length, salt=None, info=purpose).derive(secret)
