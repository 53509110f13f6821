"""Deadlines, reminders and the time for second thoughts as a strict model."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from domain.leads.workflow import Deadline


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StepDays(_Table):
    """How the days of a lead are counted, beside its time limits."""

    working: tuple[Deadline, ...]
    measure: int = Field(gt=0)
    report_back: int = Field(gt=0)
    urgent: int = Field(ge=0)


class ReminderDays(_Table):
    """When somebody is told; the defaults are what a county's older file means, which does not name them."""

    soon: int = Field(ge=0)
    to_town: int = Field(gt=0)
    to_county: int = Field(gt=0)
    in_vain_to_town: int = Field(default=2, gt=0)
    in_vain_to_county: int = Field(default=3, gt=0)
    """The two count days on which somebody was at the door for nothing."""
    withdrawn: int = Field(default=30, gt=0)


class UndoTime(_Table):
    """For how long a step may be taken back."""

    minutes: int = Field(ge=0)


class WorkflowPolicy(_Table):
    """Everything about the way of a lead that a county may change."""

    checked_on: date
    days: StepDays
    reminders: ReminderDays
    undo: UndoTime
