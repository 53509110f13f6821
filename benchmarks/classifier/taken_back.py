"""What the words by which a clause takes a difficulty back change on texts that nobody wrote for it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from domain.risk import GUIDE_RISKS
from domain.texts.analysis import Reading
from nlp.classifying.classifier import Classifier
from nlp.training.labelled_texts import LabelledText

_KINDS = ("real", "invented")


def taken_back_table(test: Sequence[LabelledText], classifier: Classifier, without: Classifier) -> str:
    """How many categories and leads went, rightly by the labels or wrongly, and how many clauses were shown instead."""
    contents = [("", text.content) for text in test]
    counts = Counter(
        (_KINDS[bool(text.genre)], event)
        for text, full, kept in zip(test, without.read(contents), classifier.read(contents), strict=True)
        for event in _events(text, full, kept)
    )
    lines = ["## Taken back", ""]
    lines.append(
        "| test texts | categories rightly gone | wrongly gone | leads rightly gone | lost | other evidence shown |"
    )
    lines.append("|---|---|---|---|---|---|")
    rows = (f"| {kind} | {' | '.join(str(counts[kind, event]) for event in _EVENTS)} |" for kind in _KINDS)
    return "\n".join([*lines, *rows, ""])


_EVENTS = ("category", "wrong category", "lead", "wrong lead", "evidence")


def _events(text: LabelledText, full: Reading, kept: Reading) -> Iterator[str]:
    for risk in (full.risks - kept.risks) & set(GUIDE_RISKS):
        yield "wrong category" if risk in text.labels else "category"
    if full.labels and not kept.labels:
        yield "wrong lead" if text.labels else "lead"
    shown = {label.risk: label.evidence for label in full.labels}
    yield from ("evidence" for label in kept.labels if label.evidence != shown[label.risk])
