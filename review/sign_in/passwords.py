"""Passwords: argon2id hashes, and first passwords that are made at that moment and can be read aloud."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from review.sign_in.password_rules import LONGEST_PASSWORD

_HASHER = PasswordHasher()
"""The library's parameters: RFC 9106's second recommendation (64 MiB, three passes, four lanes)."""
_AT_ONCE = BoundedSemaphore(4)
"""One check takes 64 MiB: a crowd at the door waits instead of taking the machine's memory."""
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for one another: no i, l, o, 0, 1."""
_GROUPS, _GROUP_LENGTH = 4, 4

UNKNOWN_USER_HASH = _HASHER.hash("nobody has this password")
"""Verified against when the user name is unknown, so that the answer takes the same time."""


def hash_password(password: str) -> str:
    """The argon2id hash in the library's encoded form."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def verify_password(encoded: str, password: str) -> bool:
    """True when the password is the one that was hashed; never for one that is longer than any may be."""
    try:
        with _AT_ONCE:
            return _HASHER.verify(encoded, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(encoded: str) -> bool:
    """True when the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(encoded)


def make_password() -> str:
    """A random password of four groups of four readable characters, about 79 bits."""
    return make_code(_GROUPS, _GROUP_LENGTH)


def make_code(groups: int, length: int) -> str:
    """So many groups of readable characters, about 5 bits each."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(length)) for _ in range(groups))
