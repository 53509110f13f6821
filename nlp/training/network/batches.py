"""Texts as batches of windows, alike in length so that little is padding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from nlp.network.vocabulary import Vocabulary
from nlp.network.windows import Window, windows_of
from nlp.training.marking import Mark

_MOST_CHARACTERS = 8_192
"""Of a batch, padding included."""
_MOST_TEXTS = 48


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text ready for the network."""

    windows: tuple[Window, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of some texts."""

    characters: Tensor
    """Shape (windows, characters)."""
    owners: Tensor
    """Shape (windows,): which text of the batch a window belongs to."""
    texts: NDArray[np.intp]
    """Which texts these are."""
    marks: tuple[tuple[int, Mark], ...]
    """Window of the batch, and a stretch of it."""


def encode_texts(
    contents: Sequence[str], vocabulary: Vocabulary, marks: Sequence[Sequence[Mark]] | None = None
) -> list[Encoded]:
    """The windows of every text, with the stretches marked in it."""
    owned = marks if marks is not None else [()] * len(contents)
    return [
        Encoded(tuple(windows_of(text, vocabulary.encode(text))), tuple(own))
        for text, own in zip(contents, owned, strict=True)
    ]


def batches(encoded: Sequence[Encoded], *, order: np.random.Generator | None = None) -> Iterator[Batch]:
    """All texts once; shuffled, but neighbours alike in length, when a generator is given."""
    lengths = np.array([sum(len(window.characters) for window in one.windows) for one in encoded])
    noise = order.uniform(0.8, 1.25, len(lengths)) if order is not None else 1.0
    parts = list(_parts(np.argsort(lengths * noise, kind="stable"), encoded))
    for index in order.permutation(len(parts)) if order is not None else range(len(parts)):
        yield _batch(parts[index], encoded)


def _parts(sequence: NDArray[np.intp], encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    part: list[int] = []
    windows = longest = 0
    for index in sequence:
        own = encoded[index].windows
        wider = max(longest, *(len(window.characters) for window in own))
        if part and ((windows + len(own)) * wider > _MOST_CHARACTERS or len(part) == _MOST_TEXTS):
            yield part
            part, windows, wider = [], 0, max(len(window.characters) for window in own)
        part.append(int(index))
        windows, longest = windows + len(own), wider
    if part:
        yield part


def _batch(part: Sequence[int], encoded: Sequence[Encoded]) -> Batch:
    owned = [(owner, window) for owner, index in enumerate(part) for window in encoded[index].windows]
    longest = max(len(window.characters) for _, window in owned)
    characters = np.zeros((len(owned), longest), dtype=np.int64)
    marks = []
    for row, (owner, window) in enumerate(owned):
        characters[row, : len(window.characters)] = window.characters
        marks += [(row, inside) for mark in encoded[part[owner]].marks for inside in _inside(mark, window)]
    owners = torch.tensor([owner for owner, _ in owned])
    return Batch(torch.from_numpy(characters), owners, np.array(part), tuple(marks))


def _inside(mark: Mark, window: Window) -> Iterator[Mark]:
    """The part of a stretch that lies in a window, counted from the window's begin."""
    start, end = max(mark.start - window.begin, 0), min(mark.end - window.begin, len(window.characters))
    if start < end:
        yield Mark(mark.head, start, end)
