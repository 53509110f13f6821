"""Layouts that a person has confirmed, and how a header is recognised again."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from domain.header_profile import Profile


class Profiles(Protocol):
    """Where confirmed layouts are remembered."""

    def known(self, fingerprint: str) -> Profile | None:
        """The layout confirmed for a header with this fingerprint; None when nobody confirmed one."""


class NoProfiles:
    """Nothing was ever confirmed."""

    def known(self, fingerprint: str) -> Profile | None:
        """None."""
        return None


NO_PROFILES = NoProfiles()


def header_fingerprint(texts: Sequence[str]) -> str:
    """SHA-256 of the header's texts from left to right, spaces and empty columns at the end left out."""
    plain = ["".join(text.split()) for text in texts]
    while plain and not plain[-1]:
        plain.pop()
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest()
