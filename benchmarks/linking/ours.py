"""Today's linking as the pipeline runs it, over a register in memory instead of a database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.linking.linker import Answer, LinkText, Ranked
from domain.register.household import Household, HouseholdId
from pipeline.linking.blocking import by_names, lookups, phone_numbers
from pipeline.linking.chances import Chances
from pipeline.linking.decide import link
from pipeline.linking.facts import Facts
from pipeline.linking.index_building import build_index
from pipeline.linking.parameters import load_parameters
from pipeline.linking.register_index import Registered
from pipeline.linking.registered_names import with_registered_names


class OurLinker:
    """Answers by name from the index, by number from dictionaries; no classifier reads the texts."""

    one_by_one = True

    def __init__(self) -> None:
        """Start with an empty register."""
        self._households: dict[HouseholdId, Household] = {}
        self._by_number: defaultdict[str, list[HouseholdId]] = defaultdict(list)
        self._chances = Chances(build_index([]))

    def load(self, households: Iterable[Household]) -> None:
        """Keep the households and build the index of their names."""
        self._chances = Chances(build_index(self._registered(households)))

    def _registered(self, households: Iterable[Household]) -> Iterator[Registered]:
        for household in households:
            self._households[household.id] = household
            for person in household.persons:
                numbers = {person.id_number.upper(), *phone_numbers(person.phone)} - {""}
                for number in numbers:
                    self._by_number[number].append(household.id)
                yield Registered(household.id, household.village, person.name)

    def learn(self, texts: Sequence[LinkText]) -> None:
        """Nothing to learn: the parameters ship with the code."""

    def link(self, texts: Sequence[LinkText]) -> list[Answer]:
        """The decisions and candidates as the stage would store them."""
        return [self._answer(text) for text in texts]

    def _answer(self, text: LinkText) -> Answer:
        read = Facts(document=text.document, mentions=text.mentions, reading=None)
        facts = with_registered_names(read, self._chances.index)
        asked = lookups(text.document, text.mentions)
        numbered = {found for number in (*asked.id_numbers, *asked.phones) for found in self._by_number.get(number, ())}
        found = {one: self._households[one] for one in sorted(by_names(facts, self._chances.index) | numbered)}
        outcome = link(facts, found, self._chances, load_parameters())
        ranked = tuple(Ranked(one.household_id, one.probability) for one in outcome.candidates)
        return Answer(ranked, outcome.absent or 0.0, outcome.decision)
