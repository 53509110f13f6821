"""The network's alphabet: one number per character."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.errors import ModelError

PADDING, UNKNOWN, START, SEPARATOR, MASK = range(5)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
FILE_NAME = "vocab.txt"
_PLANE = 0x10000
"""Characters beyond the basic plane are rare names and emoji: all unknown."""


@dataclass(frozen=True)
class Vocabulary:
    """Characters by number; the special ones come first."""

    characters: tuple[str, ...]

    def __len__(self) -> int:
        """How many numbers there are, special ones included."""
        return len(SPECIAL) + len(self.characters)

    @cached_property
    def _table(self) -> NDArray[np.uint16]:
        table = np.full(_PLANE, UNKNOWN, dtype=np.uint16)
        for number, character in enumerate(self.characters, start=len(SPECIAL)):
            capital = character.upper()
            table[ord(character)] = number
            if len(capital) == 1 and capital.lower() == character and ord(capital) < _PLANE:
                table[ord(capital)] = number
        return table

    def encode(self, text: str) -> NDArray[np.uint16]:
        """Shape (characters of the text,): one number each, so that offsets stay those of the text."""
        points = np.frombuffer(text.encode("utf-32-le", errors="replace"), dtype=np.uint32)
        return self._table[np.where(points < _PLANE, points, 0)]

    def write(self, folder: Path) -> None:
        """Write the file that Hugging Face tokenisers read as well: one character a line."""
        lines = [*SPECIAL, *self.characters]
        (folder / FILE_NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of a model's folder.

    Raises:
        ModelError: when the file is missing, or is no list of the special ones and then single characters.
    """
    path = folder / FILE_NAME
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise ModelError(f"字表 {path} 读不出来: {exc}") from exc
    characters = tuple(lines[len(SPECIAL) :])
    if tuple(lines[: len(SPECIAL)]) != SPECIAL or any(len(one) != 1 or ord(one) >= _PLANE for one in characters):
        raise ModelError(f"字表 {path} 应先是 {'、'.join(SPECIAL)}, 然后一行一个字")
    return Vocabulary(characters)


def make_vocabulary(texts: Iterable[str], *, least: int) -> Vocabulary:
    """Printable characters of the basic plane that occur at least so often, commonest first, small letters only."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text.lower())
    common = (one for one, count in counts.most_common() if count >= least)
    return Vocabulary(tuple(one for one in common if one.isprintable() and ord(one) < _PLANE))
