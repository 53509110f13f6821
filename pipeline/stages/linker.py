"""The register made ready for linking: asks for the households that texts may mean, and decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.links.link import Link
from domain.register.household import Household, HouseholdId
from pipeline.linking.blocking import by_names, lookups
from pipeline.linking.chances import Chances
from pipeline.linking.decide import VERSION, link
from pipeline.linking.facts import Facts
from pipeline.linking.index_building import build_index
from pipeline.linking.parameters import Parameters
from pipeline.linking.register_index import FORMAT, Registered, RegisterIndex
from pipeline.linking.registered_names import with_registered_names
from storage.encryption.kept_arrays import KeptArrays
from storage.unit_of_work import UnitOfWork

Found = dict[HouseholdId, Household]


@dataclass(frozen=True)
class Linker:
    """One version of the register."""

    registry_version: int
    index: RegisterIndex
    parameters: Parameters

    @property
    def version(self) -> str:
        """Version of the rules, the parameters and the register."""
        return version_of(self.registry_version, self.parameters)

    @cached_property
    def chances(self) -> Chances:
        """How common names are."""
        return Chances(self.index)

    def read(self, facts: Facts) -> Facts:
        """The facts with the names that the register knows and the finder missed or cut short."""
        return with_registered_names(facts, self.index)

    def candidates(self, work: UnitOfWork, facts: Sequence[Facts]) -> list[Found]:
        """Of every document the households it may mean; the register is asked once for all of them."""
        wanted = [lookups(one.document, one.mentions) for one in facts]
        by_id = work.registry.by_id_numbers(sorted({number for one in wanted for number in one.id_numbers}))
        by_phone = work.registry.by_phones(sorted({phone for one in wanted for phone in one.phones}))
        ids = [
            {
                *by_names(one, self.index),
                *(found for number in asked.id_numbers for found in by_id.get(number, ())),
                *(found for phone in asked.phones for found in by_phone.get(phone, ())),
            }
            for one, asked in zip(facts, wanted, strict=True)
        ]
        households = work.registry.households(sorted({found for own in ids for found in own}))
        return [{found: households[found] for found in sorted(own) if found in households} for own in ids]

    def link(self, facts: Facts, found: Found) -> Link:
        """The link of one document."""
        return link(facts, found, self.chances, self.parameters)


def version_of(registry_version: int, parameters: Parameters) -> str:
    """The name of everything that decides how texts are linked."""
    return f"{VERSION}+{parameters.version}-{parameters.digest}+registry-{registry_version}"


def load_linker(work: UnitOfWork, kept: KeptArrays, parameters: Parameters) -> Linker:
    """The current register; its index is built once a version and kept."""
    version = work.registry.version()
    name = f"{FORMAT}-registry-{version}-{work.registry.edition()}"
    arrays = kept.read(name)
    if arrays is None:
        index = build_index(Registered(*row) for row in work.registry.names())
        kept.write(name, index.arrays())
    else:
        index = RegisterIndex(**arrays)
    return Linker(version, index, parameters)
