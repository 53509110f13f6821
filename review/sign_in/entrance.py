"""The way in: the password, then the code; every try is counted before it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from domain.accounts.account import Account, AuditEntry
from domain.accounts.sign_in import Door, SessionStage
from domain.clock import Clock
from review.sign_in.callers import Caller
from review.sign_in.known_devices import KnownDevices
from review.sign_in.passwords import UNKNOWN_USER_HASH, hash_password, make_password, needs_new_hash, verify_password
from review.sign_in.second_factor import recovery_code_of, step_of
from review.sign_in.sessions import Present, Sessions
from storage.store import Store
from storage.unit_of_work import UnitOfWork

UNKNOWN = "unknown"
"""Who is written down for a user name that nobody has: it may be somebody's password, typed into the wrong field."""

SINGLE_SIGN_ON = "single_sign_on"


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of a try."""

    token: str | None = None
    """Of the session that it opened."""
    wait: timedelta = timedelta(0)
    """How long nothing is tried at all; the same for names that nobody has."""


@dataclass(frozen=True, slots=True)
class Knock:
    """A try at a door that is not an account's."""

    wait: timedelta
    succeed: Callable[[UnitOfWork], None]
    """To be called in the transaction that lets in."""
    refuse: Callable[[UnitOfWork], None]
    """To be called where the try was wrong."""


