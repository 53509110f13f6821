"""How good a reader is on labelled texts: per label, overall, and as leads."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from domain.risk import GUIDE_RISKS, Risk
from domain.texts.analysis import Reading
from nlp.classifying.classifier import Classifier
from nlp.training.labelled_texts import LabelledText, read_labelled_texts


@dataclass(frozen=True, slots=True)
class LabelScore:
    """Precision, recall and F1 of one yes-or-no question."""

    name: str
    support: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that is reported of a reader."""

    texts: int
    micro: LabelScore
    macro_f1: float
    labels: tuple[LabelScore, ...]
    lead: LabelScore
    """Any category at all against any label at all."""
    accusation: LabelScore
    urgent: LabelScore

    def as_record(self) -> dict[str, object]:
        """The scores as JSON."""
        return asdict(self)


def evaluate_files(paths: Sequence[Path], classifier: Classifier, *, texts: Sequence[Path] = ()) -> Scores:
    """The scores on labelled files; labels that only have an id find their text in `texts`."""
    return evaluate(read_labelled_texts(paths, texts=texts), classifier)


def evaluate(texts: Sequence[LabelledText], classifier: Classifier) -> Scores:
    """The scores on labelled texts; the derived category is left out, for people do not label it."""
    readings = classifier.read([("", text.content) for text in texts])
    pairs = [(set(text.labels), _guide(reading)) for text, reading in zip(texts, readings, strict=True)]
    labels = tuple(score(risk.value, [(risk in gold, risk in found) for gold, found in pairs]) for risk in GUIDE_RISKS)
    cells = [(risk in gold, risk in found) for gold, found in pairs for risk in GUIDE_RISKS]
    supported = [label.f1 for label in labels if label.support]
    return Scores(
        texts=len(texts),
        micro=score("micro", cells),
        macro_f1=round(sum(supported) / max(1, len(supported)), 4),
        labels=labels,
        lead=score("lead", [(bool(gold), bool(found)) for gold, found in pairs]),
        accusation=score("accusation", [(t.accusation, r.accusation) for t, r in zip(texts, readings, strict=True)]),
        urgent=score("urgent", [(t.urgent, r.urgent) for t, r in zip(texts, readings, strict=True)]),
    )


def score(name: str, answers: Sequence[tuple[bool, bool]]) -> LabelScore:
    """The score of (expected, answered) pairs."""
    right = sum(gold and found for gold, found in answers)
    expected, answered = sum(gold for gold, _ in answers), sum(found for _, found in answers)
    precision = right / answered if answered else 0.0
    recall = right / expected if expected else 0.0
    f1 = 2 * right / (expected + answered) if expected + answered else 0.0
    return LabelScore(name, expected, round(precision, 4), round(recall, 4), round(f1, 4))


def _guide(reading: Reading) -> set[Risk]:
    return set(reading.risks) & set(GUIDE_RISKS)
