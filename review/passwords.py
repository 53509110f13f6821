"""Passwords: argon2id hashes, and first passwords that are made at that moment and can be read aloud."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for one another: no i, l, o, 0, 1."""
_GROUPS, _GROUP_LENGTH = 4, 4

UNKNOWN_USER_HASH = _HASHER.hash("nobody has this password")
"""Verified against when the user name is unknown, so that the answer takes the same time."""


def hash_password(password: str) -> str:
    """The argon2id hash in the library's encoded form."""
    return _HASHER.hash(password)


def verify_password(encoded: str, password: str) -> bool:
    """True when the password is the one that was hashed."""
    try:
        return _HASHER.verify(encoded, password)
    except (VerificationError, InvalidHashError):
        return False


def make_password() -> str:
    """A random password of four groups of four readable characters, about 79 bits."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)
