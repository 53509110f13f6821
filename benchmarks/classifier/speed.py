"""How fast the whole reader is."""

import time
from collections.abc import Mapping, Sequence

from nlp.classifying.classifier import Classifier
from nlp.training.labelled_texts import LabelledText

_BATCH = 512


def speed_table(test: Sequence[LabelledText], readers: Mapping[str, Classifier]) -> str:
    """Texts a second in batches as `qianshao classify` reads them."""
    mean = sum(len(text.content) for text in test) / len(test)
    lines = ["## Speed", "", f"Texts of {mean:.0f} characters on average, evidence included.", ""]
    for name, reader in readers.items():
        lines.append(f"- {name}: {_texts_a_second(test, reader):.0f} texts a second")
    return "\n".join([*lines, ""])


def _texts_a_second(test: Sequence[LabelledText], classifier: Classifier) -> float:
    contents = [("", text.content) for text in test]
    started = time.perf_counter()
    for begin in range(0, len(contents), _BATCH):
        classifier.read(contents[begin : begin + _BATCH])
    return len(contents) / (time.perf_counter() - started)
