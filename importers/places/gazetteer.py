"""The official lists of divisions, the history of their names, and the county's own table of groups, sites, aliases."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from domain.deliveries.receipt import RowProblem
from domain.failures.errors import FileError
from domain.places.place import Alias, AliasKind, Place, Position
from domain.places.region import Level, RegionCode
from importers.places.name_history import NameHistory, OldName, Owned, village_stem
from importers.places.rows import PLACE_COLUMNS, RowPlace, read_place_rows

_VILLAGE_SUFFIXES = re.compile(r"(村委会|村民委员会|居委会|居民委员会)$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_ALIAS_YEARS = ("first_year", "last_year")
_DEGREES = {"longitude": (73.0, 136.0), "latitude": (3.0, 54.0)}
"""The columns of a position with the extent of the country; swapped or in metres they are outside."""
_LONGEST_SOURCE = 200
_OLD_NAMES = frozenset({AliasKind.FORMER_VILLAGE, AliasKind.ALIAS, AliasKind.NATURAL_VILLAGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerDelivery:
    """What the files say, and what in them needs a person."""

    places: list[Place]
    """By code."""
    old_names: int
    """Names of the history that belong to a place of today by name or by spelling."""
    former_villages: int
    """Names of the history known only as a former village of their town."""
    warnings: tuple[RowProblem, ...]


def read_gazetteer(paths: Sequence[Path], county: RegionCode) -> GazetteerDelivery:
    """Every place of all files with the aliases of all files.

    Rows of three kinds, told by their columns: divisions (`village_code`, `village`, `town_code`, `town` …, and if
    wished `longitude`, `latitude`, `coordinate_source` of the village), aliases (`village_code`, `kind`, `name`, and if
    wished `note`, `first_year`, `last_year`; a town's code names the town), and
    the history of names (`town`, `village`, `first`, `last`), which is of `county` where no `county_code` says another.

    Raises:
        FileError: names the file, the line, the column and the value that is wrong.
    """
    places: dict[RegionCode, Place] = {}
    declared: dict[RegionCode, list[Alias]] = defaultdict(list)
    history: dict[OldName, RowPlace] = {}
    for path in paths:
        for place, row in read_place_rows(path):
            if "kind" in row or "name" in row:
                code, alias = _alias(place, row)
                declared[code].append(alias)
            elif row.get("first") and row.get("last"):
                history.setdefault(_old_name(place, row, county), place)
            else:
                places.update((one.code, one) for one in _places(place, row))
    unknown = sorted(code.digits for code in declared if code not in places)
    if unknown:
        raise FileError(f"别名表里的代码 {'、'.join(unknown[:5])} 不在区划表里, 请把区划表一起导入")
    if history and not places:
        raise FileError("地名沿革要和区划表一起导入, 才知道旧村名属于哪个乡镇")
    read = NameHistory(list(history), places.values())
    owned = list(_not_declared(read.owned(), declared))
    for one in owned:
        declared[one.code].append(one.alias)
    kinds = Counter(one.alias.kind for one in owned)
    return GazetteerDelivery(
        places=[_with_aliases(place, declared.get(code, ())) for code, place in sorted(places.items())],
        old_names=len(owned) - kinds[AliasKind.FORMER_VILLAGE],
        former_villages=kinds[AliasKind.FORMER_VILLAGE],
        warnings=tuple(_warning(name, history[name]) for name in read.unknown()),
    )


def short_names(official: str) -> tuple[str, ...]:
    """The shorter forms people write: 庞家庄村委会 → 庞家庄村, 庞家庄; 宜家苑社区居委会 → 宜家苑社区."""
    stem = _VILLAGE_SUFFIXES.sub("", official)
    if stem == official:
        return ()
    if official.endswith(("居委会", "居民委员会")):
        return (stem,)
    bare = stem.removesuffix("村")
    return (f"{bare}村", bare) if len(bare) > 1 else (f"{bare}村",)


def _places(place: RowPlace, row: Mapping[str, str]) -> Iterator[Place]:
    for code_column, name_column in PLACE_COLUMNS:
        if row.get(code_column):
            yield Place(
                code=_code(place, code_column, row[code_column]),
                name=row.get(name_column, ""),
                urban_rural=row.get("urban_rural", "") if name_column == "village" else "",
                position=_position(place, row) if name_column == "village" else None,
            )


def _position(place: RowPlace, row: Mapping[str, str]) -> Position | None:
    told = [column for column in _DEGREES if row.get(column)]
    if not told:
        return None
    for column in _DEGREES:
        if column not in told:
            raise FileError(f"{place} {column}: 没有填, 请把经度和纬度一起填上")
    longitude, latitude = (_degrees(place, column, row[column]) for column in _DEGREES)
    return Position(longitude, latitude, row.get("coordinate_source", "")[:_LONGEST_SOURCE])


def _degrees(place: RowPlace, column: str, value: str) -> float:
    lowest, highest = _DEGREES[column]
    try:
        degrees = float(value)
    except ValueError as exc:
        raise FileError(f"{place} {column}: {value!r} 不是十进制的度数, 请写成 110.87 这样") from exc
    if not lowest <= degrees <= highest:
        raise FileError(f"{place} {column}: {value!r} 不在中国境内({lowest}到{highest}度), 请核对")
    return degrees


def _alias(place: RowPlace, row: Mapping[str, str]) -> tuple[RegionCode, Alias]:
    try:
        kind = AliasKind(row.get("kind", ""))
    except ValueError as exc:
        known = " ".join(AliasKind)
        raise FileError(f"{place} kind: 不认识 {row.get('kind', '')!r}, 可以写 {known}") from exc
    if not row.get("name"):
        raise FileError(f"{place} name: 没有名称")
    code = _code(place, "village_code", row.get("village_code", ""))
    if kind is AliasKind.FORMER_TOWN and code.level is not Level.TOWN:
        raise FileError(f"{place} village_code: 撤并前的乡镇应写现在乡镇的代码, 不是 {code}")
    years = [_year(place, column, row[column]) if row.get(column) else None for column in _ALIAS_YEARS]
    return code, Alias(row["name"], kind, row.get("note", ""), *years)


def _old_name(place: RowPlace, row: Mapping[str, str], county: RegionCode) -> OldName:
    for column in ("town", "village"):
        if not row.get(column):
            raise FileError(f"{place} {column}: 没有名称")
    first, last = (_year(place, column, row[column]) for column in ("first", "last"))
    if first > last:
        raise FileError(f"{place} last: {last} 早于 first {first}")
    told = row.get("county_code")
    return OldName(
        county=_code(place, "county_code", told) if told else county,
        town=row["town"],
        village=row["village"],
        first_year=first,
        last_year=last,
    )


def _year(place: RowPlace, column: str, value: str) -> int:
    if not value.isdecimal() or not _FIRST_YEAR <= int(value) <= _LAST_YEAR:
        raise FileError(f"{place} {column}: {value!r} 不是年份")
    return int(value)


def _code(place: RowPlace, column: str, value: str) -> RegionCode:
    try:
        return RegionCode.parse(value)
    except ValueError as exc:
        raise FileError(f"{place} {column}: {exc}") from exc


def _not_declared(owned: Iterator[Owned], declared: dict[RegionCode, list[Alias]]) -> Iterator[Owned]:
    """The names of the history that the county's own table does not tell better; it takes over their years."""
    for one in owned:
        told = [
            (code, at)
            for code, aliases in declared.items()
            if one.code.contains(code) or code.contains(one.code)
            for at, alias in enumerate(aliases)
            if alias.kind in _OLD_NAMES and village_stem(alias.name) == village_stem(one.alias.name)
        ]
        for code, at in told:
            alias = declared[code][at]
            declared[code][at] = replace(
                alias,
                first_year=alias.first_year or one.alias.first_year,
                last_year=alias.last_year or one.alias.last_year,
            )
        if not told:
            yield one


def _warning(name: OldName, place: RowPlace) -> RowProblem:
    reason = "区划表里没有这个村或它的乡镇, 也看不出它后来叫什么; 请换较新的区划表, 或在别名表里写明"
    return RowProblem(
        sheet=place.label, row=place.row, column="village", reason=reason, value=f"{name.town}{name.village}"
    )


def _with_aliases(place: Place, declared: Sequence[Alias]) -> Place:
    names = {alias.name for alias in declared}
    derived = [Alias(name, AliasKind.ALIAS) for name in short_names(place.name) if name not in names]
    return replace(place, aliases=(*declared, *derived))
