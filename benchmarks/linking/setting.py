"""What is measured: on which register, with which texts, by which linkers; handed from process to process."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.linking.material import load_material
from benchmarks.linking.names import load_names
from benchmarks.linking.register import Register, make_register
from benchmarks.linking.villages import VillageList, read_villages
from domain.labelled import Labelled
from domain.places.region import RegionCode

TUNING_SEEDS = range(1, 6)
FIRST_FIGURE_SEED = 101


class Method(Labelled):
    """A linker that is measured."""

    EXACT = "exact", "同名同村"
    SPLINK = "splink", "Splink"
    OURS = "ours", "前哨"


class Source(Labelled):
    """Where mentions come from."""

    FOUND = "found", "自动识别的提及"
    GOLD = "gold", "标准提及"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One run of the benchmark."""

    gazetteer: Path
    names: Path
    persons: int
    mentions: int
    seed: int
    work: Path
    division: RegionCode | None = None
    """Only the villages of this division; all of the list without one."""

    @property
    def tuning_seed(self) -> int:
        """The seed of the texts that linkers may learn on; never the one that is measured."""
        return self.seed % len(TUNING_SEEDS) + 1 if self.seed in TUNING_SEEDS else TUNING_SEEDS[0]

    def villages(self) -> VillageList:
        """The village list."""
        villages = read_villages(self.gazetteer)
        return villages.inside(self.division) if self.division else villages

    def register(self, villages: VillageList) -> Register:
        """The register of the run."""
        words = load_material().sites
        return make_register(
            villages.villages,
            load_names(self.names),
            (words.first, words.second),
            persons=self.persons,
            seed=self.seed,
        )

    def texts(self, seed: int) -> Path:
        """Where the texts of the seed lie."""
        return self.work / f"texts_{self.persons}_{self.seed}_{seed}.jsonl"
