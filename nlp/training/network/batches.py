"""Texts as batches of windows, alike in length so that little is padding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from domain.risk import GUIDE_RISKS
from nlp.network.reader import Window, padded, windows_in
from nlp.network.vocabulary import Vocabulary
from nlp.network.words import Words
from nlp.training.heads import UNKNOWN
from nlp.training.train_clauses import MarkedClauses


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSize:
    """How much is read at once."""

    characters: int = 9_000
    """Padding included."""
    texts: int = 48


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text ready for the network; it has at least one clause."""

    windows: tuple[Window, ...]
    clauses: int
    targets: NDArray[np.int8] | NDArray[np.float32]
    """Shape (clauses, NAMES and any risk): as in `MarkedClauses`, or anything between 0 and 1."""
    text: int
    """Which text it is."""

    @property
    def longest(self) -> int:
        """Characters of its longest window."""
        return max(len(window.characters) for window in self.windows)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some texts."""

    characters: Tensor
    """Shape (windows, characters)."""
    words: Tensor
    owners: Tensor
    """Shape (windows, characters): the number of the clause each stands in, from one on; nought in none."""
    sizes: Tensor
    """Shape (texts,): clauses of each."""
    texts: NDArray[np.intp]
    """Which texts these are."""
    targets: Tensor
    """Shape (clauses, NAMES and any risk)."""


_USUAL = BatchSize()


def encode_texts(contents: Sequence[str], marked: MarkedClauses, vocabulary: Vocabulary, words: Words) -> list[Encoded]:
    """Every text that has a clause, as windows; `marked` are the clauses of all texts."""
    rows = np.split(np.arange(len(marked.owners)), np.searchsorted(marked.owners, np.arange(1, len(contents))))
    targets, encoded = _with_any_risk(marked.targets), []
    for number, (content, own) in enumerate(zip(contents, rows, strict=True)):
        clauses = [marked.units[row].clause for row in own]
        windows = tuple(windows_in(content, clauses, vocabulary, words, 0))
        if windows:
            encoded.append(Encoded(windows, len(clauses), targets[own], number))
    return encoded


def _with_any_risk(targets: NDArray[np.int8]) -> NDArray[np.int8]:
    risks = targets[:, : len(GUIDE_RISKS)]
    unknown = np.where((risks == UNKNOWN).any(axis=1), UNKNOWN, 0)
    return np.column_stack([targets, np.where((risks == 1).any(axis=1), 1, unknown)]).astype(np.int8)


def batches(
    encoded: Sequence[Encoded], *, order: np.random.Generator | None = None, size: BatchSize = _USUAL
) -> Iterator[Batch]:
    """All texts once; shuffled, but neighbours alike in length, when a generator is given."""
    lengths = np.array([sum(len(window.characters) for window in one.windows) for one in encoded])
    noise = order.uniform(0.8, 1.25, len(lengths)) if order is not None else 1.0
    parts = list(_parts([encoded[index] for index in np.argsort(lengths * noise, kind="stable")], size))
    for index in order.permutation(len(parts)) if order is not None else range(len(parts)):
        yield _batch(parts[index])


def _parts(encoded: Sequence[Encoded], size: BatchSize) -> Iterator[list[Encoded]]:
    part: list[Encoded] = []
    windows = longest = 0
    for one in encoded:
        wider = max(longest, one.longest)
        if part and ((windows + len(one.windows)) * wider > size.characters or len(part) == size.texts):
            yield part
            part, windows, wider = [], 0, one.longest
        part.append(one)
        windows, longest = windows + len(one.windows), wider
    if part:
        yield part


def _batch(part: Sequence[Encoded]) -> Batch:
    windows = [window for one in part for window in one.windows]
    characters, words = padded([one.characters for one in windows]), padded([one.words for one in windows])
    owners, row, first = np.zeros(characters.shape, dtype=np.int64), 0, 1
    for one in part:
        for window in one.windows:
            for clause, (begin, end) in zip(window.clauses, window.spans, strict=True):
                owners[row, begin:end] = first + clause
            row += 1
        first += one.clauses
    return Batch(
        characters=torch.from_numpy(characters),
        words=torch.from_numpy(words),
        owners=torch.from_numpy(owners),
        sizes=torch.tensor([one.clauses for one in part]),
        texts=np.array([one.text for one in part]),
        targets=torch.from_numpy(np.concatenate([one.targets for one in part])),
    )
