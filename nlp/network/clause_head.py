"""From the vectors of a text's characters to answers: what each clause speaks for, and what the text does.

A clause is what is strongest in it and what it is on average; beside it stand the clause before and the one after. A
text's answer comes from all its clauses together and from those that a head looks at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np

from nlp.scorer import Array


@dataclass(frozen=True)
class ClauseHead:
    """Weights on top of the characters' vectors; `width` is that of a vector."""

    clause: Array
    """Shape (2 × width, width): of the strongest and the mean of a clause's characters."""
    clause_bias: Array
    near: Array
    """Shape (3, width, width): of the clause before, of itself and of the one after."""
    near_bias: Array
    answer: Array
    """Shape (2 × width, heads): of a clause and what its neighbours make of it."""
    answer_bias: Array
    look: Array
    """Shape (2 × width, heads): how far a head looks at a clause."""
    look_bias: Array
    say: Array
    """Shape (2 × width, heads): what it takes from where it looks."""
    say_bias: Array
    together: Array
    """Shape (heads,): what all clauses together count."""

    def answers(self, strongest: Array, mean: Array, sizes: Sequence[int]) -> tuple[Array, Array]:
        """Log-odds of the clauses (clauses, heads) and of the texts (texts, heads).

        `strongest` and `mean` have shape (clauses, width), the texts' clauses one after the other; `sizes` says how
        many each text has.
        """
        own = np.maximum(np.concatenate([strongest, mean], axis=1) @ self.clause + self.clause_bias, 0.0)
        states = np.concatenate([own, self._near(own, sizes)], axis=1)
        clauses = np.asarray(states @ self.answer + self.answer_bias, dtype=np.float32)
        looks, says = states @ self.look + self.look_bias, states @ self.say + self.say_bias
        texts = np.full((len(sizes), len(self.together)), NOTHING, dtype=np.float32)
        ends = np.cumsum(sizes)
        for row, (end, size) in enumerate(zip(ends, sizes, strict=True)):
            if size:
                part = slice(end - size, end)
                texts[row] = _log_sum(clauses[part]) * self.together + (_shares(looks[part]) * says[part]).sum(axis=0)
        return clauses, texts

    def _near(self, own: Array, sizes: Sequence[int]) -> Array:
        before, after = np.zeros_like(own), np.zeros_like(own)
        before[1:], after[:-1] = own[:-1], own[1:]
        borders = np.cumsum(sizes, dtype=np.intp)[:-1]
        inside = borders[(borders > 0) & (borders < len(own))]
        before[inside], after[inside - 1] = 0.0, 0.0
        found = before @ self.near[0] + own @ self.near[1] + after @ self.near[2] + self.near_bias
        return np.asarray(np.maximum(found, 0.0), dtype=np.float32)


NOTHING = -12.0
"""Log-odds of a text without a clause."""


def load_clause_head(content: bytes) -> ClauseHead:
    """The weights of a file's content."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return ClauseHead(**{name: arrays[name].astype(np.float32) for name in ClauseHead.__dataclass_fields__})


def _log_sum(odds: Array) -> Array:
    most = odds.max(axis=0)
    return np.asarray(most + np.log(np.exp(odds - most).sum(axis=0)), dtype=np.float32)


def _shares(looks: Array) -> Array:
    raised = np.exp(looks - looks.max(axis=0))
    return np.asarray(raised / raised.sum(axis=0), dtype=np.float32)
