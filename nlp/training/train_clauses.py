"""Trains the model of clauses on those that readers marked as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from domain.failures.errors import ConfigError
from nlp.clause_model import NAMES, NEAR_REACH, OWN_REACH, ClauseModel, Unit, units_of
from nlp.training.heads import UNKNOWN, targets_of
from nlp.training.labelled_texts import LabelledText, weights_of
from nlp.training.marking import marks_of
from nlp.training.ngram_features import fit_heads, ngram_features

_NEAR_SHARE = 0.5
"""How much a clause's neighbours count beside it; without them evidence is found less often (docs/performance.md)."""
_FEWEST = {"own": 3, "near": 5}
"""An n-gram in fewer clauses than this is a name or a slip."""
_FEWEST_TEXTS = 5
"""With evidence marked in fewer texts nothing can be learned of a head."""
_FEATURES = {"own": 90_000, "near": 30_000}
"""Kept by the size of their weights over all heads."""
_STRENGTH = 6.0
"""Inverse regularisation, chosen by cross-validation of the whole panel; 2 is 0.002 lower."""
_AGAINST = 15
"""So many clauses that do not carry what is asked for beside each that does, both from texts about other difficulties
and from any: more take longer and find evidence less often."""


@dataclass(frozen=True, slots=True)
class MarkedClauses:
    """Every clause of some texts, and what it is known to speak for."""

    units: tuple[Unit, ...]
    owners: NDArray[np.intp]
    """Shape (clauses,): which text each belongs to."""
    targets: NDArray[np.int8]
    """Shape (clauses, heads): 1 marked as evidence, 0 no evidence, UNKNOWN where the text has what the head asks for
    and nobody marked which clauses carry it."""
    weights: NDArray[np.float32]
    """Shape (clauses,): how much each teaches."""

    def of(self, texts: NDArray[np.bool_]) -> "MarkedClauses":
        """Those of some of the texts, which are numbered anew."""
        rows = np.flatnonzero(texts[self.owners])
        units = tuple(self.units[row] for row in rows)
        return MarkedClauses(units, (np.cumsum(texts) - 1)[self.owners[rows]], self.targets[rows], self.weights[rows])


def fit_clauses(marked: MarkedClauses) -> ClauseModel:
    """The model of these; texts without marks teach which clauses are no evidence."""
    own = ngram_features([unit.clause.text for unit in marked.units], OWN_REACH, fewest=_FEWEST["own"])
    near = ngram_features([unit.near for unit in marked.units], NEAR_REACH, fewest=_FEWEST["near"])
    features = csr_matrix(hstack([own.features, near.features * _NEAR_SHARE]))
    examples = partial(_examples, marked)
    weights, bias = fit_heads(features, marked.targets, examples, strength=_STRENGTH, weights=marked.weights)
    border = own.features.shape[1]
    return ClauseModel(
        own=own.strongest(weights[:border], _FEATURES["own"]),
        near=near.strongest(weights[border:] * _NEAR_SHARE, _FEATURES["near"]),
        bias=bias,
    )


def marked_clauses(texts: Sequence[LabelledText]) -> MarkedClauses:
    """All clauses with their targets."""
    units, owners, targets = [], [], []
    for index, text in enumerate(texts):
        marks = marks_of(text, NAMES)
        known = np.where(targets_of([text], NAMES)[0] == 1, UNKNOWN, 0).astype(np.int8)
        known[[mark.head for mark in marks]] = 0
        for unit in units_of(text.content):
            own = known.copy()
            for mark in marks:
                if unit.clause.start < mark.end and mark.start < unit.clause.end:
                    own[mark.head] = 1
            units.append(unit)
            owners.append(index)
            targets.append(own)
    table = np.array(targets, dtype=np.int8).reshape(-1, len(NAMES))
    own_text = np.array(owners, dtype=np.intp)
    return MarkedClauses(tuple(units), own_text, table, weights_of(texts)[own_text])


def check_marks(marked: MarkedClauses, folds: NDArray[np.intp]) -> None:
    """ConfigError when a head has too little marked evidence for a model of any four fifths of the texts.

    `folds` has shape (texts,).
    """
    poor = []
    for name, target in zip(NAMES, marked.targets.T, strict=True):
        carrying = np.unique(marked.owners[target == 1])
        if len(carrying) < _FEWEST_TEXTS or len(np.unique(folds[carrying])) < 2:
            poor.append(name)
    if poor:
        raise ConfigError(
            f"标明了依据的文本太少, 训练不了: {'、'.join(poor)} 各需至少{_FEWEST_TEXTS}条; "
            "请在标注里写明 evidence, 或用 --marks 给出依据所在"
        )


def _examples(marked: MarkedClauses, column: int) -> NDArray[np.intp]:
    """Clauses to learn a head from: all that carry it, the others of the same texts, and some of all others."""
    target = marked.targets[:, column]
    carrying, without = np.flatnonzero(target == 1), np.flatnonzero(target == 0)
    texts = int(marked.owners.max()) + 1
    same = np.isin(without, np.flatnonzero(np.isin(marked.owners, marked.owners[carrying])))
    needy = np.zeros(texts, dtype=bool)
    needy[marked.owners[(marked.targets != 0).any(axis=1)]] = True
    dice = np.random.default_rng(column)
    most = _AGAINST * len(carrying)
    others = dice.permutation(without[needy[marked.owners[without]]])[:most]
    return np.unique(np.concatenate([carrying, without[same], others, dice.permutation(without)[:most]]))
