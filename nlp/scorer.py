"""What the classifier asks of a model, whichever it is."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.clauses import Clause

Array = NDArray[np.float32]


class Scores(Protocol):
    """What a model found in some texts."""

    @property
    def probabilities(self) -> Array:
        """Shape (texts, heads): calibrated."""
        ...

    def clause_weights(self, text: int, clauses: Sequence[Clause], head: str) -> Array:
        """Shape (clauses,): how much each clause of a text speaks for a head; above nought when it does."""
        ...


class Scorer(Protocol):
    """A model that answers the questions of its heads."""

    @property
    def version(self) -> str:
        """Name of the weights."""
        ...

    @property
    def heads(self) -> dict[str, int]:
        """Column of every head by name."""
        ...

    @property
    def thresholds(self) -> Array:
        """Shape (heads,): the probability from which a head says yes."""
        ...

    def score(self, contents: Sequence[str]) -> Scores:
        """The model's answers for texts."""
        ...
