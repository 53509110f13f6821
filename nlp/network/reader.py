"""Reads texts with the network: ONNX Runtime on the CPU, no torch, nothing fetched.

ONNX Runtime turns characters and words into a vector for each character; what clauses and texts make of them is a few
small products (`nlp.network.clause_head`).
"""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlp.clause_model import NAMES, ClauseScores, units_of
from nlp.clauses import Clause
from nlp.network.clause_head import ClauseHead
from nlp.network.vocabulary import Vocabulary
from nlp.network.windows import windows_of
from nlp.network.words import Words
from nlp.scorer import Array

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CHARACTERS, WORDS, VECTORS = "characters", "words", "vectors"
_MOST_CHARACTERS = 8_192
"""Of one call, padding included: keeps memory flat whatever comes in."""


@dataclass(frozen=True, slots=True)
class NetworkScores:
    """What the network found in some texts."""

    odds: Array
    """Shape (texts, heads): log-odds."""
    read: list[ClauseScores]
    """Of every text its clauses and what each speaks for."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text as numbers, with the clauses in it."""

    characters: NDArray[np.uint16]
    words: NDArray[np.uint16]
    clauses: tuple[int, ...]
    """Which of all clauses these are."""
    spans: NDArray[np.intp]
    """Shape (clauses, 2): begin and end of each in the window."""


@dataclass(frozen=True)
class NetworkReader:
    """A network with its alphabet and its words."""

    session: "InferenceSession"
    vocabulary: Vocabulary
    words: Words
    head: ClauseHead

    def read(self, contents: Sequence[str]) -> NetworkScores:
        """Read every text whole, in windows that are alike in length within a call."""
        clauses = [[unit.clause for unit in units_of(content)] for content in contents]
        sizes = [len(own) for own in clauses]
        strongest, mean = self._pooled(list(self._windows(contents, clauses)), sum(sizes))
        every, texts = self.head.answers(strongest, mean, sizes)
        parts = np.split(every[:, : len(NAMES)], np.cumsum(sizes)[:-1]) if contents else []
        return NetworkScores(texts, [ClauseScores(tuple(c), part) for c, part in zip(clauses, parts, strict=True)])

    def _windows(self, contents: Sequence[str], clauses: Sequence[Sequence[Clause]]) -> Iterator[Window]:
        first = 0
        for content, own in zip(contents, clauses, strict=True):
            yield from windows_in(content, own, self.vocabulary, self.words, first)
            first += len(own)

    def _pooled(self, windows: Sequence[Window], clauses: int) -> tuple[Array, Array]:
        """Of every clause the strongest and the mean of its characters' vectors, each of shape (clauses, width)."""
        width = len(self.head.clause) // 2
        strongest, mean = (np.zeros((clauses, width), dtype=np.float32) for _ in range(2))
        for part in _parts(sorted(windows, key=lambda window: len(window.characters))):
            [vectors] = self.session.run([VECTORS], inputs_of(part))
            longest = vectors.shape[1]
            flat = np.concatenate([vectors.reshape(-1, width), np.zeros((1, width), dtype=np.float32)])
            spans = np.concatenate([window.spans + row * longest for row, window in enumerate(part)])
            rows = [clause for window in part for clause in window.clauses]
            strongest[rows] = np.maximum.reduceat(flat, spans.ravel())[::2]
            mean[rows] = np.add.reduceat(flat, spans.ravel())[::2] / (spans[:, 1] - spans[:, 0])[:, None]
        return strongest, mean


def windows_in(
    content: str, clauses: Sequence[Clause], vocabulary: Vocabulary, words: Words, first: int
) -> Iterator[Window]:
    """The windows of a text in which clauses are; these are numbered from `first` on."""
    characters, owned = vocabulary.encode(content), words.encode(content)
    starts, ends = [clause.start for clause in clauses], [clause.end for clause in clauses]
    for begin, end in windows_of(len(content), clauses):
        inside = range(bisect_left(starts, begin), bisect_right(ends, end))
        if inside:
            spans = np.array([(clauses[number].start - begin, clauses[number].end - begin) for number in inside])
            yield Window(characters[begin:end], owned[begin:end], tuple(first + number for number in inside), spans)


def inputs_of(windows: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    """What a network is given of some windows."""
    return {
        CHARACTERS: padded([window.characters for window in windows]),
        WORDS: padded([window.words for window in windows]),
    }


def padded(rows: Sequence[NDArray[np.uint16]]) -> NDArray[np.int64]:
    """Shape (rows, longest): the rows with padding after them."""
    table = np.zeros((len(rows), max(len(row) for row in rows)), dtype=np.int64)
    for place, row in zip(table, rows, strict=True):
        place[: len(row)] = row
    return table


def open_session(network: bytes) -> "InferenceSession":
    """ONNX Runtime's session of a network's bytes."""
    import onnxruntime  # only where there is a network: every command would start slower

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = len(os.sched_getaffinity(0))
    options.enable_mem_pattern = False  # every batch has another shape: patterns would only pile up
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _parts(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
    begin = 0
    for end, window in enumerate(windows):
        if (end - begin + 1) * len(window.characters) > _MOST_CHARACTERS and end > begin:
            yield windows[begin:end]
            begin = end
    if windows:
        yield windows[begin:]
