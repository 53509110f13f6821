"""The linear model: character n-grams of the whole text, one weight vector per head, calibrated probabilities.

Serving needs three arrays and a list of n-grams; there is nothing in the files that could run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from nlp.clauses import Clause
from nlp.manifests import Headed, digest_of, read_manifest
from nlp.ngrams import NgramWeights, parted
from nlp.scorer import Array
from nlp.weighing import probabilities_of

REACH = (1, 3)
"""Shortest and longest n-gram."""
VOCABULARY, WEIGHTS = "vocabulary.txt", "weights.npz"


class HeadManifest(BaseModel):
    """One head: its threshold for the label and how its scores become probabilities."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    threshold: float
    slope: float
    intercept: float


class Manifest(BaseModel):
    """What the weights are and which files hold them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    trained_on: str
    data_sha256: tuple[str, ...]
    weights_sha256: str
    vocabulary_sha256: str
    head: tuple[HeadManifest, ...]


@dataclass(frozen=True)
class LinearModel(Headed):
    """Weights with everything that turns a text into probabilities."""

    manifest: Manifest
    ngrams: NgramWeights
    bias: Array
    """Shape (heads,)."""

    @cached_property
    def version(self) -> str:
        """Name of the weights, and of the thresholds and calibration that may have been reviewed since."""
        return f"{self.manifest.version}-{digest_of(self.manifest)}"

    def odds(self, contents: Sequence[str]) -> Array:
        """Shape (texts, heads): calibrated log-odds."""
        if not contents:
            return np.zeros((0, len(self.manifest.head)), dtype=np.float32)
        slopes = np.array([head.slope for head in self.manifest.head], dtype=np.float32)
        intercepts = np.array([head.intercept for head in self.manifest.head], dtype=np.float32)
        return np.asarray((self.ngrams.scores(contents) + self.bias) * slopes + intercepts, dtype=np.float32)

    def probabilities(self, contents: Sequence[str]) -> Array:
        """Shape (texts, heads): calibrated probabilities."""
        return probabilities_of(self.odds(contents))

    def score(self, contents: Sequence[str]) -> "LinearScores":
        """The probabilities, and the weights of clauses when they are asked for."""
        return LinearScores(self, self.probabilities(contents))

    def contributions(self, clauses: Sequence[str], head: str) -> Array:
        """Shape (clauses,): how much each clause speaks for a head."""
        return self.ngrams.sums(clauses, self.heads[head])


@dataclass(frozen=True)
class LinearScores:
    """The linear model's answers for some texts."""

    model: LinearModel
    probabilities: Array

    def clause_weights(self, text: int, clauses: Sequence[Clause], head: str) -> Array:
        """Shape (clauses,): the sum of the weights of each clause's n-grams, whichever text it stands in."""
        return self.model.contributions([clause.text for clause in clauses], head)


def load_linear_model(directory: Path) -> LinearModel:
    """The model of a directory.

    Raises:
        ModelError: when a file is missing, or is not the one that the manifest names.
    """
    sums = {VOCABULARY: "vocabulary_sha256", WEIGHTS: "weights_sha256"}
    manifest, contents = read_manifest(directory, Manifest, sums)
    with np.load(BytesIO(contents[WEIGHTS]), allow_pickle=False) as arrays:
        ngrams = NgramWeights(
            vocabulary=parted(contents[VOCABULARY]),
            idf=arrays["idf"].astype(np.float32),
            weights=arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32),
            reach=REACH,
        )
        return LinearModel(manifest, ngrams, arrays["bias"].astype(np.float32))
