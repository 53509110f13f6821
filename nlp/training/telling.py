"""What the judge is taught with: what models say of texts that they have not seen, and the models of all texts."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.classifying.linear import LinearModel
from nlp.classifying.panel import network_features
from nlp.clause_model import POOLED, ClauseModel, pooled
from nlp.network.reader import NetworkReader
from nlp.training.heads import targets_of
from nlp.training.labelled_texts import LabelledText, weights_of
from nlp.training.train_clauses import MarkedClauses, check_marks, fit_clauses, marked_clauses
from nlp.training.train_linear import FOLDS, fit_linear, folds_of

_LOG = logging.getLogger(__name__)
_NETWORK_FOLDS = 3
"""Parts of the texts for the network, which takes longest to train."""


class TrainedNetwork(Protocol):
    """A network that can be read and written."""

    @property
    def version(self) -> str:
        """Name of the weights."""
        ...

    def reader(self) -> NetworkReader:
        """The network as it is served."""
        ...

    def write(self, folder: Path) -> None:
        """Write the folder that `load_network` reads."""
        ...


class NetworkRecipe(Protocol):
    """How a network is trained; `nlp.training.train_network` has one, and needs torch."""

    def fit(self, texts: Sequence[LabelledText], names: Sequence[str], marked: MarkedClauses) -> TrainedNetwork:
        """A network of these texts, whose clauses are `marked`."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """What the models say of texts that they were not trained on."""

    linear: NDArray[np.float32]
    """Shape (texts, heads): log-odds."""
    clauses: NDArray[np.float32]
    """Shape (texts, POOLED)."""
    network: NDArray[np.float32]
    """Shape (texts, heads + POOLED), or (texts, 0) without a network."""

    @property
    def features(self) -> NDArray[np.float32]:
        """Shape (texts, features): what the judge is told."""
        return np.concatenate([self.linear, self.clauses, self.network], axis=1)

    def of(self, rows: NDArray[np.bool_]) -> "Told":
        """What they say of some of the texts."""
        return Told(self.linear[rows], self.clauses[rows], self.network[rows])


@dataclass(frozen=True, slots=True)
class Telling:
    """All that the judge is taught with, and the models that it will judge."""

    linear: LinearModel
    clauses: ClauseModel
    network: TrainedNetwork | None
    told: Told
    targets: NDArray[np.int8]
    """Shape (texts, heads)."""
    folds: NDArray[np.intp]
    """Shape (texts,): the part of the texts that each was told of by models of the others."""
    weights: NDArray[np.float32]
    """Shape (texts,): how much each counts."""


def tell(
    texts: Sequence[LabelledText],
    names: Sequence[str],
    *,
    network: NetworkRecipe | None = None,
    fingerprints: tuple[str, ...] = (),
) -> Telling:
    """The models of these texts, and what models of their kind say of each text when they have not seen it."""
    folds = folds_of(texts)
    clauses = marked_clauses(texts)
    check_marks(clauses, folds)
    linear, odds = fit_linear(texts, names, folds, fingerprints=fingerprints)
    contents = [text.content for text in texts]
    seen, trained = _network(texts, names, clauses, network)
    told = Told(odds, _unseen(clauses, contents, folds), seen)
    return Telling(linear, fit_clauses(clauses), trained, told, targets_of(texts, names), folds, weights_of(texts))


def _unseen(marked: MarkedClauses, contents: Sequence[str], folds: NDArray[np.intp]) -> NDArray[np.float32]:
    """Shape (texts, POOLED): what models of clauses that had not seen a text say of it."""
    found = np.zeros((len(contents), POOLED), dtype=np.float32)
    for fold in range(FOLDS):
        held = [content for content, own in zip(contents, folds, strict=True) if own == fold]
        found[folds == fold] = pooled(fit_clauses(marked.of(folds != fold)).read(held))
        _LOG.info("clause model for part %d of %d", fold + 1, FOLDS)
    return found


def _network(
    texts: Sequence[LabelledText],
    names: Sequence[str],
    clauses: MarkedClauses,
    recipe: NetworkRecipe | None,
) -> tuple[NDArray[np.float32], TrainedNetwork | None]:
    """What networks that had not seen a text say of it, and the network of all texts; nothing without a recipe."""
    if recipe is None:
        return np.zeros((len(texts), 0), dtype=np.float32), None
    found = np.zeros((len(texts), len(names) + POOLED), dtype=np.float32)
    folds = folds_of(texts, _NETWORK_FOLDS)
    for fold in range(_NETWORK_FOLDS):
        _LOG.info("network for part %d of %d", fold + 1, _NETWORK_FOLDS)
        others = [text for text, own in zip(texts, folds, strict=True) if own != fold]
        reader = recipe.fit(others, names, clauses.of(folds != fold)).reader()
        held = reader.read([text.content for text, own in zip(texts, folds, strict=True) if own == fold])
        found[folds == fold] = network_features(held)
    _LOG.info("network of all texts")
    return found, recipe.fit(texts, names, clauses)
