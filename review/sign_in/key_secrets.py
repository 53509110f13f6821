"""API keys as text: `qs_<id>_<secret>`; made at that moment, recognised by the hash of the secret."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from domain.accounts.api_key import ApiKey

_FORM = re.compile(r"qs_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key at the one moment when its secret is known."""

    id: str
    text: str
    secret_hash: str


def make_key() -> NewKey:
    """A key with 256 random bits."""
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    return NewKey(key_id, f"qs_{key_id}_{secret}", _hash(secret))


def key_id_of(text: str) -> str | None:
    """The id in front of a key's secret; None when the text is no key."""
    found = _FORM.fullmatch(text)
    return found[1] if found else None


def matches(key: ApiKey, text: str) -> bool:
    """True when the text is this key."""
    found = _FORM.fullmatch(text)
    return found is not None and found[1] == key.id and hmac.compare_digest(key.secret_hash, _hash(found[2]))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
