"""The county's rules for the way of a lead, as the pages ask for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.leads.lead import DueDates
from domain.places.region import RegionCode
from pipeline.leads.due_dates import due_dates
from pipeline.policy.tables import Policy


@dataclass(frozen=True, slots=True)
class CountyWorkflow:
    """Answers from the policy files in force."""

    policy: Policy

    @property
    def undo_within(self) -> timedelta:
        """For how long somebody may take back the own last step."""
        return timedelta(minutes=self.policy.workflow.undo.minutes)

    @property
    def tells_withdrawn_for(self) -> timedelta:
        """For how long a department is told that a lead was taken back from it."""
        return timedelta(days=self.policy.workflow.reminders.withdrawn)

    @property
    def departments(self) -> Mapping[str, str]:
        """Chinese name by slug of the departments that leads can be transferred to."""
        return self.policy.routing.departments

    def due(self, region: RegionCode, at: datetime, *, urgent: bool) -> DueDates:
        """The days of a lead that begins, or begins anew, at `at`."""
        return due_dates(self.policy, region, at, urgent=urgent)
