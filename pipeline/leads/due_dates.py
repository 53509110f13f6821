"""By when each step of a lead is owed: the time limits of region and year, counted with the calendar."""

from datetime import date, datetime, timedelta

from domain.clock import china_date
from domain.leads.lead import DueDates
from domain.leads.workflow import Deadline
from domain.places.region import RegionCode
from pipeline.policy.tables import Policy


def due_dates(policy: Policy, region: RegionCode, at: datetime, *, urgent: bool) -> DueDates:
    """The days counted from the day of `at` in China; an urgent lead is passed on and visited holiday or not.

    A period that counts every day and ends on a day off ends on the next working day (民法典 art. 203).

    Raises:
        ConfigError: when no time limit applies.
    """
    opened, days = china_date(at), policy.workflow.days
    limit = policy.time_limits.in_force(region, opened)
    counts = {
        Deadline.PASS_ON: limit.pass_on_days,
        Deadline.VISIT: limit.visit_days,
        Deadline.DECIDE: limit.decide_days,
        Deadline.MEASURE: days.measure,
        Deadline.REPORT_BACK: days.report_back,
    }
    due = {deadline: _day(policy, opened, deadline, count) for deadline, count in counts.items()}
    if urgent:
        at_once = opened + timedelta(days=days.urgent)
        due |= {one: min(due[one], at_once) for one in (Deadline.PASS_ON, Deadline.VISIT)}
    return DueDates(
        pass_on=due[Deadline.PASS_ON],
        visit=due[Deadline.VISIT],
        decide=due[Deadline.DECIDE],
        measure=due[Deadline.MEASURE],
        report_back=due[Deadline.REPORT_BACK],
    )


def _day(policy: Policy, opened: date, deadline: Deadline, count: int) -> date:
    if deadline in policy.workflow.days.working:
        return policy.calendar.working_days_after(opened, count)
    return policy.calendar.first_working(opened + timedelta(days=count))


def sooner(first: DueDates, second: DueDates) -> DueDates:
    """Each day the earlier of the two."""
    return DueDates(
        pass_on=min(first.pass_on, second.pass_on),
        visit=min(first.visit, second.visit),
        decide=min(first.decide, second.decide),
        measure=min(first.measure, second.measure),
        report_back=min(first.report_back, second.report_back),
    )
