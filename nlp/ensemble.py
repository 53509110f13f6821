"""The linear model and the network together: each sees what the other misses.

The network is the slower one, so it is only asked about texts in which the linear model sees at least a trace of
difficulty or accusation; benchmarks/classifier says how many leads that costs.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.errors import ModelError
from nlp.clauses import Clause
from nlp.linear import LinearModel, LinearScores, check_content, digest_of, load_linear_model
from nlp.network.reader import FILE_NAME, NetworkReader, make_network_reader
from nlp.network.vocabulary import FILE_NAME as VOCABULARY
from nlp.scorer import Array, Scorer

SHIPPED = Path(__file__).parent / "models"
LINEAR, NETWORK, MANIFEST = "linear", "network", "manifest.toml"
_TRACES = ("any_risk", "accusation", "urgent")
_SURE = 1e-4


class CombinedHead(BaseModel):
    """How the two answers of a head become one probability, and from where it says yes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    threshold: float
    linear: float
    network: float
    intercept: float


class CombinedManifest(BaseModel):
    """Which network belongs to which linear model, and how they are weighed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    linear: str
    """Version of the linear model that the weights were fitted with."""
    network_sha256: str
    vocabulary_sha256: str
    ask_from: float
    """Probability by the linear model from which the network is asked as well."""
    head: tuple[CombinedHead, ...]


@dataclass(frozen=True)
class Ensemble:
    """Asks the linear model about every text, and the network about those in which that sees a trace of something."""

    manifest: CombinedManifest
    linear: LinearModel
    network: NetworkReader

    @cached_property
    def version(self) -> str:
        """Name of all weights, and of whatever may have been reviewed in the manifests since."""
        return f"{self.linear.version}+{self.manifest.version}-{digest_of(self.manifest)}"

    @cached_property
    def heads(self) -> dict[str, int]:
        """Column of every head by name."""
        return {head.name: column for column, head in enumerate(self.manifest.head)}

    @cached_property
    def thresholds(self) -> Array:
        """Shape (heads,): the probability from which a head says yes."""
        return np.array([head.threshold for head in self.manifest.head], dtype=np.float32)

    def score(self, contents: Sequence[str]) -> "CombinedScores":
        """The combined answers; texts without a trace have the linear model's."""
        alone = self.linear.score(contents)
        probabilities = alone.probabilities.copy()
        asked = np.flatnonzero(self.is_asked(probabilities))
        found = self.network.read([contents[int(index)] for index in asked])
        if len(asked):
            probabilities[asked] = combine(self.manifest.head, probabilities[asked], found.log_odds)
        given = dict(zip(asked.tolist(), found.given, strict=True))
        return CombinedScores(probabilities, alone, given, self.heads)

    def is_asked(self, found: Array) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Shape (texts,): which texts the network is asked about, given the linear model's probabilities."""
        columns = [self.linear.heads[name] for name in _TRACES]
        return np.asarray(found[:, columns].max(axis=1, initial=0.0) >= self.manifest.ask_from)


@dataclass(frozen=True)
class CombinedScores:
    """The answers of both models for some texts."""

    probabilities: Array
    alone: LinearScores
    given: Mapping[int, Array]
    """Of the texts that the network was asked about, what each character gave to each head."""
    heads: Mapping[str, int]

    def clause_weights(self, text: int, clauses: Sequence[Clause], head: str) -> Array:
        """Shape (clauses,): what the network saw in each; by the linear model where the network was not asked."""
        given = self.given.get(text)
        if given is None:
            return self.alone.clause_weights(text, clauses, head)
        column = given[:, self.heads[head]]
        return np.array([column[clause.start : clause.end].sum() for clause in clauses], dtype=np.float32)


def combine(heads: Sequence[CombinedHead], linear: Array, network: Array) -> Array:
    """Shape (texts, heads): probabilities from the linear model's probabilities and the network's log-odds."""
    slopes, weights, intercepts = (
        np.array([getattr(head, name) for head in heads], dtype=np.float32)
        for name in ("linear", "network", "intercept")
    )
    odds = log_odds(linear) * slopes + network * weights + intercepts
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), dtype=np.float32)


def log_odds(probabilities: Array) -> Array:
    """Of probabilities, kept from the very ends."""
    kept = np.clip(probabilities, _SURE, 1 - _SURE)
    return np.asarray(np.log(kept / (1 - kept)), dtype=np.float32)


def load_scorer(directory: Path = SHIPPED) -> Scorer:
    """The model of a directory: the linear one of its folder `linear`, with the network where a folder has one.

    Raises:
        ModelError: when a file is missing, or is not the one that the manifest names.
    """
    folder = directory / NETWORK
    linear = load_linear_model(directory / LINEAR)
    if not folder.is_dir():
        return linear
    try:
        manifest = CombinedManifest.model_validate(tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        network, vocabulary = (folder / FILE_NAME).read_bytes(), (folder / VOCABULARY).read_bytes()
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as exc:
        raise ModelError(f"分类模型 {folder} 不完整: {exc}") from exc
    check_content(folder / FILE_NAME, network, manifest.network_sha256)
    check_content(folder / VOCABULARY, vocabulary, manifest.vocabulary_sha256)
    if manifest.linear != linear.manifest.version or [head.name for head in manifest.head] != list(linear.heads):
        raise ModelError(f"分类模型 {folder} 与 {directory / LINEAR} 不是同一次训练的, 请重新训练")
    return Ensemble(manifest, linear, make_network_reader(network, folder))
