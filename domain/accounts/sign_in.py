"""Signing in: what is known of an account beside its owner, its open sessions, and the waits after failures."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.labelled import Labelled
from domain.words.vocabulary import Role


class SessionStage(Labelled):
    """How far a person has come who signs in."""

    CODE_NEEDED = "code_needed", "待验证"
    OPEN = "open", "已登录"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What is known of how an account signs in; the secret of the second factor stays in the database."""

    must_change_password: bool = False
    """True while the password is one that somebody else has seen."""
    second_factor_since: datetime | None = None
    """When the owner set up an authenticator; None while there is none."""
    last_sign_in_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """One browser in which an account is signed in, or is about to be."""

    id: str
    """What pages call it; it opens nothing."""
    username: str
    stage: SessionStage
    opened_at: datetime
    last_seen: datetime
    address: str
    device: str
    by_single_sign_on: bool = False
    """True where the county's own server vouched for the person, who may know no password here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long nobody may try again after so many failures in a row: doubling, up to a limit."""

    free: int
    """Failures that cost no wait, the last of them not included."""
    first: timedelta
    longest: timedelta
    forgotten_after: timedelta

    def after(self, failures: int) -> timedelta:
        """The wait that follows the failure of this number; zero while they are free."""
        beyond = failures - self.free
        if beyond < 0:
            return timedelta(0)
        # The exponent is capped: a count of thousands would overflow the duration before the limit is applied.
        return min(self.longest, self.first * (1 << min(beyond, 20)))


@dataclass(frozen=True, slots=True)
class Door:
    """A place at which tries to come in are counted, such as an account from one address."""

    name: str
    waits: Waits
    owner: str = ""
    """The user name that is tried there; empty for an address, which is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPolicy:
    """The rules of signing in, as the policy file of a county says them."""

    second_factor_roles: frozenset[Role]
    """Who cannot work without an authenticator; everybody else may have one."""
    shortest_password: int
    idle: timedelta
    idle_of: dict[Role, timedelta]
    longest_session: timedelta
    code_within: timedelta
    """Between the password and the code."""
    recovery_codes: int
    source_waits: Waits
    """At one account from one address, or on one device that its owner came in with before."""
    account_waits: Waits
    """At one account from all addresses together, devices that its owner came in with before left out."""
    address_waits: Waits
    set_up_within: timedelta
    """How long the code of the first start is good for."""
    device_known_for: timedelta
    """After signing in with it, a device is not kept out by what strangers try for so long."""

    def idle_time(self, role: Role) -> timedelta:
        """After so long without a page an account of the role has to sign in again."""
        return self.idle_of.get(role, self.idle)
