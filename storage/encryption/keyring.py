"""The keys of the fields: the newest one seals, older ones still open, retired ones only lead an index on."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from domain.failures.errors import ConfigError, KeyMissing
from storage.encryption.suites import Algorithm, derive_index_key, derive_search_key

SECRET_BYTES = 32
FIRST = 1
"""Number of the key that a database begins with; values of before there were numbers are its own."""


class KeyState(StrEnum):
    """What a key is still good for."""

    SEALS = "seals"
    """New values are sealed with it."""
    OPENS = "opens"
    """It opens what was sealed with it; nothing new is."""
    RETIRED = "retired"
    """Its secret is destroyed; its index and search keys stay: later fingerprints are made over the earlier ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldKey:
    """One key."""

    number: int
    algorithm: Algorithm
    secret: bytes | None
    """32 random bytes; None once it is retired."""
    index_key: bytes
    search_key: bytes
    made_at: datetime | None
    """None of a key that is older than this file's form."""

    @classmethod
    def of(cls, number: int, algorithm: Algorithm, secret: bytes, made_at: datetime | None = None) -> Self:
        """The key of a secret; KeyMissing when it has not the right length."""
        if len(secret) != SECRET_BYTES:
            raise KeyMissing(f"密钥应为{SECRET_BYTES}字节, 现有{len(secret)}字节, 请换回原来的密钥文件")
        return cls(
            number=number,
            algorithm=algorithm,
            secret=secret,
            index_key=derive_index_key(algorithm, secret),
            search_key=derive_search_key(algorithm, secret),
            made_at=made_at,
        )


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys by number, 1 and up without a gap; `indexed_from` is the oldest key whose fingerprints may be stored."""

    keys: tuple[FieldKey, ...]
    indexed_from: int = FIRST

    def __post_init__(self) -> None:
        """KeyMissing for a ring that cannot be: empty, with a gap, or without a secret to seal with."""
        numbers = [key.number for key in self.keys]
        if not numbers or numbers != list(range(FIRST, len(numbers) + 1)):
            raise KeyMissing("密钥文件里的密钥编号不连续, 请换回原来的密钥文件")
        if self.keys[-1].secret is None or not FIRST <= self.indexed_from <= len(numbers):
            raise KeyMissing("密钥文件里没有可用的当前密钥, 请换回原来的密钥文件")

    @classmethod
    def of_secret(cls, secret: bytes) -> Self:
        """The ring of one AES-256-GCM key."""
        return cls((FieldKey.of(FIRST, Algorithm.AES_256_GCM, secret),))

    @classmethod
    def new(cls, algorithm: Algorithm, now: datetime | None = None) -> Self:
        """The ring of one random key."""
        return cls((FieldKey.of(FIRST, algorithm, secrets.token_bytes(SECRET_BYTES), now),))

    @property
    def current(self) -> FieldKey:
        """The key that seals."""
        return self.keys[-1]

    def state(self, key: FieldKey) -> KeyState:
        """What a key of this ring is good for."""
        if key.secret is None:
            return KeyState.RETIRED
        return KeyState.SEALS if key is self.current else KeyState.OPENS

    def with_new(self, algorithm: Algorithm, now: datetime) -> Self:
        """The ring with a further random key, which seals from now on."""
        key = FieldKey.of(len(self.keys) + 1, algorithm, secrets.token_bytes(SECRET_BYTES), now)
        return replace(self, keys=(*self.keys, key))

    def reindexed(self) -> Self:
        """The ring after every stored fingerprint was made anew with the current key."""
        return replace(self, indexed_from=self.current.number)

    def retired(self, number: int) -> Self:
        """The ring without the secret of a key; ConfigError for an unknown or the current one."""
        if not FIRST <= number <= len(self.keys):
            raise ConfigError(f"没有编号为 {number} 的密钥, 现有 1 到 {len(self.keys)}")
        if number == self.current.number:
            raise ConfigError(f"密钥 {number} 正在使用, 不能停用; 请先运行 qianshao key rotate")
        kept = tuple(replace(key, secret=None) if key.number == number else key for key in self.keys)
        return replace(self, keys=kept)
