"""Pages for tests: ruled paper drawn as pixels, and lines as the recogniser would give them."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from importers.formats.scans.geometry import Box, Character, Line, Pixels, line_of

SIZE = 28
"""Pixels of one character."""


class Paper:
    """A white page of 900 × 900 pixels on which rulings, boxes to tick and words are put."""

    def __init__(self) -> None:
        self._image = Image.new("L", (900, 900), 255)
        self.draw = ImageDraw.Draw(self._image)
        self.lines: list[Line] = []

    @property
    def pixels(self) -> Pixels:
        """The page in grey."""
        return np.asarray(self._image)

    def write(self, text: str, left: float, top: float, confidence: float = 0.99) -> None:
        """Put a line, its boxes as high as the recogniser makes them; a fake one needs no pixels of it."""
        boxes = [Box(left + SIZE * n, top - 8, left + SIZE * (n + 1), top + SIZE + 8) for n in range(len(text))]
        self.lines.append(line_of([Character(*one) for one in zip(text, [confidence] * len(text), boxes, strict=True)]))

    def row(self, top: int, widths: Sequence[int], texts: Sequence[str], height: int = 60) -> int:
        """Ruled cells with a line each, "" for none; the top of the next row."""
        left = 40
        for width, text in zip(widths, texts, strict=True):
            self.draw.rectangle((left, top, left + width, top + height), outline=0, width=3)
            if text:
                self.write(text, left + 12, top + 16)
            left += width
        return top + height

    def box(self, left: int, top: int, *, ticked: bool) -> None:
        """A box to tick."""
        self.draw.rectangle((left, top, left + 24, top + 24), outline=0, width=2)
        if ticked:
            self.draw.line([(left + 5, top + 12), (left + 11, top + 20), (left + 26, top - 2)], fill=0, width=4)
