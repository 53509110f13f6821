"""`python -m nlp.training.pretraining.words CORPUS… --out DIR`: the words of plain text, and a vector for each."""

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import jieba
import numpy as np

from nlp.network.words import FILE_NAME, LONGEST, Words, words_of_file
from nlp.training.manifest_text import packed
from nlp.training.pretraining.corpus import pieces, read_documents
from nlp.training.pretraining.embeddings import neighbour_vectors

VECTORS = "vectors.npz"
_DIMENSIONS = 100
_BREAK = 0
"""Stands between texts: the number of no word."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, count, and write the two files."""
    given = _arguments().parse_args(arguments)
    texts = list(pieces(read_documents(given.corpus)))
    words = words_of(texts, most=given.words)
    sequence = np.fromiter((number for text in texts for number in (*words.sequence(text), _BREAK)), dtype=np.uint16)
    given.out.mkdir(parents=True, exist_ok=True)
    words.write(given.out)
    vectors = neighbour_vectors(sequence, words.size, given.dimensions)
    vectors[_BREAK] = 0
    scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-6)
    whole = np.round(vectors / scale * 127).astype(np.int8)
    arrays = {"vectors": whole, "scale": (scale / 127).astype(np.float32)}
    (given.out / VECTORS).write_bytes(packed(arrays))


def words_of(texts: Iterable[str], *, most: int) -> Words:
    """The commonest words, by jieba's dictionary; of more than one character or Chinese, none too long."""
    jieba.setLogLevel(logging.WARNING)
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(jieba.cut(text, HMM=False))
    common = (word for word, _ in counts.most_common() if len(word) <= LONGEST and _is_word(word))
    return Words(tuple(word for word, _ in zip(common, range(most), strict=False)))


def read_word_vectors(folder: Path) -> tuple[Words, np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    """The words of a folder, and their vectors of shape (words and none, dimensions)."""
    with np.load(folder / VECTORS, allow_pickle=False) as arrays:
        return words_of_file((folder / FILE_NAME).read_bytes()), arrays["vectors"].astype(np.float32) * arrays["scale"]


def _is_word(word: str) -> bool:
    return word.isalpha() and all("\u4e00" <= one <= "\u9fff" for one in word)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path, help="text files, documents parted by blank lines; .xz too")
    parser.add_argument("--out", type=Path, required=True, help=f"folder of {FILE_NAME} and {VECTORS}")
    parser.add_argument("--words", type=int, default=40_000, help="how many words to keep")
    parser.add_argument("--dimensions", type=int, default=_DIMENSIONS)
    return parser


if __name__ == "__main__":
    main()
