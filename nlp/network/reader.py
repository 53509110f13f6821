"""Reads texts with the network: ONNX Runtime on the CPU, no torch, nothing fetched."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlp.network.vocabulary import Vocabulary, read_vocabulary
from nlp.network.windows import Window, windows_of
from nlp.scorer import Array

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FILE_NAME = "network.onnx"
INPUT, ODDS, GIVEN = "characters", "log_odds", "given"
_MOST_CHARACTERS = 8_192
"""Of one call, padding included: keeps memory flat whatever comes in."""

_NOTHING = -30.0
"""Log-odds of a text without a character."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the network found in some texts."""

    log_odds: Array
    """Shape (texts, heads): of every head the strongest of the text's windows; long texts are read whole."""
    given: tuple[Array, ...]
    """For every text, shape (characters, heads): how much each character gave to a head's answer."""


class NetworkReader:
    """A network with its alphabet."""

    def __init__(self, session: "InferenceSession", vocabulary: Vocabulary) -> None:
        """Use a session that takes characters (windows, characters) and gives log-odds (windows, heads)."""
        self._session = session
        self._vocabulary = vocabulary
        self._heads = int(session.get_outputs()[0].shape[1])

    def read(self, contents: Sequence[str]) -> Found:
        """Read every text whole, in windows that are alike in length within a call."""
        owned = [
            (owner, window)
            for owner, content in enumerate(contents)
            for window in windows_of(content, self._vocabulary.encode(content))
            if len(window.characters)
        ]
        owned.sort(key=lambda one: len(one[1].characters))
        rows = np.full((len(contents), self._heads), _NOTHING, dtype=np.float32)
        given = tuple(np.full((len(content), self._heads), -np.inf, dtype=np.float32) for content in contents)
        for part in _parts(owned):
            odds, shares = self._session.run([ODDS, GIVEN], {INPUT: _padded([window for _, window in part])})
            np.maximum.at(rows, [owner for owner, _ in part], odds)
            for (owner, window), share in zip(part, shares, strict=True):
                place = given[owner][window.begin : window.begin + len(window.characters)]
                np.maximum(place, share[: len(window.characters)], out=place)
        return Found(rows, given)


def make_network_reader(network: bytes, folder: Path) -> NetworkReader:
    """The reader of a network's bytes, whose alphabet lies in `folder`."""
    import onnxruntime  # only where there is a network: every command would start slower

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = len(os.sched_getaffinity(0))
    options.enable_mem_pattern = False  # every batch has another shape: patterns would only pile up
    session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    return NetworkReader(session, read_vocabulary(folder))


def _parts(owned: Sequence[tuple[int, Window]]) -> list[list[tuple[int, Window]]]:
    parts: list[list[tuple[int, Window]]] = []
    for one in owned:
        wide = len(one[1].characters)
        if not parts or (len(parts[-1]) + 1) * wide > _MOST_CHARACTERS:
            parts.append([])
        parts[-1].append(one)
    return parts


def _padded(windows: Sequence[Window]) -> NDArray[np.int64]:
    table = np.zeros((len(windows), max(1, *(len(window.characters) for window in windows))), dtype=np.int64)
    for row, window in enumerate(windows):
        table[row, : len(window.characters)] = window.characters
    return table
