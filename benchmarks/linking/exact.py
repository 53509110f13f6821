"""The plainest baseline: somebody of exactly this full name in exactly this village."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.linking.linker import Answer, LinkText, Ranked
from domain.register.household import Household, HouseholdId


class ExactLinker:
    """Looks up full name and village; several households share the probability."""

    one_by_one = True

    def __init__(self) -> None:
        """Start with an empty register."""
        self._doors: dict[tuple[str, str], list[HouseholdId]] = defaultdict(list)

    def load(self, households: Iterable[Household]) -> None:
        """Index every person by name and village."""
        for household in households:
            for person in household.persons:
                self._doors[person.name, household.village.digits].append(household.id)

    def learn(self, texts: Sequence[LinkText]) -> None:
        """Nothing to learn."""

    def link(self, texts: Sequence[LinkText]) -> list[Answer]:
        """The households that answer, in the order of the register."""
        return [self._answer(text) for text in texts]

    def _answer(self, text: LinkText) -> Answer:
        found = dict.fromkeys(
            household_id
            for record in text.records
            if record.name and record.village
            for household_id in self._doors.get((record.name, record.village), ())
        )
        return Answer(tuple(Ranked(one, 1 / len(found)) for one in found), absent=0.0 if found else 1.0)
