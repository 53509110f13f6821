"""How hidden content is shown and accusations are handled, as a strict model of `disclosure.toml`."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.leads.disclosure import DisclosureRules


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RevealTable(_Table):
    """How often, how long, with how long a reason."""

    per_day: int = Field(ge=1)
    minutes: int = Field(ge=1, le=120)
    shortest_reason: int = Field(ge=1)
    longest_reason: int = Field(le=500)


class AccusationTable(_Table):
    """Days, and where a second person has to agree."""

    forward_days: int = Field(ge=1)
    remind_days: int = Field(ge=0)
    second_person_forward: bool
    second_person_release: bool


class UnsourcedLeadTable(_Table):
    """When it opens, and where it may go."""

    earliest_hours: int = Field(ge=0)
    latest_hours: int = Field(ge=1)
    crowd_days: int = Field(ge=1)
    fewest_others: int = Field(ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest_hours <= self.earliest_hours:
            raise ValueError("latest_hours 必须大于 earliest_hours, 否则开启时间会暴露来源")
        return self


class DisclosurePolicy(_Table):
    """All figures."""

    checked_on: date
    reveal: RevealTable
    accusation: AccusationTable
    unsourced_lead: UnsourcedLeadTable

    @property
    def rules(self) -> DisclosureRules:
        """The figures as the pages and stages use them."""
        return DisclosureRules(
            reveals_per_day=self.reveal.per_day,
            reveal_minutes=self.reveal.minutes,
            shortest_reason=self.reveal.shortest_reason,
            longest_reason=self.reveal.longest_reason,
            **self.accusation.model_dump(),
            **self.unsourced_lead.model_dump(),
        )
