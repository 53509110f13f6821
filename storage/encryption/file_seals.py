"""Keys of files: each crawl seals what it writes with a key of its own, which only the field keys open.

The process that crawls is given the key of its run and its sealed form, the head of each file it writes. It can read
what it wrote itself and nothing else: it talks to strangers all day.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from domain.failures.errors import KeyMissing
from storage.encryption.cipher import FieldCipher, header, sealed_place
from storage.encryption.keyring import FIRST, SECRET_BYTES, FieldKey, Keyring
from storage.encryption.suites import Algorithm

_PLACE = sealed_place("files", "crawl")


@dataclass(frozen=True)
class FileSeal:
    """The key of the files of one run."""

    algorithm: Algorithm
    secret: bytes = field(repr=False)
    head: bytes
    """The same, sealed with a field key: what a file begins with."""

    @classmethod
    def from_line(cls, line: str) -> Self:
        """The seal that `to_line` wrote; KeyMissing when the line is none."""
        try:
            record = json.loads(line)
            return cls(Algorithm(record["algorithm"]), bytes.fromhex(record["secret"]), bytes.fromhex(record["head"]))
        except (ValueError, KeyError, TypeError) as exc:
            raise KeyMissing("没有收到本次抓取的密钥, 抓到的内容不能加密, 没有抓取") from exc

    def to_line(self) -> str:
        """The seal as one line, for the pipe to the process that writes; never for a file."""
        return json.dumps({"algorithm": self.algorithm, "secret": self.secret.hex(), "head": self.head.hex()})

    def seal(self, content: bytes, place: bytes) -> bytes:
        """The sealed content, bound to its place."""
        return self._cipher.encrypt_bytes(content, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """The content; KeyMissing when it was changed or comes from another place."""
        return self._cipher.decrypt_bytes(sealed, place)

    @cached_property
    def _cipher(self) -> FieldCipher:
        return FieldCipher(Keyring((FieldKey.of(FIRST, self.algorithm, self.secret),)))


class FileSeals:
    """Makes, opens and leads on the keys of files."""

    def __init__(self, cipher: FieldCipher) -> None:
        """Seal them with the cipher of the fields."""
        self._cipher = cipher

    def new(self) -> FileSeal:
        """A new random key, of the family of the current field key."""
        algorithm, secret = self._cipher.ring.current.algorithm, secrets.token_bytes(SECRET_BYTES)
        return FileSeal(algorithm, secret, self._cipher.encrypt_bytes(bytes([algorithm]) + secret, _PLACE))

    def open_file(self, head: bytes) -> Callable[[bytes, bytes], bytes]:
        """What opens the entries of the file with this head; KeyMissing when no key opens the head."""
        content = self._cipher.decrypt_bytes(head, _PLACE)
        return FileSeal(Algorithm(content[0]), content[1:], head).open

    def led_on(self, head: bytes) -> bytes:
        """The head under the current field key, the same one when it is; KeyMissing when no key opens it."""
        if self.is_under(head, self._cipher.ring.current.number):
            return head
        return self._cipher.encrypt_bytes(self._cipher.decrypt_bytes(head, _PLACE), _PLACE)

    def is_under(self, head: bytes, number: int) -> bool:
        """True when the field key with this number sealed the head."""
        key = self._cipher.ring.keys[number - FIRST]
        return head.startswith(header(key.number, key.algorithm))
