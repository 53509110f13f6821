"""Long texts as windows: read whole, nothing cut away."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LENGTH = 256
"""Characters the network reads at once; two texts of three fit."""
_OVERLAP = 48
_ENDS = "。！？!?；;\n"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text as numbers."""

    begin: int
    """Offset of its first character in the text."""
    characters: NDArray[np.uint16]


def windows_of(text: str, characters: NDArray[np.uint16]) -> list[Window]:
    """The whole text in stretches that overlap and begin, where they can, after the end of a sentence."""
    return [Window(begin, characters[begin : begin + LENGTH]) for begin in _begins(text)]


def _begins(text: str) -> Iterator[int]:
    begin = 0
    yield begin
    while len(text) - begin > LENGTH:
        least, most = begin + LENGTH // 2, begin + LENGTH - _OVERLAP
        begin = max((text.rfind(end, least, most) for end in _ENDS), default=-1) + 1 or most
        yield begin
