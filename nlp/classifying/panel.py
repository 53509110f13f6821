"""The panel: one model reads the whole text, one its clauses, a network reads all of it, a judge weighs.

The judge is a small network that was taught by what all said of texts that none had seen (stacked generalisation,
Wolpert 1992). It knows which categories go together, which are mistaken for each other, and how far one clear clause
outweighs a text about something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from domain.failures.errors import ModelError
from nlp.classifying.linear import LinearModel, LinearScores
from nlp.clause_model import NAMES, ClauseModel, ClauseScores, load_clause_model, pooled
from nlp.clauses import Clause
from nlp.manifests import Headed, digest_of, read_manifest
from nlp.network.folder import NetworkManifest
from nlp.network.reader import NetworkReader, NetworkScores
from nlp.scorer import Array
from nlp.weighing import WeighedHead, probabilities_of, weigh

CLAUSES, JUDGE = "clauses.npz", "judge.npz"
SUMS = {CLAUSES: "clauses_sha256", JUDGE: "judge_sha256"}
"""Of every file the field of the manifest that holds its checksum."""
_FARTHEST = 5.0
"""Standard deviations; what lies farther out counts as if it lay there."""
_UNSAID = -100.0
"""Weight of a clause that the clause model does not read, being too short to say anything."""


class PanelManifest(BaseModel):
    """Which files belong to which linear model, and how the answers are weighed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    linear: str
    """Version of the linear model that the judge was taught with."""
    network: str = ""
    """Version of the network, where the judge was taught with one."""
    clauses_sha256: str
    judge_sha256: str
    head: tuple[WeighedHead, ...]
    """First the linear model, second the judge."""


@dataclass(frozen=True)
class Judge:
    """A network of one hidden layer."""

    mean: Array
    deviation: Array
    hidden: Array
    """Shape (features, units)."""
    hidden_bias: Array
    answer: Array
    """Shape (units, heads)."""
    answer_bias: Array

    def odds(self, features: Array) -> Array:
        """Shape (texts, heads): log-odds; features are what the other models said."""
        inputs = standardised(features, self.mean, self.deviation)
        units = np.maximum(inputs @ self.hidden + self.hidden_bias, 0.0)
        return np.asarray(units @ self.answer + self.answer_bias, dtype=np.float32)


@dataclass(frozen=True)
class Panel(Headed):
    """The models and their judge."""

    manifest: PanelManifest
    linear: LinearModel
    clauses: ClauseModel
    judge: Judge
    network: NetworkReader | None = None

    @cached_property
    def version(self) -> str:
        """Name of all weights, and of whatever may have been reviewed in the manifests since."""
        return f"{self.linear.version}+{self.manifest.version}-{digest_of(self.manifest)}"

    def probabilities(self, contents: Sequence[str]) -> Array:
        """Shape (texts, heads): calibrated probabilities."""
        return self.score(contents).probabilities

    def score(self, contents: Sequence[str]) -> "PanelScores":
        """The judge's answers, and what every clause speaks for."""
        odds, read = self.linear.odds(contents), self.clauses.read(contents)
        told = [odds, pooled(read)]
        if self.network is not None:
            seen = self.network.read(contents)
            told.append(network_features(seen))
            read = [both(one, other) for one, other in zip(read, seen.read, strict=True)]
        found = weigh(self.manifest.head, odds, self.judge.odds(np.concatenate(told, axis=1)))
        return PanelScores(found, tuple(read), LinearScores(self.linear, probabilities_of(odds)))


@dataclass(frozen=True)
class PanelScores:
    """The panel's answers for some texts."""

    probabilities: Array
    read: tuple[ClauseScores, ...]
    alone: LinearScores

    def clause_weights(self, text: int, clauses: Sequence[Clause], head: str) -> Array:
        """Shape (clauses,): what was said of each; the linear model's word for heads that clauses do not speak for."""
        if head not in NAMES:
            return self.alone.clause_weights(text, clauses, head)
        found, column = self.read[text], NAMES.index(head)
        begins = np.array([clause.start for clause in found.clauses])
        return np.array(
            [
                found.odds[(begins >= clause.start) & (begins < clause.end), column].max(initial=_UNSAID)
                for clause in clauses
            ],
            dtype=np.float32,
        )


def standardised(features: Array, mean: Array, deviation: Array) -> Array:
    """What was told, in standard deviations."""
    return np.asarray(np.clip((features - mean) / deviation, -_FARTHEST, _FARTHEST), dtype=np.float32)


def network_features(scores: NetworkScores) -> Array:
    """Shape (texts, heads + POOLED): what the judge is told of the network's answers."""
    return np.concatenate([scores.odds, pooled(scores.read)], axis=1)


def both(one: ClauseScores, other: ClauseScores) -> ClauseScores:
    """What two models that cut a text alike say of its clauses, in the middle."""
    return ClauseScores(one.clauses, np.asarray((one.odds + other.odds) / 2, dtype=np.float32))


def load_panel(
    folder: Path, linear: LinearModel, network: tuple[NetworkManifest, NetworkReader] | None = None
) -> Panel:
    """The panel of a folder around a linear model and, where it was taught with one, a network.

    Raises:
        ModelError: when a file is missing, is not the one that the manifest names, or belongs to other weights.
    """
    manifest, contents = read_manifest(folder, PanelManifest, SUMS)
    if manifest.linear != linear.manifest.version or [head.name for head in manifest.head] != list(linear.heads):
        raise ModelError(f"分类模型 {folder} 与它的线性模型不是同一次训练的, 请重新训练")
    if manifest.network != (network[0].version if network else ""):
        raise ModelError(f"分类模型 {folder} 与它的神经网络不是同一次训练的, 请重新训练")
    with np.load(BytesIO(contents[JUDGE]), allow_pickle=False) as arrays:
        parts = {name: arrays[name].astype(np.float32) for name in Judge.__dataclass_fields__}
    return Panel(
        manifest=manifest,
        linear=linear,
        clauses=load_clause_model(contents[CLAUSES]),
        judge=Judge(**parts),
        network=network[1] if network else None,
    )
