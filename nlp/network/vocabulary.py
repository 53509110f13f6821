"""The network's alphabet: one number per character."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.failures.errors import ModelError
from domain.failures.unreadable import why_unreadable

PADDING, UNKNOWN, START, SEPARATOR, MASK = range(5)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""Of an alphabet of our own, in this order; others have them elsewhere, but padding is always the first."""
FILE_NAME = "vocab.txt"
_PLANE = 0x10000
"""Characters beyond the basic plane are rare names and emoji: all unknown."""


@dataclass(frozen=True)
class Vocabulary:
    """What an encoder has numbers for; of pieces of more than one character only the special ones are used."""

    pieces: tuple[str, ...]

    def __len__(self) -> int:
        """How many numbers there are."""
        return len(self.pieces)

    @cached_property
    def mask(self) -> int:
        """The number of a hidden character."""
        return self.pieces.index(SPECIAL[MASK])

    @cached_property
    def _table(self) -> NDArray[np.uint16]:
        table = np.full(_PLANE, self.pieces.index(SPECIAL[UNKNOWN]), dtype=np.uint16)
        for number, piece in enumerate(self.pieces):
            if len(piece) != 1 or ord(piece) >= _PLANE:
                continue
            capital = piece.upper()
            table[ord(piece)] = number
            if len(capital) == 1 and capital.lower() == piece and ord(capital) < _PLANE:
                table[ord(capital)] = number
        return table

    def encode(self, text: str) -> NDArray[np.uint16]:
        """Shape (characters of the text,): one number each, so that offsets stay those of the text."""
        points = np.frombuffer(text.encode("utf-32-le", errors="replace"), dtype=np.uint32)
        return self._table[np.where(points < _PLANE, points, 0)]

    def write(self, folder: Path) -> None:
        """Write the file that Hugging Face tokenisers read as well: one piece a line."""
        (folder / FILE_NAME).write_text("\n".join(self.pieces) + "\n", encoding="utf-8")


def alphabet(characters: Iterable[str]) -> Vocabulary:
    """A vocabulary of single characters, the special ones first."""
    return Vocabulary((*SPECIAL, *characters))


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of a model's folder: ours, or that of a Chinese BERT, whose pieces are mostly single characters.

    Raises:
        ModelError: when the file is missing, does not begin with the padding, or lacks the unknown or hidden character.
    """
    path = folder / FILE_NAME
    try:
        pieces = tuple(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))
    except (OSError, UnicodeDecodeError) as exc:
        raise ModelError(f"字表 {path} 读不出来: {why_unreadable(exc)}") from exc
    if pieces[0] != SPECIAL[PADDING] or not {SPECIAL[UNKNOWN], SPECIAL[MASK]} <= set(pieces) or len(pieces) > _PLANE:
        raise ModelError(
            f"字表 {path} 应一行一个字, 第一行是 {SPECIAL[PADDING]}, 并有 {SPECIAL[UNKNOWN]} 和 {SPECIAL[MASK]}"
        )
    return Vocabulary(pieces)


def make_vocabulary(texts: Iterable[str], *, least: int) -> Vocabulary:
    """Printable characters of the basic plane that occur at least so often, commonest first, small letters only."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text.lower())
    common = (one for one, count in counts.most_common() if count >= least)
    return alphabet(one for one in common if one.isprintable() and ord(one) < _PLANE)
