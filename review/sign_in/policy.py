"""The rules of signing in, read from the shipped `sign_in.toml` or a county's own."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.accounts.sign_in import SignInPolicy, Waits
from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from domain.words.own_table import completed
from domain.words.vocabulary import Role

_SHIPPED = Path(__file__).parent / "sign_in.toml"
_FEWEST_CHARACTERS = 8
"""No file can ask for less: NIST SP 800-63B-4 section 3.1.1.2 beside a second factor."""

_GENERAL = {"idle_minutes_of": "idle_minutes", "source_waits": "account_waits"}
"""Where a county's own file says the general value and not the special one, its own holds and no shipped one."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Waits(_Table):
    free: int = Field(ge=1, le=100)
    first_minutes: int = Field(ge=1)
    longest_minutes: int = Field(ge=1, le=24 * 60)
    forgotten_after_hours: int = Field(ge=1)

    @property
    def waits(self) -> Waits:
        return Waits(
            free=self.free,
            first=timedelta(minutes=self.first_minutes),
            longest=timedelta(minutes=self.longest_minutes),
            forgotten_after=timedelta(hours=self.forgotten_after_hours),
        )


class _SignIn(_Table):
    checked_on: date
    second_factor_roles: frozenset[Role]
    code_within_minutes: int = Field(ge=1, le=30)
    recovery_codes: int = Field(ge=1, le=50)
    shortest_password: int = Field(ge=_FEWEST_CHARACTERS, le=64)
    idle_minutes: int = Field(ge=1)
    longest_session_hours: int = Field(ge=1, le=24 * 30)
    set_up_hours: int = Field(ge=1, le=24 * 7)
    known_device_days: int = Field(default=180, ge=1, le=400)
    idle_minutes_of: dict[Role, int] = Field(default_factory=dict)
    source_waits: _Waits | None = None
    """As for the account when unset: a county's own file may be older than this."""
    account_waits: _Waits
    address_waits: _Waits


def load_sign_in_policy(path: Path | None = None) -> SignInPolicy:
    """The rules of the file, or the shipped ones; ConfigError names the file, the key and the value that is wrong."""
    own, shipped = {} if path is None else _read(path), _read(_SHIPPED)
    unsaid = [special for special, general in _GENERAL.items() if general in own]
    try:
        found = _SignIn.model_validate(completed(own, shipped, left_unsaid=unsaid))
    except ValidationError as exc:
        raise ConfigError(f"政策文件 {path or _SHIPPED} 不对: {invalid_value(exc.errors())}") from exc
    return SignInPolicy(
        second_factor_roles=found.second_factor_roles,
        shortest_password=found.shortest_password,
        idle=timedelta(minutes=found.idle_minutes),
        idle_of={role: timedelta(minutes=minutes) for role, minutes in found.idle_minutes_of.items()},
        longest_session=timedelta(hours=found.longest_session_hours),
        code_within=timedelta(minutes=found.code_within_minutes),
        recovery_codes=found.recovery_codes,
        source_waits=(found.source_waits or found.account_waits).waits,
        account_waits=found.account_waits.waits,
        address_waits=found.address_waits.waits,
        set_up_within=timedelta(hours=found.set_up_hours),
        device_known_for=timedelta(days=found.known_device_days),
    )


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ConfigError(f"政策文件 {path} 读不出来: {why_unreadable(exc)}") from exc


@cache
def without_second_factor() -> SignInPolicy:
    """The shipped rules for an application that asks nobody for a code."""
    return replace(load_sign_in_policy(), second_factor_roles=frozenset())
