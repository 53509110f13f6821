"""The gate before the news: what it loses, what it passes by, what it saves; writes gate.md, checks the floors.

`python -m benchmarks.classifier.gate --data FILE… --texts FILE… --plain FILE… --answers FILE`: as `qianshao train gate`
was given them; the part of these texts that neither taught the gate nor set its threshold is measured. With
`--gate DIR` another gate than the one shipped is measured.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks.classifier.gate_speed import speed_table, streams_of
from nlp.classifying.classifier import load_classifier
from nlp.classifying.gate import Gate, load_gate
from nlp.classifying.weights import GATE, SHIPPED
from nlp.training.gate_lessons import PETITIONS, TEST, Answers, Lesson, lessons_of, plain_texts
from nlp.training.labelled_texts import read_labelled_texts

_HERE = Path(__file__).parent
_NORMAL = 1.959964
"""Standard deviations of the middle 95 %."""


@dataclass(slots=True)
class Kind:
    """Counts of the texts of one kind."""

    texts: int = 0
    passed: int = 0
    tagged: int = 0
    tagged_passed: int = 0
    labelled: int = 0
    labelled_passed: int = 0

    def add(self, lesson: Lesson, *, passed: bool) -> None:
        """Count one text."""
        self.texts += 1
        self.passed += passed
        self.tagged += lesson.answer.tagged
        self.tagged_passed += lesson.answer.tagged and passed
        self.labelled += lesson.labelled
        self.labelled_passed += lesson.labelled and passed


def main() -> int:
    """Print and write the tables; 1 when a floor is missed."""
    given = _arguments().parse_args()
    classifier, gate = load_classifier(), load_gate(given.gate)
    lessons = _lessons(given, Answers(classifier, given.answers))
    test = [lesson for lesson in lessons if lesson.part == TEST]
    kinds, figures = losses(test, gate)
    speeds, lines = speed_table(streams_of(test), classifier, gate)
    figures |= speeds
    text = "\n".join(["# The gate before the news", "", _about(gate, lessons, test), "", *kinds, *lines])
    (_HERE / "gate.md").write_text(text + "\n", encoding="utf-8")
    print(text)
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["gate"]
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def losses(test: Sequence[Lesson], gate: Gate) -> tuple[list[str], dict[str, float]]:
    """A table with one row a kind, and the recall over all of them."""
    kinds: dict[str, Kind] = {}
    every, petitions = Kind(), Kind()
    passed = gate.scores([lesson.content for lesson in test]) >= gate.manifest.least
    for lesson, through in zip(test, passed.tolist(), strict=True):
        kinds.setdefault(lesson.kind, Kind()).add(lesson, passed=through)
        (every if lesson.of_media else petitions).add(lesson, passed=through)
    lines = [
        "| kind | texts | read | of what the reader tags | 95 % | of what labels name | 95 % |",
        "|---|---|---|---|---|---|---|",
        *(
            _row(name, kind)
            for name, kind in sorted(kinds.items(), key=lambda one: (one[0] in PETITIONS, -one[1].texts))
        ),
        _row("**all of the media**", every),
        _row("letters and boards, which never meet it", petitions),
        "",
    ]
    figures = {
        "recall": every.tagged_passed / max(1, every.tagged),
        "recall_of_labels": every.labelled_passed / max(1, every.labelled),
    }
    return lines, figures


def wilson(found: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    share, square = found / of, _NORMAL**2
    middle, half = share + square / (2 * of), _NORMAL * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)


def _row(name: str, kind: Kind) -> str:
    cells = [name, str(kind.texts), f"{kind.passed / kind.texts:.3f}"]
    for found, of in ((kind.tagged_passed, kind.tagged), (kind.labelled_passed, kind.labelled)):
        cells += [f"{found} of {of}", "{:.3f}-{:.3f}".format(*wilson(found, of))] if of else ["", ""]
    return f"| {' | '.join(cells)} |"


def _about(gate: Gate, lessons: Sequence[Lesson], test: Sequence[Lesson]) -> str:
    wanted = sum(lesson.wanted and lesson.of_media for lesson in test)
    return (
        f"{gate.version}, a text is read from log-odds {gate.manifest.least} on. Of {len(lessons)} texts {len(test)} "
        f"are measured here, {wanted} of the media's with a category or an accusation by the reader or by labels."
    )


def _lessons(given: argparse.Namespace, answers: Answers) -> list[Lesson]:
    plain = [text for path in given.plain for text in plain_texts(path)]
    labelled = read_labelled_texts(given.data, texts=given.texts)
    return lessons_of(labelled, plain, answers, most=given.most)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    parser.add_argument("--plain", nargs="+", type=Path, required=True)
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--most", type=int, default=20_000)
    parser.add_argument("--gate", type=Path, default=SHIPPED / GATE)
    return parser


if __name__ == "__main__":
    sys.exit(main())
