"""The panel and the network together: each sees what the other misses.

The network is the slower one, so it is only asked about texts in which the panel sees at least a trace of difficulty or
accusation; benchmarks/classifier says how many leads that costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from domain.errors import ModelError
from nlp.clauses import Clause
from nlp.linear import load_linear_model
from nlp.manifests import Headed, digest_of, read_manifest
from nlp.network.reader import FILE_NAME, NetworkReader, make_network_reader
from nlp.network.vocabulary import FILE_NAME as VOCABULARY
from nlp.panel import Panel, PanelScores, load_panel
from nlp.scorer import Array, Scorer
from nlp.weighing import WeighedHead, log_odds, weigh

SHIPPED = Path(__file__).parent / "models"
LINEAR, PANEL, NETWORK = "linear", "panel", "network"
_TRACES = ("any_risk", "accusation", "urgent")


class CombinedManifest(BaseModel):
    """Which network belongs to which panel, and how they are weighed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    panel: str
    """Version of the panel that the weights were fitted with."""
    network_sha256: str
    vocabulary_sha256: str
    ask_from: float
    """Probability by the panel from which the network is asked as well."""
    head: tuple[WeighedHead, ...]
    """First the panel, second the network."""


@dataclass(frozen=True)
class Ensemble(Headed):
    """Asks the panel about every text, and the network about those in which that sees a trace of something."""

    manifest: CombinedManifest
    panel: Panel
    network: NetworkReader

    @cached_property
    def version(self) -> str:
        """Name of all weights, and of whatever may have been reviewed in the manifests since."""
        return f"{self.panel.version}+{self.manifest.version}-{digest_of(self.manifest)}"

    def score(self, contents: Sequence[str]) -> "CombinedScores":
        """The combined answers; texts without a trace have the panel's."""
        alone = self.panel.score(contents)
        probabilities = alone.probabilities.copy()
        asked = np.flatnonzero(self.is_asked(probabilities))
        found = self.network.read([contents[int(index)] for index in asked])
        if len(asked):
            probabilities[asked] = weigh(self.manifest.head, log_odds(probabilities[asked]), found.log_odds)
        given = dict(zip(asked.tolist(), found.given, strict=True))
        return CombinedScores(probabilities, alone, given, self.heads)

    def is_asked(self, found: Array) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Shape (texts,): which texts the network is asked about, given the panel's probabilities."""
        columns = [self.panel.heads[name] for name in _TRACES]
        return np.asarray(found[:, columns].max(axis=1, initial=0.0) >= self.manifest.ask_from)


@dataclass(frozen=True)
class CombinedScores:
    """The answers of both for some texts."""

    probabilities: Array
    alone: PanelScores
    given: Mapping[int, Array]
    """Of the texts that the network was asked about, what each character gave to each head."""
    heads: Mapping[str, int]

    def clause_weights(self, text: int, clauses: Sequence[Clause], head: str) -> Array:
        """Shape (clauses,): what the network saw in each; by the clause model where the network was not asked."""
        given = self.given.get(text)
        if given is None:
            return self.alone.clause_weights(text, clauses, head)
        column = given[:, self.heads[head]]
        return np.array([column[clause.start : clause.end].sum() for clause in clauses], dtype=np.float32)


def load_scorer(directory: Path = SHIPPED) -> Scorer:
    """The model of a directory: linear model and panel of its folders, with the network where a folder has one.

    Raises:
        ModelError: when a file is missing, or is not the one that the manifest names.
    """
    folder = directory / NETWORK
    panel = load_panel(directory / PANEL, load_linear_model(directory / LINEAR))
    if not folder.is_dir():
        return panel
    sums = {FILE_NAME: "network_sha256", VOCABULARY: "vocabulary_sha256"}
    manifest, contents = read_manifest(folder, CombinedManifest, sums)
    if manifest.panel != panel.manifest.version or [head.name for head in manifest.head] != list(panel.heads):
        raise ModelError(f"分类模型 {folder} 与 {directory / PANEL} 不是同一次训练的, 请重新训练")
    return Ensemble(manifest, panel, make_network_reader(contents[FILE_NAME], folder))
