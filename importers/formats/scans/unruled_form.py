"""Label and value where no rulings part them: labels with a colon, or alone on their piece of the line."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from importers.formats.forms.form_labels import labels
from importers.formats.scans.geometry import Character, Line, in_rows, line_of
from importers.formats.scans.labels import label_of

_COLONS = ":\uff1a"


def labelled(lines: Sequence[Line]) -> list[tuple[str, tuple[Line, ...]]]:
    """Labels in reading order with the lines of their values; lines before the first label are left out."""
    found: list[tuple[str, list[Line]]] = []
    for row in in_rows(lines):
        for line in row:
            for label, piece in _pieces(line):
                if label is not None:
                    found.append((label, []))
                if piece and found:
                    found[-1][1].append(line_of(piece))
    return [(label, tuple(value)) for label, value in found]


def _pieces(line: Line) -> Iterator[tuple[str | None, list[Character]]]:
    """The line cut before every label in it."""
    if (whole := label_of(line.text)) is not None:
        yield whole, []
        return
    label, start = None, 0
    characters = line.apart
    for match in _labels().finditer("".join(one.text for one in characters)):
        if match.start() > start or label is not None:
            yield label, characters[start : match.start()]
        label, start = label_of(match[0]), match.end()
    yield label, characters[start:]


@cache
def _labels() -> re.Pattern[str]:
    longest_first = sorted(labels(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})[{_COLONS}]")
