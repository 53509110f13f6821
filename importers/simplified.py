"""Letters in traditional characters, so that words, labels and places of both writings are known alike."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import opencc

_SHARE_OF_TRADITIONAL = 0.1
"""Of a traditional text a third or more; a simplified one has a name or a sign of a shop now and then."""


def simplified_lines(lines: Sequence[str]) -> Sequence[str]:
    """The lines character by character in simplified ones where the text is traditional; else the lines themselves."""
    text = "".join(lines)
    ideographs = [sign for sign in text if "\u3400" <= sign <= "\u9fff"]
    if text.isascii() or sum(sign in _pairs() for sign in ideographs) <= _SHARE_OF_TRADITIONAL * len(ideographs):
        return lines
    table = str.maketrans(dict(_pairs()))
    return [line.translate(table) for line in lines]


def as_written(value: str, simplified: Sequence[str], lines: Sequence[str]) -> str:
    """The value as it stands in the lines that were simplified; the value itself where it is not found."""
    for read, line in zip(simplified, lines, strict=False):
        if value and (place := read.find(value)) >= 0:
            return line[place : place + len(value)]
    return value


@cache
def _pairs() -> dict[str, str]:
    """Every character that no simplified text uses, and the one that stands for it there."""
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {before: after.split()[0] for before, after in pairs if len(before) == 1 and before not in after.split()}
