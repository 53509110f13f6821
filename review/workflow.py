"""What the pages ask of the county's rules for the way of a lead; whoever joins the parts hands in what answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from domain.leads.lead import DueDates
from domain.places.region import RegionCode


class Workflow(Protocol):
    """Deadlines, departments and the time for second thoughts."""

    @property
    def undo_within(self) -> timedelta:
        """For how long somebody may take back the own last step."""
        ...

    @property
    def tells_withdrawn_for(self) -> timedelta:
        """For how long a department is told that a lead was taken back from it."""
        ...

    @property
    def departments(self) -> Mapping[str, str]:
        """Chinese name by slug of the departments that leads can be transferred to."""
        ...

    def due(self, region: RegionCode, at: datetime, *, urgent: bool) -> DueDates:
        """The days of a lead that begins anew at `at`."""
        ...
