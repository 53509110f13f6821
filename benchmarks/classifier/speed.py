"""How fast the whole reader is, and how many texts the network is asked about."""

import time
from collections.abc import Sequence

import numpy as np

from nlp.classifier import Classifier
from nlp.ensemble import Ensemble
from nlp.training.labelled_texts import LabelledText

_BATCH = 512


def speed_table(test: Sequence[LabelledText], classifier: Classifier) -> str:
    """Texts a second in batches as `qianshao classify` reads them, and how many leads the network never sees."""
    contents = [("", text.content) for text in test]
    started = time.perf_counter()
    for begin in range(0, len(contents), _BATCH):
        classifier.read(contents[begin : begin + _BATCH])
    seconds = time.perf_counter() - started
    mean = sum(len(text) for _, text in contents) / len(contents)
    lines = ["## Speed and gate", ""]
    lines.append(f"{len(contents) / seconds:.0f} texts a second, {mean:.0f} characters each on average.")
    if isinstance(classifier.model, Ensemble):
        lines.append(_asked(test, classifier.model))
    return "\n".join([*lines, ""])


def _asked(test: Sequence[LabelledText], model: Ensemble) -> str:
    asked = model.is_asked(model.linear.probabilities([text.content for text in test]))
    wanted = np.array([bool(text.labels) for text in test])
    kept = (asked & wanted).sum() / wanted.sum()
    idle = 1 - (asked & ~wanted).sum() / (~wanted).sum()
    return f"The network is asked about {kept:.4f} of the texts that deserve a lead and {1 - idle:.3f} of the others."
