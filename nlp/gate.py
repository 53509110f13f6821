"""The dictionary gate in front of the classifier for the crawl stream: most news holds no word of any difficulty.

It is fast enough to read everything a county's media print, and lets through whatever holds a single telling word.
Petitions and calls never pass it: who writes to an office is read in full.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ahocorasick import Automaton

VERSION = "gate-1"
_WORDS = Path(__file__).parent / "lexicons" / "gate.txt"


class Gate:
    """Lets a text through when it holds one of the words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Use these words; they are looked for anywhere in a text."""
        self._automaton = Automaton()
        for word in words:
            self._automaton.add_word(word, word)
        self._automaton.make_automaton()

    def lets_through(self, content: str) -> bool:
        """True when the text may tell of a difficulty."""
        return next(self._automaton.iter(content), None) is not None


@cache
def load_gate(path: Path = _WORDS) -> Gate:
    """The gate of a file with one word a line, the shipped one by default; lines that begin with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return Gate(line for line in lines if line and not line.startswith("#"))
