"""The real village list that an invented register stands on: JSON lines, plain or .xz, one village a line."""

import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.failures.errors import ConfigError
from domain.places.place import Alias, AliasKind, Place
from domain.places.region import Level, RegionCode
from nlp.places.forms import bare_stem


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    city: str
    city_code: str
    county: str
    county_code: str
    town: str
    town_code: str
    village: str
    village_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """One village of the list with the names of what it lies in."""

    code: RegionCode
    name: str
    """Official, such as 庞家庄村委会."""
    town: str
    county: str

    @property
    def stem(self) -> str:
        """The name people say, without 村委会."""
        return bare_stem(self.name)

    @property
    def town_code(self) -> RegionCode:
        """The town's code."""
        return self.code.ancestor(Level.TOWN)


@dataclass(frozen=True, slots=True)
class VillageList:
    """Every village of a file, and every division as a place of the gazetteer."""

    villages: tuple[Village, ...]
    divisions: tuple[Place, ...]

    @property
    def division(self) -> RegionCode:
        """The deployment's division: the narrowest that all villages lie in, a county or wider."""
        for level in (Level.COUNTY, Level.CITY):
            around = {village.code.ancestor(level) for village in self.villages}
            if len(around) == 1:
                return around.pop()
        return self.villages[0].code.ancestor(Level.PROVINCE)

    def inside(self, division: RegionCode) -> "VillageList":
        """The villages of the division and what they lie in; ConfigError when the list has none of them."""
        villages = tuple(village for village in self.villages if division.contains(village.code))
        if not villages:
            raise ConfigError(f"村名表中没有 {division} 的村")
        divisions = (one for one in self.divisions if division.contains(one.code) or one.code.contains(division))
        return VillageList(villages, tuple(divisions))

    def with_sites(self, sites: dict[RegionCode, str]) -> tuple[Place, ...]:
        """The places with the relocation sites of some villages added under their names."""
        return tuple(
            Place(code=one.code, name=one.name, aliases=(Alias(sites[one.code], AliasKind.RELOCATION_SITE),))
            if one.code in sites
            else one
            for one in self.divisions
        )


def read_villages(path: Path) -> VillageList:
    """The list in the file; ConfigError names the line that is wrong."""
    rows = list(_rows(path))
    if not rows:
        raise ConfigError(f"{path.name}: 没有一行村名")
    divisions: dict[RegionCode, Place] = {}
    villages = []
    for row in rows:
        for code, name in _levels(row):
            divisions.setdefault(code, Place(code=code, name=name))
        code = RegionCode.parse(row.village_code)
        villages.append(Village(code=code, name=row.village, town=row.town, county=row.county))
    return VillageList(tuple(villages), tuple(divisions[code] for code in sorted(divisions)))


def towns_of(villages: Iterable[Village]) -> dict[RegionCode, Sequence[Village]]:
    """The villages by the code of their town, in the order of the list."""
    found: dict[RegionCode, list[Village]] = {}
    for village in villages:
        found.setdefault(village.town_code, []).append(village)
    return dict(found)


def _levels(row: _Row) -> Iterator[tuple[RegionCode, str]]:
    yield RegionCode.parse(row.city_code), row.city
    yield RegionCode.parse(row.county_code), row.county
    yield RegionCode.parse(row.town_code), row.town
    yield RegionCode.parse(row.village_code), row.village


def _rows(path: Path) -> Iterator[_Row]:
    packed = path.read_bytes()
    text = (lzma.decompress(packed) if path.suffix == ".xz" else packed).decode("utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _row(path, number, line)


def _row(path: Path, number: int, line: str) -> _Row:
    try:
        row = _Row.model_validate(json.loads(line))
        RegionCode.parse(row.village_code).ancestor(Level.TOWN)
    except ValidationError as exc:
        first = exc.errors()[0]
        raise ConfigError(f"{path.name} 第{number}行 {first['loc'][0]}: 缺少或不是文字") from exc
    except ValueError as exc:
        raise ConfigError(f"{path.name} 第{number}行 village_code: {exc}") from exc
    return row
