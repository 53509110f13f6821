"""Charts as SVG, drawn on the server: bars with their numbers written on them, and lines; a table stands beside each.

Colour carries nothing alone: every bar has its value and label as text, every point of a line its value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH = 600
_BAR_HEIGHT, _BAR_GAP = 26, 12
_LABELS, _VALUES = 185, 80
"""Room for the labels before the bars and the values behind them, in the chart's units."""
_LINE_HEIGHT, _HEAD, _FOOT, _SIDE = 150, 26, 30, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a chart with the address of the leads that it counts."""

    label: str
    count: int
    href: str = ""
    part: int = 0
    """How many of the count to set off, such as those overdue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One drawn bar."""

    value: Value
    y: float
    x: float
    width: float
    part_width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Horizontal bars, one below the other."""

    title: str
    width: int
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One drawn point of a line."""

    value: Value
    x: float
    y: float
    labelled: bool
    """False where the label would run into its neighbour's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """One line over time."""

    title: str
    width: int
    height: int
    base: int
    """Where the axis is."""
    path: str
    """The points as SVG takes them for a polyline."""
    points: tuple[Point, ...]
    values: tuple[Value, ...]


def bar_chart(title: str, values: Sequence[Value]) -> BarChart:
    """Bars in the order of the values; the highest takes the whole width."""
    most = max([1, *(one.count for one in values)])
    room = _WIDTH - _LABELS - _VALUES
    bars = tuple(
        Bar(
            value=one,
            x=_LABELS,
            y=at * (_BAR_HEIGHT + _BAR_GAP),
            width=round(one.count / most * room, 1),
            part_width=round(one.part / most * room, 1),
            height=_BAR_HEIGHT,
        )
        for at, one in enumerate(values)
    )
    height = max(1, len(values) * (_BAR_HEIGHT + _BAR_GAP) - _BAR_GAP)
    return BarChart(title=title, width=_WIDTH, height=height, bars=bars)


def line_chart(title: str, values: Sequence[Value], *, label_every: int = 1) -> LineChart:
    """A line through the values in their order; the highest reaches the top, the axis is at nought."""
    most = max([1, *(one.count for one in values)])
    step = (_WIDTH - 2 * _SIDE) / max(1, len(values) - 1)
    last = len(values) - 1
    base = _HEAD + _LINE_HEIGHT
    points = tuple(
        Point(
            value=one,
            x=round(_SIDE + at * step, 1),
            y=round(base - one.count / most * _LINE_HEIGHT, 1),
            labelled=(last - at) % label_every == 0,
        )
        for at, one in enumerate(values)
    )
    path = " ".join(f"{point.x},{point.y}" for point in points)
    return LineChart(
        title=title, width=_WIDTH, height=base + _FOOT, base=base, path=path, points=points, values=tuple(values)
    )
