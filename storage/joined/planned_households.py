"""Which household a planned lead speaks of, under the register of today."""

from domain.leads.planned_lead import PlannedLead
from domain.register.household import Household, HouseholdId
from storage.unit_of_work import UnitOfWork


def household_now(work: UnitOfWork, planned: PlannedLead) -> HouseholdId | None:
    """The number of the household that was meant; None where only a person can say which one it is.

    One that is gone keeps its number as long as nobody else has it. What an older program planned does not say of which
    register its number is: once the number has meant others at any time, it does not tell the household.
    """
    number, since = planned.household_id, planned.register_version
    now = work.register_history.whereabouts(number, since)
    if not now.clear:
        return None
    if not now.households:
        return number if work.registry.village_of(number) is None else None
    return now.households[0] if since or now.households == (number,) else None


def household_meant(work: UnitOfWork, planned: PlannedLead) -> Household | None:
    """The household as it was registered when the lead was planned; None where an older program planned it."""
    return work.registry.of_version(planned.household_id, planned.register_version)


def unclear_plans(work: UnitOfWork) -> list[PlannedLead]:
    """Those that wait for a person to say which household is meant; none that is open or settled."""
    return [one for one in work.planned_leads.waiting() if household_now(work, one) is None]
