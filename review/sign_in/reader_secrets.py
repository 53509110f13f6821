"""The secret in the address of a feed reader; made at that moment, recognised by its hash."""

import hashlib
import re
import secrets

_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str | None:
    """What is stored of a secret; None when the text is none."""
    return hashlib.sha256(secret.encode()).hexdigest() if _FORM.fullmatch(secret) else None
