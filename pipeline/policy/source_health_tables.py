"""When a medium needs a person, as a strict model of `source_health.toml`."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HistoryPolicy(_Table):
    """What of a medium's past counts."""

    days: int = Field(ge=14)
    least_days: int = Field(ge=7)
    first_days_left_out: int = Field(ge=0)
    least_of_a_weekday: int = Field(ge=2)
    holiday_share: float = Field(ge=0, le=1)
    first_hour: int = Field(ge=0, le=23)
    last_hour: int = Field(ge=1, le=24)


class SilentPolicy(_Table):
    """When nothing new, or too little, is too little."""

    articles_due: float = Field(gt=0)
    least_spells: int = Field(ge=2)
    beyond_longest_spell: float = Field(ge=1)
    never_below: float = Field(gt=0)
    outage: float = Field(gt=1)
    least_full_days: int = Field(ge=2)
    days: int = Field(ge=1)
    usual_share: float = Field(gt=0, le=1)
    probability: float = Field(gt=0, lt=0.5)


class FailingPolicy(_Table):
    """How many bad runs are believed, and when a crawl is overdue."""

    hours: float = Field(gt=0)
    least_runs: int = Field(ge=1)
    most_runs: int = Field(ge=1)
    articles: int = Field(default=3, ge=1)
    """A county's own table of an earlier version does not name it."""
    overdue_intervals: int = Field(ge=1)
    overdue_share_of_slowest: float = Field(ge=1)
    overdue_hours: float = Field(gt=0)

    def runs(self, every_minutes: int) -> int:
        """Bad runs in a row from which a medium that is crawled at this interval is believed to be bad."""
        return min(self.most_runs, max(self.least_runs, int(self.hours * 60 // every_minutes)))


class BlockedPolicy(_Table):
    """When refusals are a block."""

    share: float = Field(gt=0, le=1)
    runs: int = Field(ge=1)


class StartPagePolicy(_Table):
    """When one list among several has changed."""

    runs: int = Field(ge=1)
    never_gave_days: int = Field(ge=1)


class HitRatePolicy(_Table):
    """When selectors or the extraction find too little."""

    least_pages: int = Field(ge=1)
    hours: float = Field(gt=0)
    fallen_below: float = Field(gt=0, le=1)
    usual: float = Field(gt=0, le=1)
    poor_share: float = Field(gt=0, le=1)


class AlarmPolicy(_Table):
    """Who is told when, and how often."""

    same_within_hours: float = Field(ge=0)
    digest_hour: int = Field(ge=0, le=23)
    all_well_weekday: int = Field(ge=1, le=7)
    most_attempts: int = Field(ge=1)
    first_wait_minutes: float = Field(gt=0)


class SourceHealthPolicy(_Table):
    """Every threshold of the health of media."""

    checked_on: date
    history: HistoryPolicy
    silent: SilentPolicy
    failing: FailingPolicy
    blocked: BlockedPolicy
    start_pages: StartPagePolicy
    hit_rates: HitRatePolicy
    alarm: AlarmPolicy
