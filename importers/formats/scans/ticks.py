"""Boxes to tick: which of the printed words has ink in the box before it."""

from collections.abc import Iterator, Sequence

from importers.formats.scans.geometry import Box, Character, Line, Pixels
from importers.formats.scans.policy import policy
from importers.formats.scans.rulings import ink_of

_NARROWEST = 1.25
"""The box and the gap before it, in heights of a character."""


def ticked(lines: Sequence[Line], grey: Pixels) -> tuple[str, bool] | None:
    """The ticked word and whether it stands out; None where the lines are no list of words to tick.

    Without one that stands out the word is empty: nothing is guessed.
    """
    options = [option for line in lines for option in _options(line)]
    if len(options) < 2 or not _nothing_else(lines, options):
        return None
    inked = sorted(((_ink_before(box, grey), word) for word, box in options), reverse=True)
    (most, word), (second, _) = inked[:2]
    stands_out = most > policy().ticks.darker * max(second, 1.0)
    return (word if stands_out else ""), stands_out


def _options(line: Line) -> Iterator[tuple[str, Box]]:
    """Words to tick with the box of their first character."""
    words = sorted(policy().ticks.options, key=len, reverse=True)
    characters = [Character(one, c.confidence, c.box) for c in line.characters for one in c.text if one.strip()]
    text = "".join(one.text for one in characters)
    place = 0
    while place < len(text):
        word = next((word for word in words if text.startswith(word, place)), None)
        if word:
            yield word, characters[place].box
        place += len(word or " ")


def _nothing_else(lines: Sequence[Line], options: Sequence[tuple[str, Box]]) -> bool:
    """Options and marks alone, and at least one mark: 来访 by itself is a value that was written."""
    text = "".join("".join(line.text.split()) for line in lines)
    rest = len(text) - sum(len(word) for word, _ in options)
    marks = sum(char in policy().ticks.marks for char in text)
    return marks > 0 and rest <= len(options) + 1 and marks >= rest - 1


def _ink_before(box: Box, grey: Pixels) -> float:
    """Pixels of ink between the word and what stands before it."""
    size = box.height
    middle = (box.top + box.bottom) / 2
    top, bottom = int(max(middle - size * 0.55, 0)), int(middle + size * 0.55)
    left, right = int(max(box.left - size * _NARROWEST, 0)), int(max(box.left, 1))
    around = ink_of(grey[max(top - 20, 0) : bottom + 20, max(left - 20, 0) : right + 20])
    rows = slice(min(top, 20), min(top, 20) + bottom - top)
    columns = slice(min(left, 20), min(left, 20) + right - left)
    return float((around[rows, columns] > 0).sum())
