"""Whether a category goes, because every clause that carries it takes it back."""

from collections.abc import Collection, Mapping, Sequence

from domain.risk import Risk
from domain.words.vocabulary import Factuality
from nlp.classifying.stance import StanceReader, Takeback
from nlp.classifying.stance_lexicon import Bounds, Stance
from nlp.clauses import Clause
from nlp.scorer import Array

_KINDS = {
    Stance.SETTLED: Factuality.RESOLVED,
    Stance.PAST: Factuality.HISTORICAL,
    Stance.SUPPOSED: Factuality.HYPOTHETICAL,
}
"""What the model says of a whole text where one of its clauses does this; it has no such word for a denial."""
_NOWHERE = float("-inf")


class Withdrawals:
    """Finds what clauses take back, and decides which categories go by it.

    A cue of settling, supposing or the past is believed only where the model, reading the whole text, finds that kind
    of text not quite impossible: 已发放 in an angry letter settles nothing. A denial needs no such word.
    """

    def __init__(self, reader: StanceReader) -> None:
        """Use the vocabulary and the limits of `reader`."""
        self._reader = reader
        self.left = reader.limits.withdrawn
        """Probability of a difficulty in a text whose every category went."""

    def taken_back(
        self, content: str, clauses: Sequence[Clause], risks: Sequence[Risk], kinds: Mapping[Factuality, float]
    ) -> dict[Risk, Takeback]:
        """Of every risk that clauses take back: which; `kinds` are the probabilities of the kinds of text."""
        agrees = self._bounds(content).agrees
        believed = {
            stance
            for stance, least in agrees.items()
            if stance not in _KINDS or kinds.get(_KINDS[stance], 0.0) >= least
        }
        return self._reader.read(content, clauses, risks, believed)

    def goes(self, content: str, taken: Takeback, weights: Array, plain: Collection[int]) -> bool:
        """True when no clause is left that carries the category.

        `weights` has shape (clauses,), log-odds; `plain` numbers the clauses in which a rule found it said plainly.
        """
        loose = [number for number in range(len(weights)) if number not in taken.stances and number not in taken.fine]
        contrasts = self._reader.contrasts
        if any(number in plain or (number in taken.after_all and weights[number] > contrasts) for number in loose):
            return False
        bounds = self._bounds(content)
        said = max(float(weights[number]) for number in taken.stances)
        other = max((float(weights[number]) for number in loose), default=_NOWHERE)
        return said >= bounds.carries and (
            other <= min(bounds.speaks, max(said, 0.0)) or (other <= bounds.most and other <= said - bounds.outweighed)
        )

    def _bounds(self, content: str) -> Bounds:
        limits = self._reader.limits
        return limits.in_brief if len(content) <= limits.brief else limits.in_long


def kind_of(taken: Takeback, weights: Array) -> Factuality:
    """What a text tells of that lost a category, by the strongest of the clauses that take it back."""
    strongest = max(taken.stances, key=lambda number: float(weights[number]))
    return _KINDS.get(taken.stances[strongest], Factuality.NONE)
