"""Browsers in which an account signed in before: what strangers try elsewhere does not shut them out.

After OWASP, "Slow Down Online Guessing Attacks with Device Cookies". Nothing of it is stored here: a token is good
because only holders of the field key can make its mark, for one account and the password that it was given under.
"""

import hashlib
import secrets
from datetime import timedelta

from domain.accounts.account import Account
from domain.clock import Clock
from storage.store import Store

_MOST = 5
"""Accounts that one browser is known for, such as the computer of a village office."""
_LONGEST = 1024
_BETWEEN = "~"


class KnownDevices:
    """Gives a browser a token of an account, and knows it again."""

    def __init__(self, store: Store, clock: Clock, lasts: timedelta) -> None:
        """Tokens are good for so long."""
        self._store, self._clock, self._lasts = store, clock, lasts

    def device_of(self, kept: str, account: Account) -> str | None:
        """What tells this browser from others, when what it keeps holds a token of the account; None otherwise."""
        return next((one.split(".")[0] for one in _tokens(kept) if self._is_of(one, account)), None)

    def renewed(self, kept: str, account: Account) -> str:
        """What the browser is to keep after the account signed in: a new token of it, and those of others."""
        said = f"{secrets.token_urlsafe(16)}.{int(self._clock.now().timestamp())}"
        token = f"{said}.{self._store.keyed_hash(_purpose(account), said)}"
        others = [one for one in _tokens(kept) if not self._is_of(one, account)]
        return _BETWEEN.join([token, *others][:_MOST])

    def _is_of(self, token: str, account: Account) -> bool:
        said, _, mark = token.rpartition(".")
        begun = said.rpartition(".")[2]
        if not begun.isdecimal() or not begun.isascii():
            return False
        age = self._clock.now().timestamp() - int(begun)
        return age <= self._lasts.total_seconds() and self._store.is_keyed_hash(_purpose(account), said, mark)


def _tokens(kept: str) -> list[str]:
    return kept.split(_BETWEEN)[:_MOST] if 0 < len(kept) <= _LONGEST else []


def _purpose(account: Account) -> str:
    """Under another password the tokens of before are good for nothing: who knew the old one may have gathered many."""
    return f"device of {account.username} {hashlib.sha256(account.password_hash.encode()).hexdigest()}"
