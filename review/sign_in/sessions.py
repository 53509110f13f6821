"""Open sessions: random tokens of which only a hash is stored, that end by themselves, and their form tokens."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from domain.accounts.account import Account
from domain.accounts.sign_in import Credentials, OpenSession, SessionStage, SignInPolicy
from domain.clock import Clock
from review.sign_in.callers import Caller
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_NOTED_EVERY = timedelta(minutes=1)
"""A page view writes nothing unless the last note of the session's use is older than this."""
_ID_BYTES = 8
_FORM = "form of session"


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody with a session."""

    account: Account
    credentials: Credentials
    session: OpenSession


class Sessions:
    """Who is signed in; everything is in the database, so that several processes and a restart agree."""

    def __init__(self, store: Store, clock: Clock, policy: SignInPolicy) -> None:
        """Keep sessions in `store` by the rules of `policy`."""
        self._store = store
        self._clock = clock
        self.policy = policy

    def open(
        self,
        work: UnitOfWork,
        username: str,
        stage: SessionStage,
        caller: Caller,
        *,
        by_single_sign_on: bool = False,
    ) -> str:
        """The token of a new session; too old ones of the account are swept out."""
        token, now = secrets.token_urlsafe(32), self._clock.now()
        session = OpenSession(
            id=secrets.token_hex(_ID_BYTES),
            username=username,
            stage=stage,
            opened_at=now,
            last_seen=now,
            address=caller.address,
            device=caller.device,
            by_single_sign_on=by_single_sign_on,
        )
        work.open_sessions.close_older(username, now - self.policy.longest_session)
        work.open_sessions.add(_hash(token), session)
        return token

    def find(self, token: str) -> Present | None:
        """Whose session it is, when it is neither over nor idle too long and the account is not disabled."""
        if not token:
            return None
        now, token_hash = self._clock.now(), _hash(token)
        with self._store.reading() as work:
            session = work.open_sessions.get(token_hash)
            account = work.accounts.get(session.username) if session else None
            credentials = work.credentials.get(session.username) if session else Credentials()
        if session is None or account is None or account.disabled:
            return None
        over = self._is_over(session, account)
        if over or now - session.last_seen > _NOTED_EVERY:
            self._note_use(token_hash, over=over)
        return None if over else Present(account, credentials, session)

    def rotate(self, work: UnitOfWork, token: str) -> str:
        """The token that this session has from now on; the old one opens nothing."""
        renewed = secrets.token_urlsafe(32)
        work.open_sessions.rename(_hash(token), _hash(renewed))
        return renewed

    def is_open(self, work: UnitOfWork, token: str) -> bool:
        """True while nobody has ended the session."""
        return work.open_sessions.get(_hash(token)) is not None

    def close(self, work: UnitOfWork, token: str) -> None:
        """The session is over."""
        work.open_sessions.close(_hash(token))

    def close_others(self, work: UnitOfWork, username: str, token: str) -> int:
        """Every session of the account but this one is over; how many there were."""
        return work.open_sessions.close_all(username, but=_hash(token))

    def csrf_token(self, token: str) -> str:
        """The token that forms of this session must carry; it comes of the field key and outlives a restart."""
        return self._store.keyed_hash(_FORM, token)

    def csrf_matches(self, token: str, given: str) -> bool:
        """True when a form carried the session's token."""
        return self._store.is_keyed_hash(_FORM, token, given)

    def _is_over(self, session: OpenSession, account: Account) -> bool:
        now = self._clock.now()
        if session.stage is SessionStage.CODE_NEEDED:
            return now - session.opened_at > self.policy.code_within
        idle = now - session.last_seen > self.policy.idle_time(account.role)
        return idle or now - session.opened_at > self.policy.longest_session

    def _note_use(self, token_hash: str, *, over: bool) -> None:
        with self._store.unit_of_work() as work:
            if over:
                work.open_sessions.close(token_hash)
            else:
                work.open_sessions.touch(token_hash, self._clock.now())
            work.commit()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
