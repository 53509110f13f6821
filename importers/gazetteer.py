"""The official lists of divisions, and the county's own list of groups, sites, aliases and old names."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from domain.errors import FileError
from domain.place import Alias, AliasKind, Place
from domain.region import RegionCode
from importers.sheet import decode, read_bytes

_LEVELS = (("city_code", "city"), ("county_code", "county"), ("town_code", "town"), ("village_code", "village"))
_VILLAGE_SUFFIXES = re.compile(r"(村委会|村民委员会|居委会|居民委员会)$")


def read_gazetteer(paths: Sequence[Path]) -> list[Place]:
    """Every place of all files with the aliases of all files; FileError names the line that is wrong."""
    places: dict[RegionCode, Place] = {}
    aliases: dict[RegionCode, list[Alias]] = {}
    for path in paths:
        for number, row in _rows(path):
            if "kind" in row:
                code, alias = _alias(path, number, row)
                aliases.setdefault(code, []).append(alias)
            else:
                places.update((place.code, place) for place in _places(path, number, row))
    unknown = sorted(code.digits for code in aliases if code not in places)
    if unknown:
        raise FileError(f"别名表里的村代码 {'、'.join(unknown[:5])} 不在区划表里, 请把区划表一起导入")
    return [_with_aliases(place, aliases.get(code, ())) for code, place in sorted(places.items())]


def short_names(official: str) -> tuple[str, ...]:
    """The shorter forms people write: 庞家庄村委会 → 庞家庄村, 庞家庄; 宜家苑社区居委会 → 宜家苑社区."""
    stem = _VILLAGE_SUFFIXES.sub("", official)
    if stem == official:
        return ()
    if official.endswith(("居委会", "居民委员会")):
        return (stem,)
    bare = stem.removesuffix("村")
    return (f"{bare}村", bare) if len(bare) > 1 else (f"{bare}村",)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = decode(path, read_bytes(path))
    if path.suffix.lower() == ".csv":
        reader = csv.DictReader(io.StringIO(text, newline=""))
        for row in reader:
            yield reader.line_num, {key.strip(): (value or "").strip() for key, value in row.items() if key}
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, {key: str(value) for key, value in json.loads(line).items()}
            except (json.JSONDecodeError, AttributeError) as exc:
                raise FileError(f"{path.name} 第{number}行: 不是JSON对象") from exc


def _places(path: Path, number: int, row: Mapping[str, str]) -> Iterator[Place]:
    for code_column, name_column in _LEVELS:
        if row.get(code_column):
            yield Place(
                code=_code(path, number, code_column, row[code_column]),
                name=row.get(name_column, ""),
                urban_rural=row.get("urban_rural", "") if name_column == "village" else "",
            )


def _alias(path: Path, number: int, row: Mapping[str, str]) -> tuple[RegionCode, Alias]:
    try:
        kind = AliasKind(row["kind"])
    except ValueError as exc:
        known = " ".join(AliasKind)
        raise FileError(f"{path.name} 第{number}行 kind: 不认识 {row['kind']!r}, 可以写 {known}") from exc
    if not row.get("name"):
        raise FileError(f"{path.name} 第{number}行 name: 没有名称")
    code = _code(path, number, "village_code", row.get("village_code", ""))
    return code, Alias(name=row["name"], kind=kind, note=row.get("note", ""))


def _code(path: Path, number: int, column: str, value: str) -> RegionCode:
    try:
        return RegionCode.parse(value)
    except ValueError as exc:
        raise FileError(f"{path.name} 第{number}行 {column}: {exc}") from exc


def _with_aliases(place: Place, declared: Sequence[Alias]) -> Place:
    names = {alias.name for alias in declared}
    derived = [Alias(name, AliasKind.ALIAS) for name in short_names(place.name) if name not in names]
    return Place(code=place.code, name=place.name, urban_rural=place.urban_rural, aliases=(*declared, *derived))
