"""Who moves between two households of which one stays as it was would be in both, or in none: the other stays too."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from domain.register.household import HouseholdId
from pipeline.registers.persons import Traced


def held_back(traced: Sequence[Traced], kept: Collection[HouseholdId]) -> dict[HouseholdId, HouseholdId]:
    """The further households that stay as they were, each with the one that keeps it; one may bring the next."""
    beside: defaultdict[HouseholdId, list[HouseholdId]] = defaultdict(list)
    for one in traced:
        left, joined = one.before.household_id, one.after.household_id
        if left != joined:
            beside[left].append(joined)
            beside[joined].append(left)
    held: dict[HouseholdId, HouseholdId] = {}
    waiting = sorted(kept)
    for keeper in waiting:  # grows while it is gone through
        for other in beside.get(keeper, ()):
            if other not in kept and other not in held:
                held[other] = keeper
                waiting.append(other)
    return held
