"""Evidence that people marked, as places in the text that the network reads."""

from collections.abc import Sequence

from nlp.normalise import normalise
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.batches import Mark


def marks_of(text: LabelledText, names: Sequence[str]) -> list[Mark]:
    """Every marked stretch at its first place in the text; one that the text does not have is passed over."""
    content = text.content
    found = []
    for risk, stretches in text.evidence.items():
        for stretch in stretches:
            words = normalise(stretch)
            start = content.find(words)
            if words and start >= 0:
                found.append(Mark(names.index(risk), start, start + len(words)))
    return found