class Entrance:
    """Lets people in; the answers tell nobody whether an account exists."""

    def __init__(self, store: Store, clock: Clock, sessions: Sessions) -> None:
        """Work by the policy of the sessions."""
        self._store, self._clock, self._sessions = store, clock, sessions
        self._policy = sessions.policy
        self.devices = KnownDevices(store, clock, self._policy.device_known_for)

    def with_password(self, username: str, password: str, caller: Caller, old_token: str = "") -> Answer:
        """A session, still waiting for its code where the account has a second factor, or nothing."""
        with self._store.reading() as work:
            account = work.accounts.get(username)
        doors = self._doors("account", username, account, caller)
        wait = self._knock(doors)
        if wait:
            return Answer(wait=wait)
        right = verify_password(account.password_hash if account else UNKNOWN_USER_HASH, password)
        if account is None or account.disabled or not right:
            with self._store.unit_of_work() as work:
                self._refuse(work, account, "sign_in_refused", caller, doors)
                work.commit()
            return Answer()
        renewed = hash_password(password) if needs_new_hash(account.password_hash) else None
        with self._store.unit_of_work() as work:
            if work.accounts.hold(username) != account:
                # Reset, disabled or moved while the password was looked at: what was right then counts no more.
                return Answer()
            self._sessions.close(work, old_token)
            self._open_doors(work, doors)
            if renewed is not None:
                work.accounts.replace_hash(username, account.password_hash, renewed)
            token = self._open(work, account, caller, "password")
            work.commit()
        return Answer(token)

    def with_code(self, token: str, present: Present, code: str, caller: Caller) -> Answer:
        """The session under a new token, open now, when the code of the authenticator or of recovery is right."""
        account = present.account
        doors = self._doors("code", account.username, account, caller)
        wait = self._knock(doors)
        if wait:
            return Answer(wait=wait)
        with self._store.unit_of_work() as work:
            work.accounts.hold(account.username)
            if not self._sessions.is_open(work, token):
                # Ended by an administrator while the code was under way.
                return Answer()
            how = self._code_kind(work, account.username, code)
            if how is None:
                self._refuse(work, account, "code_refused", caller, doors)
                work.commit()
                return Answer()
            self._sessions.close(work, token)
            self._open_doors(work, doors)
            opened = self._let_in(work, account, caller, how, by_single_sign_on=present.session.by_single_sign_on)
            work.commit()
        return Answer(opened)

    def with_voucher(self, username: str, caller: Caller, old_token: str) -> str | None:
        """A session for an account that the county's sign-in server vouches for; None where there is none, or disabled.

        A second factor set up here is still asked for. A password that somebody else has seen is made void: who comes
        this way needs none, and it would stay a way in for whoever has seen it.
        """
        with self._store.reading() as work:
            seen = work.credentials.get(username).must_change_password
        # A hash like any other, of what nobody knows: the answer to a wrong password takes the same time.
        void = hash_password(make_password()) if seen else None
        with self._store.unit_of_work() as work:
            account = work.accounts.hold(username)
            if account is None or account.disabled:
                work.audit.append(self._entry(account, "sign_in_refused", caller, SINGLE_SIGN_ON))
                work.commit()
                return None
            self._sessions.close(work, old_token)
            if void is not None:
                work.accounts.replace_hash(username, account.password_hash, void)
                work.credentials.set_must_change(username, must=False)
            token = self._open(work, account, caller, SINGLE_SIGN_ON)
            work.commit()
        return token

    def confirm(self, present: Present, password: str, caller: Caller) -> Answer | None:
        """None when it is the password of somebody who is signed in already, asked for again before a grave step.

        Whom the county's server vouched for has no password here: a session that was only just opened stands in.
        """
        account = present.account
        if present.session.by_single_sign_on:
            fresh = self._clock.now() - present.session.opened_at <= self._policy.code_within
            return None if fresh else Answer()
        # Who is signed in is kept out by nobody else's tries, and has no more of them for it.
        name, waits = f"account {account.username} in {present.session.id}", self._policy.source_waits
        doors = (Door(name, waits, account.username),)
        wait = self._knock(doors)
        if wait:
            return Answer(wait=wait)
        if not verify_password(account.password_hash, password):
            with self._store.unit_of_work() as work:
                self._refuse(work, account, "password_refused", caller, doors)
                work.commit()
            return Answer()
        with self._store.unit_of_work() as work:
            self._open_doors(work, doors)
            work.commit()
        return None

    def knock_at(self, name: str, caller: Caller) -> Knock:
        """Count a try at another door, such as that of the first start, from wherever it comes."""
        doors = (Door(name, self._policy.source_waits, name), self._address_door(caller))
        return Knock(
            wait=self._knock(doors),
            succeed=lambda work: self._open_doors(work, doors),
            refuse=lambda work: self._refuse(work, None, f"{name}_refused", caller, doors),
        )

    def knock_from(self, caller: Caller) -> Knock:
        """Count a try that is at no door in particular, by its address alone: nobody shuts others out with it."""
        doors = (self._address_door(caller),)
        return Knock(
            wait=self._knock(doors),
            succeed=lambda work: self._open_doors(work, doors),
            refuse=lambda work: self._refuse(work, None, "sign_in_refused", caller, doors),
        )

    def let_in(self, work: UnitOfWork, account: Account, caller: Caller, how: str) -> str:
        """The token of an open session for somebody who proved who he is in another way."""
        return self._let_in(work, account, caller, how)

    def _open(self, work: UnitOfWork, account: Account, caller: Caller, how: str) -> str:
        vouched = how == SINGLE_SIGN_ON
        if work.credentials.get(account.username).second_factor_since is not None:
            stage = SessionStage.CODE_NEEDED
            return self._sessions.open(work, account.username, stage, caller, by_single_sign_on=vouched)
        return self._let_in(work, account, caller, how, by_single_sign_on=vouched)

    def _let_in(
        self, work: UnitOfWork, account: Account, caller: Caller, how: str, *, by_single_sign_on: bool = False
    ) -> str:
        work.credentials.note_sign_in(account.username, self._clock.now())
        stage = SessionStage.OPEN
        token = self._sessions.open(work, account.username, stage, caller, by_single_sign_on=by_single_sign_on)
        # The log comes last in every transaction: all writers wait there for each other.
        work.audit.append(self._entry(account, "sign_in", caller, how))
        return token

    def _code_kind(self, work: UnitOfWork, username: str, code: str) -> str | None:
        now, secret = self._clock.now(), work.credentials.secret(username)
        step = step_of(secret, code, now) if secret is not None else None
        if step is not None:
            return "authenticator" if work.credentials.use_step(username, step) else None
        recovered = work.credentials.use_recovery_code(username, recovery_code_of(code), now)
        return "recovery_code" if recovered else None

    def _doors(self, kind: str, username: str, account: Account | None, caller: Caller) -> tuple[Door, ...]:
        """Where a try counts: on a known device there alone, else for the account here and anywhere, and the address.

        A device that only the owner can have is not shut by others, and what is tried on it is bounded by itself.
        """
        policy, name = self._policy, f"{kind} {username}"
        device = self.devices.device_of(caller.known, account) if account is not None else None
        if device is not None:
            return (Door(f"{name} on {device}", policy.source_waits, username),)
        return (
            Door(f"{name} from {caller.network}", policy.source_waits, username),
            Door(name, policy.account_waits, username),
            self._address_door(caller),
        )

    def _address_door(self, caller: Caller) -> Door:
        return Door(f"address {caller.network}", self._policy.address_waits)

    def _knock(self, doors: tuple[Door, ...]) -> timedelta:
        """How long to wait; a try that need not wait is counted, one that has to is not even written down.

        Whoever keeps knocking must neither fill the audit log nor lengthen the wait of the owner.
        """
        now = self._clock.now()
        with self._store.unit_of_work() as work:
            work.sign_in_failures.hold(doors, now)
            wait = max(work.sign_in_failures.closed_for(door.name, now) for door in doors)
            if wait:
                return wait
            for door in doors:
                work.sign_in_failures.count(door, now)
            work.sign_in_failures.forget_before(now - self._remembered)
            work.commit()
        return timedelta(0)

    @property
    def _remembered(self) -> timedelta:
        waits = (self._policy.source_waits, self._policy.account_waits, self._policy.address_waits)
        return max(one.forgotten_after for one in waits)

    def _open_doors(self, work: UnitOfWork, doors: tuple[Door, ...]) -> None:
        """What the owner tried is forgotten; what others tried at the account, or from the address, is not.

        An address keeps its count: else one own account would buy endless tries at the others. So does the account:
        else each time the owner comes in would.
        """
        for number, door in enumerate(doors):
            if door.owner and number == 0:
                work.sign_in_failures.clear(door.name)
            else:
                work.sign_in_failures.take_one_off(door.name)

    def _refuse(
        self, work: UnitOfWork, account: Account | None, action: str, caller: Caller, doors: tuple[Door, ...]
    ) -> None:
        closed = [door for door in doors if work.sign_in_failures.closed_for(door.name, self._clock.now())]
        work.audit.append(self._entry(account, action, caller))
        for door in closed:
            what = "account" if door.owner else "address"
            work.audit.append(self._entry(account, "sign_in_locked", caller, what))

    def _entry(self, account: Account | None, action: str, caller: Caller, how: str = "") -> AuditEntry:
        actor = account.username if account is not None else UNKNOWN
        return AuditEntry(at=self._clock.now(), actor=actor, action=action, subject=caller.address, detail=how)
