"""Signing in and out: random session tokens of which only a hash is stored, CSRF tokens, lock-out after failures."""

import hashlib
import hmac
import secrets
from collections import defaultdict
from datetime import datetime, timedelta

from domain.account import Account, AuditEntry
from domain.clock import Clock
from review.passwords import UNKNOWN_USER_HASH, verify_password
from storage.store import Store

COOKIE = "qianshao_session"
IDLE = timedelta(hours=8)
"""A working day; a phone left lying signs itself out."""
_NOTED_EVERY = timedelta(minutes=1)
"""A page view writes nothing unless the last note of the session's use is older than this."""
_FAILURES = 5
_LOCKED = timedelta(minutes=15)


class Sessions:
    """Who is signed in; one object per running application."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep sessions in `store`; failures are counted in memory and forgotten at a restart."""
        self._store = store
        self._clock = clock
        self._failures: dict[str, list[datetime]] = defaultdict(list)
        self._csrf_key = secrets.token_bytes(32)

    def sign_in(self, username: str, password: str) -> str | None:
        """A new session token, or None; the reason is the same whatever was wrong."""
        now = self._clock.now()
        locked = self._is_locked(username, now)
        with self._store.reading() as work:
            account = work.accounts.get(username)
        matches = verify_password(account.password_hash if account else UNKNOWN_USER_HASH, password)
        accepted = matches and account is not None and not account.disabled and not locked
        token = secrets.token_urlsafe(32) if accepted else None
        with self._store.unit_of_work() as work:
            if token is not None:
                work.accounts.open_session(_hash(token), username, now)
            action = "sign_in" if accepted else "sign_in_refused"
            work.audit.append(AuditEntry(at=now, actor=username[:64], action=action, subject=""))
            work.commit()
        if accepted:
            self._failures.pop(username, None)
        else:
            self._failures[username].append(now)
        return token

    def account(self, token: str | None) -> Account | None:
        """The account of a session that is open and not idle too long."""
        if not token:
            return None
        now, token_hash = self._clock.now(), _hash(token)
        with self._store.reading() as work:
            session = work.accounts.session(token_hash)
            account = work.accounts.get(session[0]) if session else None
        if session is None or account is None or account.disabled:
            return None
        idle = now - session[1]
        if idle > _NOTED_EVERY:
            self._note_use(token_hash, now, expired=idle > IDLE)
        return None if idle > IDLE else account

    def _note_use(self, token_hash: str, now: datetime, *, expired: bool) -> None:
        with self._store.unit_of_work() as work:
            if expired:
                work.accounts.close_session(token_hash)
            else:
                work.accounts.touch_session(token_hash, now)
            work.commit()

    def sign_out(self, token: str) -> None:
        """Close the session."""
        with self._store.unit_of_work() as work:
            work.accounts.close_session(_hash(token))
            work.commit()

    def csrf_token(self, session_token: str) -> str:
        """The token that forms of this session must carry."""
        return hmac.new(self._csrf_key, session_token.encode(), hashlib.sha256).hexdigest()

    def csrf_matches(self, session_token: str, given: str) -> bool:
        """True when a form carried the session's token."""
        return hmac.compare_digest(self.csrf_token(session_token).encode(), given.encode(errors="replace"))

    def _is_locked(self, username: str, now: datetime) -> bool:
        recent = [at for at in self._failures.get(username, ()) if now - at < _LOCKED]
        if recent:
            self._failures[username] = recent
        return len(recent) >= _FAILURES


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
