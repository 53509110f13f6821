"""The tables of results.md and the figures that have floors."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.scans.measure import Score


def floors_of(scores: Mapping[str, Score]) -> dict[str, float]:
    """The figures that `floors.json` holds floors of."""
    return {f"{grade}_fields": score.right / score.fields for grade, score in scores.items()}


def report(scores: Mapping[str, Score], *, seed: int, fonts: str) -> str:
    """The text of results.md."""
    pages = sum(score.forms + score.letters for score in scores.values())
    seconds = sum(score.seconds for score in scores.values()) / pages
    plain_pages = sum(score.plain_pages for score in scores.values())
    plain = sum(score.plain_seconds for score in scores.values()) / max(plain_pages, 1)
    memory = max(score.megabytes for score in scores.values())
    lines = [
        "# Scanned forms and letters",
        "",
        f"Written by `python -m benchmarks.scans.run`, seed {seed}: forms in three layouts (four columns, two",
        f"columns, labels above), drawn at 200 dpi in {fonts}, by",
        "invented people. Handwriting: [handwriting.md](handwriting.md).",
        "",
        "clean: up to 1° of rotation, light noise. usual: up to 3°, blur, noise, JPEG, a red seal beside the text.",
        "bad: up to 7°, perspective, shadow, a fold, blur, noise, strong JPEG, a red seal over the text. Every fifth",
        "page lies on its side or its head. A field is right when it equals what was written, spaces and width of",
        "characters aside. Plain: RapidOCR with its defaults on every seventh form, the value behind the label in its",
        "text lines, a word behind a ticked box alone. Time is processor time of one process.",
        "",
        "| grade | forms | fields | ours | plain RapidOCR | wrong fields said to be doubtful | right fields said so |",
        "|---|---|---|---|---|---|---|",
        *(_grade(grade, score) for grade, score in scores.items()),
        "",
        "| layout | " + " | ".join(scores) + " |",
        "|---|" + "---|" * len(scores),
        *_layouts(scores),
        "",
        "| letters | pages | taken for letters | character errors, ours | character errors, plain |",
        "|---|---|---|---|---|",
        *(_letters(grade, score) for grade, score in scores.items()),
        "",
        f"{seconds:.1f} seconds a page (plain {plain:.1f}), {memory:.0f} MB of memory in the reading process.",
        "",
        "Fields that were wrong, by label: " + (_wrong(scores.values()) or "none") + ".",
        "",
    ]
    return "\n".join(lines)


def _grade(grade: str, score: Score) -> str:
    wrong, right = score.fields - score.right, score.right
    ours, plain = right / score.fields, score.plain_right / max(score.plain_fields, 1)
    said = f"{score.wrong_said} of {wrong} | {score.right_said / max(right, 1):.3f}"
    return f"| {grade} | {score.forms} | {score.fields} | {ours:.4f} | {plain:.4f} | {said} |"


def _layouts(scores: Mapping[str, Score]) -> Iterable[str]:
    for layout in next(iter(scores.values())).by_layout:
        shares: Sequence[list[int]] = [score.by_layout[layout] for score in scores.values()]
        yield f"| {layout} | " + " | ".join(f"{right / count:.4f}" for right, count in shares) + " |"


def _letters(grade: str, score: Score) -> str:
    ours = score.letter_errors / max(score.letters, 1)
    plain = score.plain_letter_errors / max(score.plain_letters, 1)
    return f"| {grade} | {score.letters} | {score.letters_found} | {ours:.4f} | {plain:.4f} |"


def _wrong(scores: Iterable[Score]) -> str:
    total = sum((Counter(score.wrong) for score in scores), start=Counter[str]())
    return ", ".join(f"{label} {count}" for label, count in total.most_common())
