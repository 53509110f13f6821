"""Does the reader change its mind when it should, and only then? Pairs of nearly equal texts, and rewritten texts."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from opencc import OpenCC

from domain.risk import GUIDE_RISKS, Risk
from nlp.classifying.classifier import Classifier
from nlp.normalise import normalise
from nlp.training.labelled_texts import LabelledText

_PAIRS = Path(__file__).parent / "behaviour.jsonl"
_SAME = ("person", "place")
_SHARES = {None: "", True: ", seen", False: ", unseen"}
_SLIPS = {
    "已": "己",
    "未": "末",
    "土": "士",
    "人": "入",
    "日": "曰",
    "天": "夭",
    "千": "干",
    "大": "太",
    "0": "O",
    "低": "底",
}
_SLIP_SHARE = 0.3
_REWRITTEN = 400
"""So many texts with a category are rewritten."""


def behaviour_table(test: Sequence[LabelledText], classifier: Classifier, without: Classifier) -> str:
    """The share of pairs of each kind that are read rightly, and of rewritten texts that are read as before.

    `without` is the same reader when nothing that clauses take back is taken back.
    """
    lines = ["## Behaviour", ""]
    lines.append("| pairs | number | first half right | read rightly | … when clauses take nothing back |")
    lines.append("|---|---|---|---|---|")
    for (kind, share), pairs in _pairs().items():
        (both, first), (before, _) = _read(pairs, kind, classifier), _read(pairs, kind, without)
        lines.append(f"| {kind}{share} | {len(pairs)} | {first:.3f} | {both:.3f} | {before:.3f} |")
    lines += ["", "| rewritten as | same categories |", "|---|---|"]
    texts = [text.content for text in test if text.labels][:_REWRITTEN]
    for name, rewrite in _REWRITES.items():
        lines.append(f"| {name} | {_unmoved(texts, [rewrite(text) for text in texts], classifier):.3f} |")
    return "\n".join([*lines, "", _LEGEND, ""])


_LEGEND = (
    "A pair is read rightly when the categories that must go are found before and gone after (severity: the other way "
    "round; person and place: nothing changes and something is found; affirmed: the difficulty, said again with 没有, "
    "如果 or 以前, is found both times). Seen pairs were looked at while the words of `nlp/lexicons/stance.toml` were "
    "chosen. Unseen ones were not; yet the hand that chose the words had written 141 of their 181 before."
)


def _pairs() -> dict[tuple[str, str], list[dict[str, list[str]]]]:
    """By kind and by whether they were looked at while the words were chosen."""
    found = defaultdict(list)
    for line in _PAIRS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found[record["kind"], _SHARES[record.get("seen")]].append(record)
    return dict(sorted(found.items()))


def _read(pairs: Sequence[dict[str, list[str]]], kind: str, classifier: Classifier) -> tuple[float, float]:
    with_it, without = ("after", "before") if kind == "severity" else ("before", "after")
    full = _categories([str(pair[with_it]) for pair in pairs], classifier)
    bare = _categories([str(pair[without]) for pair in pairs], classifier)
    first, both = [], []
    for pair, one, other in zip(pairs, full, bare, strict=True):
        wanted = {Risk(slug) for slug in pair[f"labels_{with_it}"]}
        gone = wanted - {Risk(slug) for slug in pair[f"labels_{without}"]}
        first.append(bool(one & wanted))
        both.append(first[-1] and _changed_rightly(kind, one, other, wanted, gone))
    return float(np.mean(both)), float(np.mean(first))


def _changed_rightly(kind: str, one: set[Risk], other: set[Risk], wanted: set[Risk], gone: set[Risk]) -> bool:
    if kind in _SAME:
        return one == other
    return bool(other & wanted) if kind == "affirmed" else not other & gone


def _unmoved(texts: Sequence[str], rewritten: Sequence[str], classifier: Classifier) -> float:
    pairs = zip(_categories(texts, classifier), _categories(rewritten, classifier), strict=True)
    return float(np.mean([one == other for one, other in pairs]))


def _categories(texts: Sequence[str], classifier: Classifier) -> list[set[Risk]]:
    """As the pipeline reads: normalised first."""
    readings = classifier.read([("", normalise(text)) for text in texts])
    return [set(reading.risks) & set(GUIDE_RISKS) for reading in readings]


def _with_slips(text: str) -> str:
    """A third of the characters that scanners confuse, confused; which ones is drawn from the text's length."""
    dice = np.random.default_rng(len(text))
    return "".join(_SLIPS[one] if one in _SLIPS and dice.random() < _SLIP_SHARE else one for one in text)


def _full_width(text: str) -> str:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    return unicodedata.normalize("NFKC", text).translate(wide)


_REWRITES: dict[str, Callable[[str], str]] = {
    "traditional characters": OpenCC("s2t").convert,
    "full-width letters and digits": _full_width,
    "a scanner's slips": _with_slips,
    "without punctuation": lambda text: "".join(one for one in text if not unicodedata.category(one).startswith("P")),
}
