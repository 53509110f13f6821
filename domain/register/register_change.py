"""What a delivery of the household register changed: households, persons, and where old numbers went."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId


class HouseholdChangeKind(Labelled):
    """What became of a household between two versions of the register."""

    NEW = "new", "新增户"
    GONE = "gone", "不在册户"
    CHANGED = "changed", "信息变更"
    MOVED = "moved", "换编号或迁居"
    SPLIT = "split", "分户"
    MERGED = "merged", "并户"


class PersonChangeKind(Labelled):
    """What became of a person; the register says no reason, so a death and a moving away look the same."""

    BORN = "born", "新生"
    JOINED = "joined", "新入册"
    LEFT = "left", "去世或迁出"
    MOVED = "moved", "转到另一户"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdChange:
    """One household of the report."""

    kind: HouseholdChangeKind
    household_id: HouseholdId
    village: RegionCode
    related: tuple[HouseholdId, ...] = ()
    """The other numbers it concerns: where its people went, or, for a new one, none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """One person of the report, by masked name."""

    kind: PersonChangeKind
    masked_name: str
    before: HouseholdId | None
    after: HouseholdId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Where the people of a household went whose number no longer means them."""

    household_id: HouseholdId
    successors: tuple[HouseholdId, ...]
    """Every household that people of the old one are in now, the one that took most first."""
    clear: bool
    """True when the first successor stands for the old household; otherwise a person has to look."""
    same_people: bool
    """True when nobody of another household is in the successor."""
    reason: str
    """Chinese sentence for the record; it names no person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDiff:
    """From one version of the register to the next."""

    added: tuple[Household, ...]
    replaced: tuple[Household, ...]
    """Households as they are now whose number was there before with other content."""
    gone: tuple[HouseholdId, ...]
    households: tuple[HouseholdChange, ...]
    persons: tuple[PersonChange, ...]
    successions: tuple[Succession, ...]

    @classmethod
    def empty(cls) -> Self:
        """Nothing changed, or there is nothing to compare with."""
        return cls(added=(), replaced=(), gone=(), households=(), persons=(), successions=())

    def counts(self) -> dict[HouseholdChangeKind, int]:
        """How many households changed in each way."""
        found = Counter(change.kind for change in self.households)
        return {kind: found[kind] for kind in HouseholdChangeKind}

    def person_counts(self) -> dict[PersonChangeKind, int]:
        """How many persons changed in each way."""
        found = Counter(change.kind for change in self.persons)
        return {kind: found[kind] for kind in PersonChangeKind}
