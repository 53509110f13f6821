"""How fast the whole reader is, and how many texts the network is asked about."""

import time
from collections.abc import Mapping, Sequence

import numpy as np

from nlp.classifier import Classifier
from nlp.ensemble import Ensemble
from nlp.training.labelled_texts import LabelledText

_BATCH = 512


def speed_table(test: Sequence[LabelledText], readers: Mapping[str, Classifier]) -> str:
    """Texts a second in batches as `qianshao classify` reads them, and how many texts the network is asked about."""
    mean = sum(len(text.content) for text in test) / len(test)
    lines = ["## Speed", "", f"Texts of {mean:.0f} characters on average, evidence included.", ""]
    for name, reader in readers.items():
        lines.append(f"- {name}: {_texts_a_second(test, reader):.0f} texts a second")
        if isinstance(reader.model, Ensemble):
            lines.append(f"- {_asked(test, reader.model)}")
    return "\n".join([*lines, ""])


def _texts_a_second(test: Sequence[LabelledText], classifier: Classifier) -> float:
    contents = [("", text.content) for text in test]
    started = time.perf_counter()
    for begin in range(0, len(contents), _BATCH):
        classifier.read(contents[begin : begin + _BATCH])
    return len(contents) / (time.perf_counter() - started)


def _asked(test: Sequence[LabelledText], model: Ensemble) -> str:
    asked = model.is_asked(model.panel.probabilities([text.content for text in test]))
    wanted = np.array([bool(text.labels) for text in test])
    kept = (asked & wanted).sum() / wanted.sum()
    idle = 1 - (asked & ~wanted).sum() / (~wanted).sum()
    return f"The network is asked about {kept:.4f} of the texts that deserve a lead and {1 - idle:.3f} of the others."
