"""What each delivery of the register changed, and where households went whose number means them no more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.register.register_change import (
    HouseholdChange,
    HouseholdChangeKind,
    PersonChange,
    PersonChangeKind,
    RegisterDiff,
    Succession,
)
from storage.session import Session, chunks
from storage.tables.registry import (
    HouseholdChangeRow,
    HouseholdRow,
    PersonChangeRow,
    RegistryVersionRow,
    SuccessionRow,
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a household is now that somebody named by the number it had once."""

    households: tuple[HouseholdId, ...]
    """One as a rule; none when it is gone."""
    clear: bool = True
    """False when a person has to say which of the households, if any, stands for it."""
    same_people: bool = True
    """True while no step on the way brought other households' people in."""


class RegisterHistory:
    """Appended with each version, never changed."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._steps: dict[HouseholdId, list[tuple[int, Succession]]] = {}
        self._current: dict[HouseholdId, bool] = {}

    def preload(self, ids: Sequence[HouseholdId]) -> None:
        """Read what `whereabouts` has to know of many households at once; it then asks no more for them.

        For a transaction that reads.
        """
        found = self.successions(ids)
        self._steps |= {household_id: found[household_id] for household_id in ids}
        for part in chunks(ids):
            query = select(HouseholdRow.household_id).where(
                HouseholdRow.household_id.in_(part), HouseholdRow.valid_to.is_(None)
            )
            current = set(self._session.connection.scalars(query))
            self._current |= {HouseholdId(household_id): household_id in current for household_id in part}

    def add(self, version: int, diff: RegisterDiff) -> None:
        """Append the report and the successions of a version."""
        households = [
            {
                "version": version,
                "position": position,
                "kind": change.kind.value,
                "household_id": change.household_id,
                "village": change.village.digits,
                "related": list(change.related),
            }
            for position, change in enumerate(diff.households)
        ]
        persons = [
            {
                "version": version,
                "position": position,
                "kind": change.kind.value,
                "masked_name": change.masked_name,
                "before": change.before,
                "after": change.after,
            }
            for position, change in enumerate(diff.persons)
        ]
        successions = [
            {
                "household_id": one.household_id,
                "version": version,
                "successors": list(one.successors),
                "clear": one.clear,
                "same_people": one.same_people,
                "reason": one.reason,
            }
            for one in diff.successions
        ]
        self._session.insert_new(HouseholdChangeRow, households)
        self._session.insert_new(PersonChangeRow, persons)
        self._session.insert_new(SuccessionRow, successions)

    def households(self, version: int) -> list[HouseholdChange]:
        """The households of a version's report in its order."""
        query = select(HouseholdChangeRow.__table__).where(HouseholdChangeRow.version == version)
        return [_change(row) for row in self._session.connection.execute(query.order_by(HouseholdChangeRow.position))]

    def of_household(self, household_id: HouseholdId) -> list[tuple[datetime, HouseholdChange]]:
        """What the deliveries of the register changed of one number, newest first, with when each came."""
        query = (
            select(*HouseholdChangeRow.__table__.columns, RegistryVersionRow.at)
            .join(RegistryVersionRow, RegistryVersionRow.version == HouseholdChangeRow.version)
            .where(HouseholdChangeRow.household_id == household_id)
        )
        rows: list[Any] = list(self._session.connection.execute(query.order_by(HouseholdChangeRow.version.desc())))
        return [(row.at, _change(row)) for row in rows]

    def persons(self, version: int) -> list[PersonChange]:
        """The persons of a version's report in its order."""
        query = select(PersonChangeRow.__table__).where(PersonChangeRow.version == version)
        return [
            PersonChange(
                kind=PersonChangeKind(row.kind),
                masked_name=row.masked_name,
                before=HouseholdId(row.before) if row.before else None,
                after=HouseholdId(row.after) if row.after else None,
            )
            for row in self._session.connection.execute(query.order_by(PersonChangeRow.position))
        ]

    def successions(self, ids: Sequence[HouseholdId]) -> dict[HouseholdId, list[tuple[int, Succession]]]:
        """Each number's successions with their versions, oldest first."""
        found: dict[HouseholdId, list[tuple[int, Succession]]] = defaultdict(list)
        for part in chunks(ids):
            query = select(SuccessionRow.__table__).where(SuccessionRow.household_id.in_(part))
            for row in self._session.connection.execute(query.order_by(SuccessionRow.version)):
                found[HouseholdId(row.household_id)].append((row.version, _succession(row)))
        return found

    def whereabouts(self, household_id: HouseholdId, since: int) -> Whereabouts:
        """Where the household is now that had this number in version `since` of the register."""
        known = self._steps.get(household_id)
        steps = self.successions([household_id])[household_id] if known is None else known
        later = (step for step in steps if step[0] > since)
        version, step = next(later, (since, None))
        if step is None:
            return Whereabouts((household_id,) if self._is_current(household_id) else ())
        if not step.clear:
            parts = [self.whereabouts(one, version) for one in step.successors]
            ids = dict.fromkeys(one for part in parts for one in part.households)
            return Whereabouts(tuple(ids), clear=False, same_people=False)
        heir = self.whereabouts(step.successors[0], version)
        return replace(heir, same_people=step.same_people and heir.same_people)

    def _is_current(self, household_id: HouseholdId) -> bool:
        if household_id in self._current:
            return self._current[household_id]
        query = select(HouseholdRow.row_id).where(
            HouseholdRow.household_id == household_id, HouseholdRow.valid_to.is_(None)
        )
        return self._session.connection.execute(query.limit(1)).first() is not None


def _change(row: Row[Any]) -> HouseholdChange:
    return HouseholdChange(
        kind=HouseholdChangeKind(row.kind),
        household_id=HouseholdId(row.household_id),
        village=RegionCode(row.village),
        related=tuple(HouseholdId(one) for one in row.related),
    )


def _succession(row: Row[Any]) -> Succession:
    return Succession(
        household_id=HouseholdId(row.household_id),
        successors=tuple(HouseholdId(one) for one in row.successors),
        clear=row.clear,
        same_people=row.same_people,
        reason=row.reason,
    )
