"""What became of handwritten pages, counted, and the tables of handwriting.md."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

FIELDS = ("name", "phone", "id_number", "day", "village")


class Outcome(StrEnum):
    """Of one field of one page."""

    RIGHT = "right"
    RIGHT_DOUBTED = "right, named as doubtful"
    MISSING = "missing"
    MISSING_NAMED = "missing, named"
    WRONG_NAMED = "wrong, named as doubtful"
    WRONG_WHOLE = "wrong, the letter said to be doubtful"
    WRONG_SILENT = "wrong, nothing said"

    @classmethod
    def of(cls, *, right: bool, found: bool, named: bool, whole: bool) -> "Outcome":
        """By what was found, and what was said of the field or of the letter as a whole."""
        if right:
            return cls.RIGHT_DOUBTED if named else cls.RIGHT
        if not found:
            return cls.MISSING_NAMED if named else cls.MISSING
        if named:
            return cls.WRONG_NAMED
        return cls.WRONG_WHOLE if whole else cls.WRONG_SILENT


@dataclass(slots=True)
class HandScore:
    """One grade."""

    seed: int
    hands: list[str]
    letters: int = 0
    letters_found: int = 0
    forms: int = 0
    forms_found: int = 0
    by_pen: int = 0
    """Pages of which we saw that a pen wrote on them."""
    errors: dict[str, list[float]] = field(default_factory=dict)
    """By hand the character error rate of each letter."""
    plain: dict[str, list[float]] = field(default_factory=dict)
    outcomes: dict[str, dict[str, int]] = field(default_factory=dict)
    """By kind of page and field how many had which outcome."""
    wrong: list[tuple[str, ...]] = field(default_factory=list)

    def add_errors(self, hand: str, rate: float) -> None:
        """Of one letter as we read it."""
        self.errors.setdefault(hand, []).append(rate)

    def add_plain(self, hand: str, rate: float) -> None:
        """Of one letter as RapidOCR with its defaults reads it."""
        self.plain.setdefault(hand, []).append(rate)

    def add(self, kind: str, name: str, outcome: Outcome) -> None:
        """One field of one page."""
        counts = self.outcomes.setdefault(f"{kind} {name}", {})
        counts[outcome.value] = counts.get(outcome.value, 0) + 1

    def told(self) -> str:
        """In one line."""
        total = sum(map(Counter, self.outcomes.values()), start=Counter[str]())
        errors = _mean([rate for rates in self.errors.values() for rate in rates])
        found = (
            f"letters {self.letters_found}/{self.letters}, forms {self.forms_found}/{self.forms}, by pen {self.by_pen}"
        )
        return f"{found}, errors {errors:.3f}, " + ", ".join(f"{one.value} {total[one.value]}" for one in Outcome)


def report(scores: Mapping[str, HandScore], *, seed: int, hands: Sequence[str]) -> str:
    """The text of handwriting.md."""
    lines = [
        "# Handwritten letters and forms",
        "",
        f"Written by `python -m benchmarks.scans.by_hand`, seed {seed}: letters on ruled paper and printed forms",
        f"filled in by hand, by invented people, in the fonts {', '.join(hands)}",
        "(each line slopes by up to 0.8° and shakes, characters turn and change in size, blue ink), drawn at 200",
        "dpi and spoiled in the three grades of [results.md](results.md). A font is steadier than any hand: real",
        "handwriting is read worse. Every field is that of the petition that an office would get; missing: nothing",
        "was taken.",
        "",
        "| letters | pages | taken for letters | character errors, ours | plain RapidOCR |",
        "|---|---|---|---|---|",
        *(_letters(grade, score) for grade, score in scores.items()),
        "",
        "| character errors of the hand | " + " | ".join(scores) + " |",
        "|---|" + "---|" * len(scores),
        *(_hand(hand, scores) for hand in hands),
        "",
        *_fields(scores, "letter"),
        *_fields(scores, "form"),
        "Taken for forms: "
        + ", ".join(f"{one.forms_found} of {one.forms} ({grade})" for grade, one in scores.items())
        + ".",
        "",
    ]
    return "\n".join(lines)


def _letters(grade: str, score: HandScore) -> str:
    ours, plain = ([rate for rates in one.values() for rate in rates] for one in (score.errors, score.plain))
    return f"| {grade} | {score.letters} | {score.letters_found} | {_mean(ours):.3f} | {_mean(plain):.3f} |"


def _hand(hand: str, scores: Mapping[str, HandScore]) -> str:
    return f"| {hand} | " + " | ".join(f"{_mean(score.errors.get(hand, [])):.3f}" for score in scores.values()) + " |"


def _fields(scores: Mapping[str, HandScore], kind: str) -> list[str]:
    head = " | ".join(one.value for one in Outcome)
    lines = [f"| {kind}s: field | grade | {head} |", "|---|---|" + "---|" * len(Outcome)]
    for name in FIELDS:
        for grade, score in scores.items():
            if found := score.outcomes.get(f"{kind} {name}"):
                lines.append(
                    f"| {name} | {grade} | " + " | ".join(str(found.get(one.value, 0)) for one in Outcome) + " |"
                )
    return [*lines, ""]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
