"""The rules of signing in are read strictly."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.accounts.sign_in import SignInPolicy
from domain.failures.errors import ConfigError
from domain.words.vocabulary import Role
from review.sign_in import policy as sign_in_policy
from review.sign_in.policy import load_sign_in_policy, without_second_factor

SHIPPED = (Path(sign_in_policy.__file__).parent / "sign_in.toml").read_text(encoding="utf-8")


def read(folder: Path, old: str, new: str) -> SignInPolicy:
    assert old in SHIPPED
    path = folder / "sign_in.toml"
    path.write_text(SHIPPED.replace(old, new), encoding="utf-8")
    return load_sign_in_policy(path)


def test_whoever_reads_much_or_runs_the_system_needs_a_second_factor_as_shipped():
    required = load_sign_in_policy().second_factor_roles

    assert required == {Role.ADMIN, Role.CLERK, Role.LEADER, Role.AUDITOR}
    assert without_second_factor().second_factor_roles == frozenset()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("shortest_password = 12", "shortest_password = 6", "shortest_password"),
        ('"clerk"', '"clark"', "second_factor_roles"),
        ("free = 30", "free = 0", "free"),
        ("idle_minutes = 480", "idle_minuts = 480", "idle_minut"),
        ("admin = 30", "boss = 30", "idle_minutes_of"),
        ("checked_on = ", "checked_on == ", "读不出来"),
    ],
)
def test_a_wrong_rule_is_named_in_chinese(tmp_path: Path, old: str, new: str, said: str):
    with pytest.raises(ConfigError, match=said):
        read(tmp_path, old, new)


def test_the_example_county_asks_nobody_for_an_authenticator():
    example = Path(sign_in_policy.__file__).parents[2] / "examples" / "kehu" / "sign_in.toml"

    assert load_sign_in_policy(example) == without_second_factor()


def test_a_file_of_before_known_devices_bounds_an_account_as_it_says(tmp_path: Path):
    shipped = (Path(sign_in_policy.__file__).parent / "sign_in.toml").read_text(encoding="utf-8")
    start, end = shipped.index("[source_waits]"), shipped.index("[account_waits]")
    older = tmp_path / "sign_in.toml"
    older.write_text(shipped[:start] + shipped[end:].replace("free = 50", "free = 4"), encoding="utf-8")

    policy = load_sign_in_policy(older)

    assert policy.source_waits == policy.account_waits
    assert policy.account_waits.free == 4


def test_waits_double_up_to_their_limit_whatever_the_count():
    waits = load_sign_in_policy().source_waits

    minutes = [waits.after(count).total_seconds() / 60 for count in range(1, 14)]

    assert minutes == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert waits.after(10**9) == waits.longest


def test_a_county_may_write_one_rule_and_keeps_the_others_as_shipped(tmp_path: Path):
    own = tmp_path / "sign_in.toml"
    own.write_text("shortest_password = 14\n", encoding="utf-8")

    assert load_sign_in_policy(own) == replace(load_sign_in_policy(), shortest_password=14)


def test_an_idle_time_of_the_countys_own_holds_for_every_role(tmp_path: Path):
    own = tmp_path / "sign_in.toml"
    own.write_text("idle_minutes = 20\n", encoding="utf-8")

    policy = load_sign_in_policy(own)

    assert (policy.idle, policy.idle_of) == (timedelta(minutes=20), {})
