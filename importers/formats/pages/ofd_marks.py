"""What stands where on a page of OFD: characters, rulings and images, from its elements in any writer's habit."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from importers.formats.pages.ofd_package import Element

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(r"[A-Za-z]|" + _NUMBER.pattern)
_ENDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
"""How many numbers follow each letter of a path; the last two are where it leads."""
_COMPOSITE = "CompositeObject"
_OBJECTS = frozenset({"TextObject", "PathObject", "ImageObject", _COMPOSITE})
_DEEPEST = 3
"""Composite units within each other; of one within itself there would be no end."""
_NARROW = 0.5
_FULL = 1.05
_STRAIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FARTHEST = 100_000.0
_GRAIN = 0.2
"""Millimetres within which the same character is one that was printed twice, to look bold."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width and height in millimetres."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its base point, height and width in millimetres."""

    sign: str
    x: float
    y: float
    size: float
    width: float


@dataclass(slots=True)
class Marks:
    """Everything on one page, in millimetres from its upper left corner."""

    glyphs: list[Glyph] = field(default_factory=list)
    lines: list[tuple[Point, Point]] = field(default_factory=list)
    images: list[tuple[str, float]] = field(default_factory=list)
    """Number of each image and the square millimetres that it covers."""


def marks_of(elements: Iterable[Element], units: Mapping[str, Sequence[Element]]) -> Marks:
    """What the elements draw, composite units by their number among them; what they hide is left out."""
    marks, seen = Marks(), set()
    for one, place in _placed(elements, units):
        if one.name == "ImageObject":
            marks.images.append((one.attributes.get("ResourceID", ""), place.area))
        elif one.name == "AbbreviatedData":
            marks.lines.extend(_lines(one.text, place))
        elif one.name == "TextCode":
            for glyph in _glyphs(one, place):
                spot = glyph.sign, round(glyph.x / _GRAIN), round(glyph.y / _GRAIN)
                if spot not in seen:
                    seen.add(spot)
                    marks.glyphs.append(glyph)
    marks.glyphs = list(_touching(marks.glyphs))
    return marks


def _placed(
    elements: Iterable[Element], units: Mapping[str, Sequence[Element]], within: "_Place | None" = None, depth: int = 0
) -> Iterator[tuple[Element, "_Place"]]:
    """What is shown, each with the place of its object; a composite object as what it consists of."""
    place = _Place({}, within)
    for one in elements:
        if one.name in _OBJECTS:
            place = _Place(one.attributes, within)
        if place.is_hidden:
            continue
        if one.name == _COMPOSITE and depth < _DEEPEST:
            yield from _placed(units.get(one.attributes.get("ResourceID", ""), ()), units, place, depth + 1)
        else:
            yield one, place


def _touching(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters, wide enough to touch the next one where that stands no farther off than a character is high.

    Latin ones are set as wide as Chinese ones by some writers, and are no words of one letter for it.
    """
    rows = sorted(glyphs, key=lambda glyph: (round(glyph.y / _GRAIN), glyph.x))
    for glyph, following in zip_longest(rows, rows[1:]):
        gap = following.x - glyph.x if following and abs(following.y - glyph.y) < glyph.size / 2 else 0.0
        yield replace(glyph, width=gap) if _GRAIN < gap <= glyph.size * _FULL else glyph


class _Place:
    """Where an object's own coordinates lie on the page, those of a composite unit by way of the object around it."""

    def __init__(self, attributes: Mapping[str, str], within: "_Place | None") -> None:
        left, top, width, height = _exactly(attributes.get("Boundary", ""), (0.0, 0.0, 0.0, 0.0))
        self._origin = left, top
        self._within = within
        self._turned = _exactly(attributes.get("CTM", ""), _STRAIGHT)
        around = within.scale if within else 1.0
        self.area = width * height * around**2
        self.scale: float = around * math.hypot(*self._turned[2:4])
        self.own_size = _exactly(attributes.get("Size", ""), (3.5,))[0]
        self.size = self.own_size * self.scale
        self.is_hidden = attributes.get("Visible", "").lower() == "false"
        self.last = 0.0, 0.0
        """Where the text before began: the next one need not say it again."""

    def on_page(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self._turned
        x, y = self._origin[0] + a * x + c * y + e, self._origin[1] + b * x + d * y + f
        return self._within.on_page(x, y) if self._within else (x, y)


def _glyphs(code: Element, place: _Place) -> Iterator[Glyph]:
    x = _exactly(code.attributes.get("X", ""), place.last[:1])[0]
    y = _exactly(code.attributes.get("Y", ""), place.last[1:])[0]
    place.last = x, y
    signs = code.text.strip("\r\n")
    across = _steps(code.attributes.get("DeltaX", ""), len(signs))
    down = _steps(code.attributes.get("DeltaY", ""), len(signs))
    for number, sign in enumerate(signs):
        yield Glyph(sign, *place.on_page(x, y), place.size, place.size * _width_of(sign))
        if number < len(across):
            x += across[number]
        elif not down:
            x += place.own_size * _width_of(sign)
        y += down[number] if number < len(down) else 0.0


def _width_of(sign: str) -> float:
    """As a share of the height."""
    return _NARROW if sign.isascii() else 1.0


def _steps(text: str, most: int) -> list[float]:
    """The distances from character to character; `g 3 4.2` stands for three of 4.2."""
    found: list[float] = []
    words = iter(text.split())
    for word in words:
        if len(found) >= most:
            break
        if word == "g":
            count, distance = (_exactly(next(words, ""), (0.0,))[0] for _ in range(2))
            found += [distance] * min(int(count), most)
        else:
            found.append(_exactly(word, (0.0,))[0])
    return found


def _lines(path: str, place: _Place) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a path; of curves only where they lead."""
    steps = _STEP.findall(path)
    start = at = (0.0, 0.0)
    index = 0
    while index < len(steps):
        letter = steps[index].upper()
        count = _ENDS.get(letter, 0)
        numbers = [_bounded(step) for step in steps[index + 1 : index + 1 + count] if _NUMBER.fullmatch(step)]
        index += 1 + len(numbers)
        if letter == "C":
            yield place.on_page(*at), place.on_page(*start)
            at = start
        elif count and len(numbers) == count:
            before, at = at, (numbers[-2], numbers[-1])
            if letter == "L":
                yield place.on_page(*before), place.on_page(*at)
            elif letter in "MS":
                start = at


def box_of(text: str) -> Box:
    """Left, top, width and height; A4 where nothing sensible stands."""
    left, top, width, height = _exactly(text, (0.0, 0.0, 210.0, 297.0))
    return (left, top, width, height) if width > 0 and height > 0 else (0.0, 0.0, 210.0, 297.0)


def _exactly(text: str, otherwise: Sequence[float]) -> tuple[float, ...]:
    """The numbers of the text, if they are as many as in `otherwise`."""
    found = tuple(_bounded(number) for number in _NUMBER.findall(text))
    return found if len(found) == len(otherwise) else tuple(otherwise)


def _bounded(number: str) -> float:
    return min(max(float(number), -_FARTHEST), _FARTHEST)
