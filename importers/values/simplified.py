"""Letters in traditional characters, so that words, labels and places of both writings are known alike."""

from collections.abc import Sequence

from domain.words.traditional_characters import share_of_traditional, simplified_forms

_SHARE_OF_TRADITIONAL = 0.1
"""Of a traditional text a third or more; a simplified one has a name or a sign of a shop now and then."""


def simplified_lines(lines: Sequence[str], *, from_image: bool = False) -> Sequence[str]:
    """The lines character by character in simplified ones where the text is traditional; else the lines themselves.

    Of a text read from an image all are: the OCR takes characters written by hand for traditional ones (電话).
    """
    text = "".join(lines)
    if text.isascii() or (not from_image and share_of_traditional(text) <= _SHARE_OF_TRADITIONAL):
        return lines
    table = str.maketrans(dict(simplified_forms()))
    return [line.translate(table) for line in lines]


def as_written(value: str, simplified: Sequence[str], lines: Sequence[str]) -> str:
    """The value as it stands in the lines that were simplified; the value itself where it is not found."""
    for read, line in zip(simplified, lines, strict=False):
        if value and (place := read.find(value)) >= 0:
            return line[place : place + len(value)]
    return value
