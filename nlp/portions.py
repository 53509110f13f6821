"""Texts in portions of so many characters: what is worked out for each character of a portion keeps within bounds."""

from collections.abc import Iterator, Sequence


def portions(contents: Sequence[str], most: int, *, apart: int = 0) -> Iterator[tuple[int, int]]:
    """Begin and end of each portion, in order; no more than `most` characters each, but for a longer text alone.

    Every text counts `apart` characters more than it has: what its reader puts between texts.
    """
    begin = size = 0
    for end, content in enumerate(contents):
        size += len(content) + apart
        if size > most and end > begin:
            yield begin, end
            begin, size = end, len(content) + apart
    if begin < len(contents):
        yield begin, len(contents)
