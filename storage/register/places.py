"""The gazetteer."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, func, select

from domain.places.place import Alias, AliasKind, Place, Position
from domain.places.region import RegionCode
from storage.columns import inside
from storage.session import Session, chunks
from storage.tables.registry import AliasRow, PlaceRow

_VILLAGE = 12
"""Digits of a village's code."""
_KEPT_VILLAGES = 20_000
"""Of a few dozen counties: pages ask for the same villages again and again, and a place never changes."""


class Places:
    """Divisions with all their names."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._names: dict[str, str] = {}

    def put(self, places: Iterable[Place]) -> None:
        """Replace each place and its aliases; places not named stay."""
        given = list(places)
        for part in chunks([place.code.digits for place in given]):
            self._session.connection.execute(delete(AliasRow).where(AliasRow.code.in_(part)))
        rows = [
            {"code": one.code.digits, "name": one.name, "urban_rural": one.urban_rural, **_located(one.position)}
            for one in given
        ]
        self._session.upsert(PlaceRow, [PlaceRow.code], rows)
        aliases = [
            {
                "code": one.code.digits,
                "position": at,
                "name": alias.name,
                "kind": alias.kind.value,
                "note": alias.note,
                "first_year": alias.first_year,
                "last_year": alias.last_year,
            }
            for one in given
            for at, alias in enumerate(one.aliases)
        ]
        self._session.insert_new(AliasRow, aliases)

    def all(self) -> list[Place]:
        """Every place by code."""
        aliases: dict[str, list[Alias]] = defaultdict(list)
        query = select(AliasRow.__table__).order_by(AliasRow.code, AliasRow.position)
        for row in self._session.connection.execute(query):
            aliases[row.code].append(Alias(row.name, AliasKind(row.kind), row.note, row.first_year, row.last_year))
        places = self._session.connection.execute(select(PlaceRow.__table__).order_by(PlaceRow.code))
        return [
            Place(
                code=RegionCode(row.code),
                name=row.name,
                urban_rural=row.urban_rural,
                aliases=tuple(aliases[row.code]),
                position=_position(row.longitude, row.latitude, row.located_by),
            )
            for row in places
        ]

    def villages(self, region: RegionCode) -> list[Place]:
        """The villages inside the region by code, without their other names."""
        query = select(PlaceRow.code, PlaceRow.name, PlaceRow.longitude, PlaceRow.latitude, PlaceRow.located_by)
        query = query.where(inside(PlaceRow.code, region), func.length(PlaceRow.code) == _VILLAGE)
        return [_village(*row) for row in self._session.connection.execute(query.order_by(PlaceRow.code))]

    def names_inside(self, region: RegionCode) -> dict[RegionCode, str]:
        """The official names of everything inside the region, itself included, by code."""
        query = select(PlaceRow.code, PlaceRow.name).where(inside(PlaceRow.code, region)).order_by(PlaceRow.code)
        return {RegionCode(row.code): row.name for row in self._session.connection.execute(query)}

    def names_of(self, places: Iterable[RegionCode]) -> dict[RegionCode, str]:
        """The official names of several divisions; the code where the gazetteer has no name."""
        codes = list(places)
        wanted = sorted({code.digits for code in codes} - self._names.keys())
        for part in chunks(wanted):
            query = select(PlaceRow.code, PlaceRow.name).where(PlaceRow.code.in_(part))
            self._names |= {row.code: row.name for row in self._session.connection.execute(query)}
        return {code: self._names.setdefault(code.digits, code.digits) for code in codes}

    def name_of(self, code: RegionCode) -> str:
        """The official name of a division, its code when the gazetteer does not know it."""
        if code.digits not in self._names:
            found = self._session.connection.scalar(select(PlaceRow.name).where(PlaceRow.code == code.digits))
            self._names[code.digits] = found or code.digits
        return self._names[code.digits]


def _located(position: Position | None) -> dict[str, Any]:
    if position is None:
        return {"longitude": None, "latitude": None, "located_by": ""}
    return {"longitude": position.longitude, "latitude": position.latitude, "located_by": position.source}


@lru_cache(maxsize=_KEPT_VILLAGES)
def _village(code: str, name: str, longitude: float | None, latitude: float | None, located_by: str) -> Place:
    return Place(code=RegionCode(code), name=name, position=_position(longitude, latitude, located_by))


def _position(longitude: float | None, latitude: float | None, located_by: str) -> Position | None:
    if longitude is None or latitude is None:
        return None
    return Position(longitude, latitude, located_by)
