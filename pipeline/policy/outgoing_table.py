"""How what leaves is sent, as a strict model of `outgoing.toml`."""

from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from domain.clock import CHINA


class DeliveryPolicy(BaseModel):
    """How often and how long a delivery is tried."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_wait_minutes: float = Field(gt=0)
    longest_wait_hours: float = Field(gt=0)
    most_attempts: int = Field(ge=1, le=100)
    at_once: int = Field(ge=1, le=10_000)

    def wait(self, attempts: int) -> timedelta | None:
        """How long to wait after this many failed tries; None when it is given up."""
        if attempts >= self.most_attempts:
            return None
        longest = timedelta(hours=self.longest_wait_hours)
        return min(longest, timedelta(minutes=self.first_wait_minutes * 2 ** (attempts - 1)))


class PeoplePolicy(BaseModel):
    """When people may be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quiet_from_hour: int = Field(ge=0, le=23)
    quiet_until_hour: int = Field(ge=0, le=23)
    digest_hour: int = Field(ge=0, le=23)

    def is_quiet(self, now: datetime) -> bool:
        """True in the hours in which nobody is told anything that can wait."""
        hour, first, last = now.astimezone(CHINA).hour, self.quiet_from_hour, self.quiet_until_hour
        return first <= hour < last if first <= last else hour >= first or hour < last


class ReportPolicy(BaseModel):
    """Which days belong together."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    month_ends_on: int = Field(ge=1, le=28)


class OutgoingPolicy(BaseModel):
    """Everything that leaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked_on: date
    delivery: DeliveryPolicy
    people: PeoplePolicy
    reports: ReportPolicy
