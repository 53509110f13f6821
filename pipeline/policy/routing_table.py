"""Who gets a lead, as a strict model."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.leads.lead import LeadView
from domain.risk import Risk
from domain.words.vocabulary import Role, Scope


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RoutingRule(_Table):
    """One rule; every condition left out fits every lead."""

    regions: tuple[str, ...] = ()
    risks: tuple[Risk, ...] = ()
    urgent: bool | None = None
    area: bool | None = None
    holder: Literal[Role.VILLAGE, Role.TOWN, Role.LEADER]
    accounts: tuple[str, ...] = ()

    def fits(self, view: LeadView) -> bool:
        """True when every condition holds for the lead."""
        lead = view.lead
        return (
            (not self.regions or lead.region.digits.startswith(self.regions))
            and (not self.risks or not view.risks.isdisjoint(self.risks))
            and self.urgent in (None, any(one.urgent for one in view.evidence))
            and self.area in (None, lead.scope is Scope.AREA)
        )


class Department(_Table):
    """A department that leads can be transferred to."""

    slug: str = Field(pattern=r"^[a-z_]+$", max_length=64)
    name: str = Field(min_length=1, max_length=40)


class RoutingPolicy(_Table):
    """The rules in order, and the departments."""

    checked_on: date
    rule: tuple[RoutingRule, ...] = Field(min_length=1)
    department: tuple[Department, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        last = self.rule[-1]
        if last.regions or last.risks or last.urgent is not None or last.area is not None:
            raise ValueError("最后一条 rule 必须没有条件, 否则有的线索没有人办理")
        slugs = [one.slug for one in self.department]
        if len(set(slugs)) < len(slugs):
            raise ValueError("department 的 slug 有重复")
        return self

    def rule_for(self, view: LeadView) -> RoutingRule:
        """The first rule that fits; the last one fits everything."""
        return next(one for one in self.rule if one.fits(view))

    @property
    def departments(self) -> dict[str, str]:
        """Chinese name by slug, in the order of the file."""
        return {one.slug: one.name for one in self.department}
