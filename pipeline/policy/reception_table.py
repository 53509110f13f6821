"""What the ways in through the web take, as a strict model of `reception.toml`."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from domain.deliveries.reception import ReceptionLimits

_MB = 1024 * 1024


class ReceptionPolicy(BaseModel):
    """Sizes, rates and times."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked_on: date
    largest_file_mb: int = Field(ge=1)
    largest_held_mb: int = Field(ge=1)
    files_at_once: int = Field(ge=1, le=100)
    records_per_call: int = Field(ge=1, le=5000)
    calls_per_minute: int = Field(ge=1)
    unconfirmed_hours: int = Field(ge=1)
    key_days: int = Field(ge=1)

    @property
    def limits(self) -> ReceptionLimits:
        """The figures as the pages and the interface use them."""
        return ReceptionLimits(
            largest_file_bytes=self.largest_file_mb * _MB,
            largest_held_bytes=self.largest_held_mb * _MB,
            files_at_once=self.files_at_once,
            records_per_call=self.records_per_call,
            calls_per_minute=self.calls_per_minute,
            unconfirmed_hours=self.unconfirmed_hours,
        )
