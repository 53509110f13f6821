"""The network's words: a list of its own, looked up by the longest match, so that no dictionary is loaded."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE_NAME = "words.txt"
NO_WORD = 0
LONGEST = 6
"""Characters of the longest word."""


@dataclass(frozen=True)
class Words:
    """Words with numbers from one on, in the order of the list."""

    words: tuple[str, ...]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words, start=NO_WORD + 1)}

    @property
    def size(self) -> int:
        """How many numbers there are, that of no word included."""
        return len(self.words) + 1

    def write(self, folder: Path) -> None:
        """Write the file that `words_of_file` reads: one word a line."""
        (folder / FILE_NAME).write_text("".join(f"{word}\n" for word in self.words), encoding="utf-8")

    def encode(self, text: str) -> NDArray[np.uint16]:
        """Shape (characters of the text,): to every character the number of the word it stands in."""
        found = np.zeros(len(text), dtype=np.uint16)
        for begin, end, number in self._matches(text):
            found[begin:end] = number
        return found

    def sequence(self, text: str) -> list[int]:
        """The numbers of the words one after the other, those of no word left out."""
        return [number for _, _, number in self._matches(text)]

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        """Begin, end and number of every word: from left to right, always the longest."""
        numbers, found, begin = self._numbers, [], 0
        while begin < len(text):
            for length in range(LONGEST, 0, -1):
                number = numbers.get(text[begin : begin + length])
                if number is not None:
                    length = min(length, len(text) - begin)
                    found.append((begin, begin + length, number))
                    break
            else:
                length = 1
            begin += length
        return found


def words_of_file(content: bytes) -> Words:
    """The words of a file's content."""
    return Words(tuple(content.decode("utf-8").split()))
