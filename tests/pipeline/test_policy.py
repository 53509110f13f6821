"""Policy tables."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

import pipeline.policy
from domain.errors import ConfigError
from domain.region import RegionCode
from domain.risk import Risk
from pipeline.policy.tables import TimeLimit, TimeLimits, load_policy

SHIPPED = Path(pipeline.policy.__file__).parent


def limit(region: str, year: int, visit: int) -> TimeLimit:
    return TimeLimit(
        region=region,
        year=year,
        pass_on_days=2,
        visit_days=visit,
        decide_days=15,
        source="测试",
        checked_on=date(2026, 11, 24),
    )


def test_the_shipped_tables_name_every_category():
    policy = load_policy()

    assert set(policy.departments) == set(Risk)
    assert set(policy.priority.risk) == set(Risk)


def test_the_default_limits_are_two_three_and_fifteen_days():
    row = load_policy().time_limits.in_force(RegionCode("141124104"), date(2026, 11, 24))

    assert (row.pass_on_days, row.visit_days, row.decide_days) == (2, 3, 15)
    assert row.source


def test_a_countys_own_row_wins_over_the_default():
    limits = TimeLimits(limit=(limit("", 2021, 3), limit("141124", 2021, 5)))

    assert limits.in_force(RegionCode("141124104"), date(2026, 1, 1)).visit_days == 5
    assert limits.in_force(RegionCode("141125"), date(2026, 1, 1)).visit_days == 3


def test_the_latest_year_not_after_the_lead_wins():
    limits = TimeLimits(limit=(limit("", 2021, 3), limit("", 2027, 1)))

    assert limits.in_force(RegionCode("141124"), date(2026, 12, 31)).visit_days == 3


def test_no_row_for_the_year_stops_instead_of_falling_back():
    with pytest.raises(ConfigError, match="时限"):
        TimeLimits(limit=(limit("", 2027, 3),)).in_force(RegionCode("141124"), date(2026, 1, 1))


def test_a_misspelt_key_stops_with_its_name(tmp_path: Path):
    directory = tmp_path / "policy"
    copytree(SHIPPED, directory)
    path = directory / "risk_points.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("window_days", "windw_days"), encoding="utf-8")

    with pytest.raises(ConfigError, match="risk_points"):
        load_policy(directory)
