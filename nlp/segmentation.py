"""Words of a text by jieba's dictionary, without its cache file and without its messages."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import jieba

# Persons, and persons of renown; transliterated names (nrt) are mostly countries and brands here.
_NAME_TAGS = frozenset({"nr", "nrfg"})
# Places, organisations, brands, and transliterated names.
_THING_TAGS = frozenset({"ns", "nt", "nz", "nrt"})

_LONGEST = 4
"""Characters of the words that are thought of when a few characters are cut."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands; end is exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """How one text is cut into words, by position."""

    starts: frozenset[int]
    """Where words begin, and the end of the text."""
    words: dict[int, str]


class Segmenter:
    """Cuts Chinese text into words and knows how common each one is."""

    def __init__(self) -> None:
        """Read the dictionary that comes with jieba; about half a second."""
        self._tokenizer: Any = jieba.Tokenizer()
        self._names, self._things = _named(self._tokenizer)
        frequencies, total = self._tokenizer.gen_pfdict(self._tokenizer.get_dict_file())
        # Set by hand, because initialize() would write a cache file and log to the terminal.
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = frequencies, total, True
        self._frequencies: dict[str, int] = frequencies
        self._log_total = math.log(total)

    def cut(self, content: str) -> Cut:
        """The text's words by where they begin."""
        words = {word.start: word.text for word in self.words(content)}
        return Cut(frozenset(words) | {len(content)}, words)

    def words(self, content: str) -> Iterator[Word]:
        """The words by the dictionary alone; what it does not know comes as single characters."""
        start = 0
        for text in self._tokenizer.cut(content, HMM=False):
            yield Word(text, start, start + len(text))
            start += len(text)

    def frequency(self, word: str) -> int:
        """How often the dictionary has seen the word; 0 when it does not know it."""
        return self._frequencies.get(word, 0)

    def log_probabilities(self, text: str) -> list[float]:
        """From every character on to the end: of the likeliest cut into words, by how common these are."""
        best = [0.0] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            known = self._frequencies.get(text[start]) or 1
            best[start] = math.log(known) - self._log_total + best[start + 1]
            for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
                if frequency := self._frequencies.get(text[start:end]):
                    best[start] = max(best[start], math.log(frequency) - self._log_total + best[end])
        return best

    def is_person_name(self, word: str) -> bool:
        """True when the dictionary lists the word as a person's name."""
        return word in self._names

    def is_thing_name(self, word: str) -> bool:
        """True when the dictionary lists the word as the name of a place, an organisation or a brand."""
        return word in self._things


@cache
def load_segmenter() -> Segmenter:
    """The segmenter, read once a process."""
    return Segmenter()


def _named(tokenizer: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The words that the dictionary lists as names of persons, and those of places, organisations and brands."""
    persons, things = [], []
    with tokenizer.get_dict_file() as dictionary:
        for line in dictionary.read().decode("utf-8").splitlines():
            word, _, tag = line.split(" ")
            if tag in _NAME_TAGS:
                persons.append(word)
            elif tag in _THING_TAGS:
                things.append(word)
    return frozenset(persons), frozenset(things)
