"""Plain text as one long array of characters that a training step can cut windows from.

The highest bit marks where a word starts: whole words are hidden, for one character of a word is too easy to guess.
"""

import logging
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import jieba
import numpy as np
from numpy.typing import NDArray

from nlp.network.vocabulary import SEPARATOR, Vocabulary, make_vocabulary
from nlp.normalise import normalise

Tokens = NDArray[np.uint16]
WORD_START = np.uint16(0x8000)
CHARACTER = np.uint16(0x7FFF)
_RAREST = 30
_PIECE = 600
"""Characters of a piece whose likeness is judged: laws and news programmes are long and mixed."""


def open_text(path: Path) -> TextIO:
    """A text file, plain or .xz, to be read."""
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")


def read_documents(paths: Iterable[Path]) -> Iterator[str]:
    """Every document of text files, plain or .xz, in which blank lines part documents; normalised."""
    for path in paths:
        with open_text(path) as stream:
            lines: list[str] = []
            for line in stream:
                if line.strip():
                    lines.append(line)
                elif lines:
                    yield normalise("".join(lines))
                    lines = []
            if lines:
                yield normalise("".join(lines))


def pieces(documents: Iterable[str]) -> Iterator[str]:
    """The documents, long ones cut at line or sentence ends."""
    for document in documents:
        rest = document
        while len(rest) > _PIECE:
            cut = max(rest.rfind("\n", 0, _PIECE), rest.rfind("。", 0, _PIECE)) + 1 or _PIECE
            yield rest[:cut]
            rest = rest[cut:]
        if rest.strip():
            yield rest


def most_alike(candidates: list[str], wanted: list[str], *, characters: int) -> list[str]:
    """The candidates whose pairs of characters are likest to the wanted texts', up to so many characters.

    Cross-entropy difference (Moore and Lewis 2010) with character bigrams instead of words.
    """
    weight = np.log(_pair_shares(wanted)) - np.log(_pair_shares(candidates))
    likeness = np.array([weight[_pairs(text)].mean() if len(text) > 1 else -np.inf for text in candidates])
    order = np.argsort(-likeness, kind="stable")
    lengths = np.array([len(candidates[index]) for index in order])
    chosen = np.sort(order[: int(np.searchsorted(np.cumsum(lengths), characters, side="right"))])
    return [candidates[index] for index in chosen]


def _pairs(text: str) -> NDArray[np.int64]:
    points = np.frombuffer(text.encode("utf-32-le", errors="replace"), dtype=np.uint32).astype(np.int64)
    return (points[:-1] * 31 + points[1:]) % (1 << 20)


def _pair_shares(texts: list[str]) -> NDArray[np.float64]:
    counts = np.ones(1 << 20)
    for text in texts:
        np.add.at(counts, _pairs(text), 1.0)
    return np.asarray(counts / counts.sum())


def encode_corpus(texts: list[str], vocabulary: Vocabulary) -> Tokens:
    """Shape (characters and separators,): all texts in a row, word starts marked."""
    jieba.setLogLevel(logging.WARNING)
    parts = []
    for text in texts:
        numbers = vocabulary.encode(text)
        starts = np.cumsum([0, *(len(word) for word in jieba.cut(text, HMM=False))])[:-1]
        numbers[starts] |= WORD_START
        parts += [numbers, np.array([SEPARATOR | int(WORD_START)], dtype=np.uint16)]
    return np.concatenate(parts)


def vocabulary_of(texts: list[str]) -> Vocabulary:
    """The characters worth a number."""
    return make_vocabulary(texts, least=_RAREST)
