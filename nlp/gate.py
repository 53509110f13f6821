"""The dictionary gate in front of the classifier for the crawl stream: most news holds no word of any difficulty.

It is fast enough to read everything a county's media print, and lets through whatever holds a single telling word.
It does not stand before petitions and calls: who writes to an office is read in full.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ahocorasick import Automaton

_WORDS = Path(__file__).parent / "lexicons" / "gate.txt"


class Gate:
    """Lets a text through when it holds one of the words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Use these words, at least one; they are looked for anywhere in a text."""
        known = sorted(set(words))
        self._automaton = Automaton()
        for word in known:
            self._automaton.add_word(word, word)
        self._automaton.make_automaton()
        self.version = f"gate-{hashlib.sha256(' '.join(known).encode()).hexdigest()[:8]}"

    def lets_through(self, content: str) -> bool:
        """True when the text may tell of a difficulty."""
        return next(self._automaton.iter(content), None) is not None


@cache
def load_gate(path: Path = _WORDS) -> Gate:
    """The gate of a file with one word a line, the shipped one by default; lines that begin with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return Gate(line for line in lines if line and not line.startswith("#"))
