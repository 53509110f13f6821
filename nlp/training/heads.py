"""The questions a model answers, and what is true of a labelled text."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from domain.risk import GUIDE_RISKS
from domain.words.vocabulary import NO_LEAD, Scope
from nlp.training.labelled_texts import LabelledText

ANY_RISK, ACCUSATION, URGENT, RELOCATION, AREA = "any_risk", "accusation", "urgent", "relocation", "area"
UNKNOWN = -1
"""Target of a head that nobody answered for a text; it neither trains nor tests that head."""
_ALWAYS = (*(risk.value for risk in GUIDE_RISKS), ANY_RISK, ACCUSATION, URGENT, RELOCATION, AREA)
_FEWEST = 30
"""With fewer examples of a kind of text that is no lead, its head is left out."""


def heads_for(texts: Sequence[LabelledText]) -> tuple[str, ...]:
    """Names of the heads that these texts can train; the kinds of text that are no lead come last."""
    counts = {kind: sum(text.factuality is kind for text in texts) for kind in NO_LEAD}
    return (*_ALWAYS, *(kind.value for kind in NO_LEAD if counts[kind] >= _FEWEST))


def targets_of(texts: Sequence[LabelledText], names: Sequence[str]) -> NDArray[np.int8]:
    """Shape (texts, heads): 1 where the head should say yes, 0 where no, UNKNOWN where nobody was asked."""
    return np.array([[_target(text, name) for name in names] for text in texts], dtype=np.int8)


def _target(text: LabelledText, name: str) -> int:
    if name in NO_LEAD:
        asked = text.factuality is not None or bool(text.labels)
        return int(text.factuality == name) if asked else UNKNOWN
    answers = {
        ANY_RISK: bool(text.labels),
        ACCUSATION: text.accusation,
        URGENT: text.urgent,
        RELOCATION: text.relocation,
        AREA: text.scope is Scope.AREA,
    }
    return int(answers.get(name, name in text.labels))
