"""How long what was collected is kept, as a strict model of `retention.toml`."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class RetentionPolicy(BaseModel):
    """Days for which each kind of content is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked_on: date
    raw_pages_days: int = Field(ge=1)
    spool_days: int = Field(ge=1)
    delivered_files_days: int = Field(ge=1)
    receipt_values_days: int = Field(ge=1)
    no_risk_days: int = Field(ge=1)
    no_lead_days: int = Field(ge=1)
    notices_days: int = Field(ge=1)
