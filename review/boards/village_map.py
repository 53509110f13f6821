"""Where the village lies in its county, as plain SVG drawn on the server; a list of neighbours where nobody says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, radians

from domain.places.place import Place, Position
from domain.places.region import Level, RegionCode

_WIDTH, _EDGE = 500.0, 24.0
_KM_OF_DEGREE = 111.2
"""Along a meridian; along a parallel times the cosine of the latitude."""
_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageMap:
    """A map, or without positions (`height` 0) only the names of the villages of the same town."""

    village: str
    width: int
    height: int
    x: float
    y: float
    all_points: str
    """A path with one stroke of no length for each village of the county."""
    town_points: str
    anchor: str
    neighbours: tuple[str, ...]
    sources: tuple[str, ...]
    """Who says where the villages lie."""


class CountyMap:
    """The villages of a county, from which the map around any of them is drawn."""

    def __init__(self, places: Sequence[Place]) -> None:
        """Keep the villages; nothing is drawn yet."""
        self._places = {place.code: place for place in places}
        self._located = [(place, place.position) for place in places if place.position is not None]

    def around(self, region: RegionCode) -> VillageMap | None:
        """The map around a village; None when the region is no known village."""
        here = self._places.get(region)
        if here is None or region.level is not Level.VILLAGE:
            return None
        town = region.ancestor(Level.TOWN)
        if here.position is None or len(self._located) < 2:
            names = (place.name for place in self._places.values() if town.contains(place.code) and place is not here)
            return _list_of(here, tuple(names))
        frame, strokes = self._frame, self._drawn
        x, y = frame.point(here.position)
        return VillageMap(
            village=here.name,
            width=round(frame.width),
            height=round(frame.height),
            x=x,
            y=y,
            all_points="".join(path for one, path in strokes.items() if one != town),
            town_points=strokes.get(town, ""),
            anchor="end" if x > frame.width * 0.75 else "middle" if x > frame.width * 0.25 else "",
            neighbours=tuple(_nearest(self._located, here, here.position)),
            sources=self._sources,
        )

    @cached_property
    def _frame(self) -> "_Frame":
        return _Frame([position for _, position in self._located])

    @cached_property
    def _sources(self) -> tuple[str, ...]:
        return tuple(sorted({position.source for _, position in self._located if position.source}))

    @cached_property
    def _drawn(self) -> Mapping[RegionCode, str]:
        """A path for each town, with one stroke for each of its villages."""
        towns: dict[RegionCode, list[Position]] = defaultdict(list)
        for place, position in self._located:
            towns[place.code.ancestor(Level.TOWN)].append(position)
        return {town: _strokes(self._frame, positions) for town, positions in towns.items()}


def _list_of(here: Place, neighbours: tuple[str, ...]) -> VillageMap:
    nothing = {"width": 0, "height": 0, "x": 0, "y": 0}
    return VillageMap(
        village=here.name, all_points="", town_points="", anchor="", neighbours=neighbours, sources=(), **nothing
    )


class _Frame:
    """Turns degrees into points of the drawing; north is up, and a kilometre is as long in every direction."""

    def __init__(self, positions: Sequence[Position]) -> None:
        self._west = min(one.longitude for one in positions)
        self._north = max(one.latitude for one in positions)
        south = min(one.latitude for one in positions)
        self._narrowing = cos(radians((self._north + south) / 2))
        across = max((max(one.longitude for one in positions) - self._west) * self._narrowing, 0.01)
        self._scale = (_WIDTH - 2 * _EDGE) / max(across, self._north - south)
        self.width = across * self._scale + 2 * _EDGE
        self.height = (self._north - south) * self._scale + 2 * _EDGE

    def point(self, position: Position) -> tuple[float, float]:
        x = (position.longitude - self._west) * self._narrowing * self._scale + _EDGE
        return round(x, 1), round((self._north - position.latitude) * self._scale + _EDGE, 1)


def _strokes(frame: _Frame, positions: Sequence[Position]) -> str:
    return "".join(f"M{x:g} {y:g}h0" for x, y in map(frame.point, positions))


def _nearest(located: Sequence[tuple[Place, Position]], here: Place, at: Position) -> list[str]:
    others = sorted((_kilometres(at, position), place.name) for place, position in located if place is not here)
    return [f"{name} 约{distance:.0f}公里" for distance, name in others[:_NEIGHBOURS]]


def _kilometres(one: Position, other: Position) -> float:
    """As the crow flies; over a county the earth is flat enough."""
    narrowing = cos(radians((one.latitude + other.latitude) / 2))
    return _KM_OF_DEGREE * hypot((one.longitude - other.longitude) * narrowing, one.latitude - other.latitude)
