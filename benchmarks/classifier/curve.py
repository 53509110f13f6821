"""How much more labels would bring: the panel without its network, taught by ever larger parts of the labels.

`python -m benchmarks.classifier.curve --data FILE… --texts FILE… --marks FILE… --work DIR`, as for
`benchmarks.classifier.run`, writes curve.md beside this file. Parts are drawn by groups, so that near-duplicates stay
together, and each holds the smaller ones.
"""

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.classifier.figures import best_micro_f1, recall_at
from benchmarks.classifier.models import trained
from benchmarks.classifier.split import split
from domain.risk import GUIDE_RISKS
from nlp.training.heads import targets_of
from nlp.training.labelled_texts import LabelledText, fold_of, groups, read_labelled_texts
from nlp.training.marking import with_marks

_PARTS = (8, 4, 2, 1)
"""An eighth of the labels, a quarter, a half, all."""
_HEAD = (
    "| labelled texts | micro-F1 at its best single threshold | real texts | invented texts | lead recall at 0.80 |",
    "|---|---|---|---|---|",
)
_CATEGORIES = len(GUIDE_RISKS)
_HERE = Path(__file__).parent


def main() -> None:
    """Train on every part, print and write the table."""
    given = _arguments().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parts = split(with_marks(read_labelled_texts(given.data, texts=given.texts), given.marks))
    owned = groups(parts.train)
    rows = [_row(tuple(_part(parts.train, owned, share)), parts.test, given.work) for share in _PARTS]
    text = "\n".join(["# More labels", "", "The panel without its network.", "", *_HEAD, *rows, ""])
    (_HERE / "curve.md").write_text(text, encoding="utf-8")
    print(text)


def _part(train: Sequence[LabelledText], owned: Sequence[int], share: int) -> list[LabelledText]:
    return [text for text, group in zip(train, owned, strict=True) if fold_of(group, max(_PARTS)) % share == 0]


def _row(train: tuple[LabelledText, ...], test: Sequence[LabelledText], work: Path) -> str:
    models = trained(train, work, None)
    found = models.panel.probabilities([text.content for text in test])
    targets = targets_of(test, models.names)
    real = np.array([not text.genre for text in test])
    any_risk = models.names.index("any_risk")
    scores = [
        best_micro_f1(found[rows][:, :_CATEGORIES], targets[rows][:, :_CATEGORIES])
        for rows in (np.ones(len(test), dtype=bool), real, ~real)
    ]
    recall = recall_at(found[:, any_risk], targets[:, any_risk], precision=0.80)
    return f"| {len(train):,} | " + " | ".join(f"{score:.3f}" for score in scores) + f" | {recall:.3f} |"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    parser.add_argument("--marks", nargs="*", type=Path, default=[])
    parser.add_argument("--work", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main()
