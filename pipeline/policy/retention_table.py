"""How long what was collected is kept, as a strict model of `retention.toml`."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

KEPT_UNLESS_SAID = ("webhook_deliveries_days", "backup_days", "old_register_days")
"""Of these a county's own file may say nothing: then they are kept, as before they could be purged."""


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
    webhook_deliveries_days: int | None = Field(default=None, ge=1)
    backup_days: int | None = Field(default=None, ge=1)
    old_register_days: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _pages_go_with_their_texts(self) -> Self:
        if self.raw_pages_days > self.no_risk_days:
            raise ValueError("raw_pages_days 不能大于 no_risk_days: 原始网页里有整篇文本")
        return self
