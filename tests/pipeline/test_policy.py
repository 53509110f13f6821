"""Policy tables."""

from datetime import date
from operator import attrgetter
from pathlib import Path
from shutil import copytree

import pytest

import pipeline.policy
from domain.failures.errors import ConfigError
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.words.vocabulary import Role
from importers.formats.limits import standard_limits
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


def test_a_register_of_a_million_rows_comes_through_the_web_and_can_be_read():
    million_rows = 219_000_000

    limits = load_policy().reception.limits

    assert million_rows < limits.largest_file_bytes <= standard_limits().file_bytes
    assert limits.largest_file_bytes * 2 < limits.largest_held_bytes


@pytest.mark.parametrize(
    ("name", "said", "field", "key"),
    [
        ("source_health.toml", "[silent]\ndays = 5\n", "source_health.silent.days", 5),
        ("priority.toml", "[risk]\nillness = 30\n", "priority.risk", {**load_policy().priority.risk, Risk.ILLNESS: 30}),
        ("risk_points.toml", "[yellow]\nmatters = 5\n", "risk_points.yellow.matters", 5),
        ("register.toml", "largest_share_removed = 0.4\n", "household_register.largest_share_removed", 0.4),
        ("register_checks.toml", "[ages]\nwork_from = 18\n", "household_register.checks.ages.work_from", 18),
        ("retention.toml", "no_lead_days = 90\n", "retention.no_lead_days", 90),
        ("reception.toml", "key_days = 30\n", "reception.key_days", 30),
        ("disclosure.toml", "[reveal]\nper_day = 5\n", "disclosure.reveal.per_day", 5),
        ("outgoing.toml", "[people]\ndigest_hour = 9\n", "outgoing.people.digest_hour", 9),
        ("workflow.toml", "[undo]\nminutes = 3\n", "workflow.undo.minutes", 3),
        ("gate.toml", "on = false\n", "gate.on", False),
    ],
)
def test_a_county_may_write_one_key_and_nothing_else(tmp_path: Path, name: str, said: str, field: str, key: object):
    (tmp_path / name).write_text(said, encoding="utf-8")

    policy = load_policy(tmp_path)

    assert attrgetter(field)(policy) == key
    table = field.partition(".")[0]
    others = set(type(policy).model_fields) - {table}
    assert all(getattr(policy, one) == getattr(load_policy(), one) for one in others)


def test_the_departments_of_the_other_categories_stay_as_shipped(tmp_path: Path):
    (tmp_path / "departments.toml").write_text('water = "水务局"\n', encoding="utf-8")

    assert load_policy(tmp_path).departments == {**load_policy().departments, Risk.WATER: "水务局"}


def test_a_list_of_the_countys_own_replaces_the_shipped_one(tmp_path: Path):
    (tmp_path / "routing.toml").write_text('[[rule]]\nholder = "town"\n', encoding="utf-8")

    routing = load_policy(tmp_path).routing

    assert [one.holder for one in routing.rule] == [Role.TOWN]
    assert routing.departments == load_policy().routing.departments


def test_a_retention_file_that_does_not_name_what_can_be_kept_keeps_it(tmp_path: Path):
    (tmp_path / "retention.toml").write_text("no_lead_days = 90\n", encoding="utf-8")

    retention = load_policy(tmp_path).retention

    assert (retention.backup_days, retention.old_register_days, retention.webhook_deliveries_days) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "said", "answer"),
    [
        ("source_health.toml", "[start_pages]\nruns = 0\n", r"source_health\.toml 不对: start_pages\.runs: 不能小于1"),
        ("source_health.toml", "start_pages = 3\n", r"source_health\.toml 不对: start_pages: 应是键和值"),
        ("holidays.toml", "yaer = []\n", r"holidays\.toml 不对: yaer: 没有这一项"),
        ("register_checks.toml", "[ages]\nwork = 3\n", r"register_checks\.toml 不对: ages\.work: 没有这一项"),
    ],
)
def test_what_is_wrong_is_told_with_the_file_that_it_stands_in(tmp_path: Path, name: str, said: str, answer: str):
    (tmp_path / name).write_text(said, encoding="utf-8")

    with pytest.raises(ConfigError, match=answer):
        load_policy(tmp_path)


@pytest.mark.parametrize("said", ["checks = 3\n", "[checks.ages]\nwork_from = 18\n"])
def test_checks_in_the_wrong_file_are_refused_instead_of_forgotten(tmp_path: Path, said: str):
    (tmp_path / "register.toml").write_text(said, encoding="utf-8")

    with pytest.raises(ConfigError, match=r"register\.toml 里不能写 checks, .*register_checks\.toml"):
        load_policy(tmp_path)


def test_a_policy_folder_that_is_not_there_stops_instead_of_falling_back(tmp_path: Path):
    with pytest.raises(ConfigError, match="不存在"):
        load_policy(tmp_path / "polcy")
