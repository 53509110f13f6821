"""The pieces of read lines that hold a character which the recogniser is not sure of."""

import re
from collections.abc import Iterator, Sequence

from importers.formats.scans.geometry import Character, Line
from importers.formats.scans.policy import policy

_BREAK = re.compile(r"[\s,.:;!?\uff0c\u3002\uff1a\uff1b\uff01\uff1f\u3001()\uff08\uff09]")


def doubted_pieces(lines: Sequence[Line]) -> tuple[str, ...]:
    """As read, from one mark to the next: a name with its line's label cut off, a phone."""
    found = (piece for line in lines for piece in _pieces(line))
    return tuple(
        "".join(one.text for one in piece)
        for piece in found
        if any(one.confidence < policy().forms.sure for one in piece)
    )


def _pieces(line: Line) -> Iterator[list[Character]]:
    piece: list[Character] = []
    for character in line.apart:
        if _BREAK.fullmatch(character.text):
            if piece:
                yield piece
            piece = []
        else:
            piece.append(character)
    if piece:
        yield piece
