"""What changed from one version of a text to the next, sentence by sentence."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

_MOST_PAIRS = 20_000
"""Of equal sentences, one of each version; who writes one sentence a thousand times would hold up every reader."""
_SENTENCE = re.compile("[^。！？!?\n]+[。！？!?]*")


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences taken out and what stands there now; either may be empty."""

    removed: str
    added: str


def changes_between(before: str, after: str) -> list[Change]:
    """The changes in the order of the text; line breaks and the spaces around sentences make none.

    Where the same sentences stand again and again in both, all between the first and the last difference is one change.
    """
    old, new = _sentences(before), _sentences(after)
    counts = Counter(new)
    if sum(counts[sentence] for sentence in old) > _MOST_PAIRS:
        return _as_one(old, new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Change("".join(old[first:last]), "".join(new[begin:end]))
        for kind, first, last, begin, end in matcher.get_opcodes()
        if kind != "equal"
    ]


def _as_one(old: list[str], new: list[str]) -> list[Change]:
    first = _same_at_the_beginning(old, new)
    last = _same_at_the_beginning(old[first:][::-1], new[first:][::-1])
    change = Change("".join(old[first : len(old) - last]), "".join(new[first : len(new) - last]))
    return [change] if change != Change("", "") else []


def _same_at_the_beginning(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]
