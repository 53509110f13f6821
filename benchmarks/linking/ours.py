"""Today's linking as the pipeline runs it, over a register in memory instead of a database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.linking.linker import Answer, LinkText, Ranked
from domain.household import Household, HouseholdId
from domain.region import RegionCode
from pipeline.link import RegistryAnswers
from pipeline.linking.blocking import lookups, phone_numbers
from pipeline.linking.decide import link


class OurLinker:
    """Answers the lookups of `pipeline.linking` from dictionaries and lets it decide; no classifier reads the texts."""

    one_by_one = True

    def __init__(self) -> None:
        """Start with an empty register."""
        by_village: defaultdict[RegionCode, list[HouseholdId]] = defaultdict(list)
        self._register = RegistryAnswers(defaultdict(list), defaultdict(list), defaultdict(list), by_village, {})

    def load(self, households: Iterable[Household]) -> None:
        """Keep the households, by every key that a lookup may ask for."""
        register = self._register
        for household in households:
            register.households[household.id] = household
            register.by_village[household.village].append(household.id)
            for person in household.persons:
                register.by_name[person.name].append(household.id)
                if person.id_number:
                    register.by_id_number[person.id_number.upper()].append(household.id)
                for number in phone_numbers(person.phone):
                    register.by_phone[number].append(household.id)

    def learn(self, texts: Sequence[LinkText]) -> None:
        """Nothing to learn: the weights are written by hand."""

    def link(self, texts: Sequence[LinkText]) -> list[Answer]:
        """The decisions and candidates as the stage would store them."""
        return [self._answer(text) for text in texts]

    def _answer(self, text: LinkText) -> Answer:
        wanted = lookups(text.document, text.mentions)
        counts = {name: len(self._register.by_name.get(name, ())) for name in wanted.names}
        outcome = link(text.document, text.mentions, None, self._register.candidates(wanted), counts)
        ranked = tuple(Ranked(one.household_id, one.probability) for one in outcome.candidates)
        absent = max(0.0, 1.0 - sum(one.probability for one in ranked))
        return Answer(ranked, absent, outcome.decision)
