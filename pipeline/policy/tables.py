"""The policy tables as strict models; a wrong key or value stops the run with a clear message."""

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.words.own_table import completed
from pipeline.policy.calendar import Calendar
from pipeline.policy.disclosure_table import DisclosurePolicy
from pipeline.policy.gate_table import GatePolicy
from pipeline.policy.outgoing_table import OutgoingPolicy
from pipeline.policy.reception_table import ReceptionPolicy
from pipeline.policy.register_check_tables import RegisterChecks
from pipeline.policy.retention_table import KEPT_UNLESS_SAID, RetentionPolicy
from pipeline.policy.routing_table import RoutingPolicy
from pipeline.policy.source_health_tables import SourceHealthPolicy
from pipeline.policy.workflow_table import WorkflowPolicy

_HERE = Path(__file__).parent


class Table(BaseModel):
    """A strict, frozen table."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TimeLimit(Table):
    """Days for each step of a lead in one region from one year on."""

    region: str
    year: int
    pass_on_days: int = Field(gt=0)
    visit_days: int = Field(gt=0)
    decide_days: int = Field(gt=0)
    source: str = Field(min_length=1)
    checked_on: date


class TimeLimits(Table):
    """All time limits."""

    limit: tuple[TimeLimit, ...]

    def in_force(self, region: RegionCode, on: date) -> TimeLimit:
        """The row of the narrowest region, then of the latest year not after `on`; ConfigError when none applies."""
        fitting = [row for row in self.limit if region.digits.startswith(row.region) and row.year <= on.year]
        if not fitting:
            raise ConfigError(f"time_limits.toml 中没有适用于区划 {region}、{on.year} 年的时限, 请补充一行")
        return max(fitting, key=lambda row: (len(row.region), row.year))


class Points(Table):
    """Points with the sentence shown for them."""

    points: int
    reason: str


class PointsEach(Table):
    """Points for each occurrence up to a maximum."""

    points_each: int
    most: int
    reason: str


class SeveralRisks(Table):
    """Points for more than one category."""

    points_each_beyond_first: int
    most: int
    reason: str


class HouseholdPoints(Table):
    """Points for what the register says of the household."""

    under_monitoring: int
    under_monitoring_reason: str
    removed: int
    removed_reason: str
    lone_elder: int
    lone_elder_age: int
    lone_elder_reason: str
    linked: int
    linked_reason: str


class PriorityPolicy(Table):
    """How the feed is ordered."""

    urgent: Points
    risk: dict[Risk, int]
    several_risks: SeveralRisks
    group: PointsEach
    repeat: PointsEach
    series: PointsEach
    household: HouseholdPoints
    area: Points


class AlertThreshold(Table):
    """What one level of alert needs; either is enough."""

    matters: int = Field(gt=0)
    area_texts: int = Field(gt=0)


class RiskPointPolicy(Table):
    """When leads become a risk point."""

    window_days: int = Field(gt=0)
    checked_on: date
    yellow: AlertThreshold
    orange: AlertThreshold
    red: AlertThreshold


class RegisterPolicy(Table):
    """What a submission of the household register may do without being asked again."""

    largest_share_removed: float = Field(ge=0, le=1)
    fewest_persons_removed: int = Field(default=10, ge=1)
    checked_on: date
    checks: RegisterChecks


class Policy(Table):
    """Every policy table of the deployment."""

    time_limits: TimeLimits
    priority: PriorityPolicy
    risk_points: RiskPointPolicy
    household_register: RegisterPolicy
    departments: dict[Risk, str]
    source_health: SourceHealthPolicy
    calendar: Calendar
    retention: RetentionPolicy
    reception: ReceptionPolicy
    disclosure: DisclosurePolicy
    outgoing: OutgoingPolicy
    workflow: WorkflowPolicy
    routing: RoutingPolicy
    gate: GatePolicy


_FILES = {
    "time_limits": "time_limits.toml",
    "priority": "priority.toml",
    "risk_points": "risk_points.toml",
    "household_register": "register.toml",
    "departments": "departments.toml",
    "source_health": "source_health.toml",
    "calendar": "holidays.toml",
    "retention": "retention.toml",
    "reception": "reception.toml",
    "disclosure": "disclosure.toml",
    "outgoing": "outgoing.toml",
    "workflow": "workflow.toml",
    "routing": "routing.toml",
    "gate": "gate.toml",
}
_CHECKS, _CHECKS_KEY = "register_checks.toml", "checks"
"""The file, and under which key of `household_register` it stands in the policy."""
FILE_NAMES = frozenset({*_FILES.values(), _CHECKS})
"""What a county may put into a policy folder of its own."""


def load_policy(directory: Path | None = None) -> Policy:
    """The shipped tables, with a county's own of that directory over them, key by key.

    ConfigError names the file, the key and the value that is wrong.
    """
    if directory is not None and not directory.is_dir():
        raise ConfigError(f"政策文件夹 {directory} 不存在, 请核对 settings.toml 的 policy")
    tables = {field: _table(directory, name) for field, name in _FILES.items()}
    register = tables["household_register"]
    if _CHECKS_KEY in register:
        path, _ = _written_in(directory, ("household_register",))
        raise ConfigError(f"政策文件 {path} 里不能写 {_CHECKS_KEY}, 台账检查的规则请写在 {_CHECKS} 里")
    register[_CHECKS_KEY] = _table(directory, _CHECKS)
    try:
        return Policy.model_validate(tables)
    except ValidationError as exc:
        first = exc.errors()[0]
        path, inside = _written_in(directory, first["loc"])
        raise ConfigError(f"政策文件 {path} 不对: {invalid_value([{**first, 'loc': inside}])}") from exc


def _table(directory: Path | None, name: str) -> dict[str, object]:
    """The table as it is in force: a county's own file may say little, or be older than a key of the shipped one."""
    shipped = _read(_HERE / name)
    own = directory / name if directory is not None else None
    if own is None or not own.exists():
        return shipped
    return completed(_read(own), shipped, left_unsaid=KEPT_UNLESS_SAID if name == "retention.toml" else ())


def _written_in(directory: Path | None, place: tuple[int | str, ...]) -> tuple[Path, tuple[int | str, ...]]:
    """The file that a place of the policy is written in, and the place inside that file."""
    field, *inside = place
    name = _FILES[str(field)]
    if name == "register.toml" and inside[:1] == [_CHECKS_KEY]:
        name, inside = _CHECKS, inside[1:]
    return (directory or _HERE) / name, tuple(inside)


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ConfigError(f"政策文件 {path} 读不出来: {why_unreadable(exc)}") from exc
