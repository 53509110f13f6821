"""A household as the register has it: type, place, monitoring, and what its deliveries changed."""

from dataclasses import dataclass
from datetime import date

from domain.clock import china_date
from domain.register.household import Household, MonitoringRecord
from storage.unit_of_work import UnitOfWork

_MOST_CHANGES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRecord:
    """What the lead's page shows beside the members."""

    facts: tuple[tuple[str, str], ...]
    monitoring: tuple[str, ...]
    """One line an entry, the one in force first."""
    changes: tuple[str, ...]
    """Newest first."""


def household_record(work: UnitOfWork, household: Household) -> HouseholdRecord:
    """The record; it names nobody."""
    facts = (
        ("户编号尾号", household.id[-4:]),
        ("户类型", household.household_type),
        ("组", household.group),
        ("自然村", household.natural_village),
        ("安置点", household.relocation_site),
    )
    changes = work.register_history.of_household(household.id)[:_MOST_CHANGES]
    in_force_first = sorted(household.monitoring, key=lambda one: one.removed)
    return HouseholdRecord(
        facts=tuple((name, value) for name, value in facts if value),
        monitoring=tuple(_monitoring(one) for one in in_force_first),
        changes=tuple(f"{china_date(at)} 台账更新: {change.kind.label}" for at, change in changes),
    )


def _monitoring(record: MonitoringRecord) -> str:
    parts = [record.category.label, "、".join(record.risks)]
    if record.identified_on:
        # Registers tell the month; of a day in them the month is kept.
        parts.append(f"{_month(record.identified_on)}识别")
    if record.removed:
        parts.append(f"{_month(record.removed_on) if record.removed_on else ''}风险消除")
    return " ".join(part for part in parts if part)


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"
