"""Which village a register means: by code, by name and town, or by the name of the sheet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from domain.place import Place
from domain.region import Level, RegionCode
from importers.gazetteer import short_names
from importers.register_words import register_words


class UnknownVillage(Exception):
    """The village cannot be told; carries the field, the Chinese reason and what is written."""

    def __init__(self, field: str, reason: str, written: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.written = field, reason, written


class VillageNames:
    """The villages of the gazetteer by every name they go by."""

    def __init__(self, places: Sequence[Place]) -> None:
        """Of these places."""
        self._villages: dict[str, set[RegionCode]] = defaultdict(set)
        self._towns: dict[str, set[RegionCode]] = defaultdict(set)
        for place in places:
            found = {Level.VILLAGE: self._villages, Level.TOWN: self._towns}.get(place.level)
            if found is not None:
                for name in {place.name, *short_names(place.name), *(alias.name for alias in place.aliases)}:
                    found[name].add(place.code)

    def village(self, values: Mapping[str, str]) -> RegionCode:
        """The village of a row with these values; UnknownVillage when none is named, or more than one would do."""
        written = values.get("village_code", "")
        if written:
            return _code(written)
        name = values.get("village", "")
        if not name:
            raise UnknownVillage("village", "没有填村, 请填村名或村代码后重新提交", "")
        towns = self._named(self._towns, values.get("town", ""))
        fitting = self._named(self._villages, name)
        among = {one for one in fitting if one.ancestor(Level.TOWN) in towns} if towns else fitting
        if len(among) == 1:
            return next(iter(among))
        reason = "村名在地名表里查不到或有重名, 请填村代码或先导入地名"
        raise UnknownVillage("village", reason, name)

    def named_by_sheet(self, sheet: str) -> str:
        """The name of the sheet when it is a village's; empty otherwise."""
        name = sheet.strip()
        known = bool(self._named(self._villages, name))
        return name if known or name.endswith(register_words().village_endings) else ""

    def named_in(self, title: str) -> tuple[str, RegionCode] | None:
        """The one village that a title names with what villages end with: 郭家垛村, 宜家苑社区; None for several."""
        endings = register_words().village_endings
        written = [name for name in self._full_names(endings) if name in title]
        # 郭家垛村 stands in 郭家垛村委会 too, and 家垛村 may be another one.
        longest = [name for name in written if not any(name != other and name in other for other in written)]
        towns = {code for name, codes in self._towns.items() if len(name) > 1 and name in title for code in codes}
        found = {
            code
            for name in longest
            for code in self._named(self._villages, name)
            if not towns or code.ancestor(Level.TOWN) in towns
        }
        return (longest[0], found.pop()) if len(found) == 1 else None

    def _full_names(self, endings: tuple[str, ...]) -> Iterator[str]:
        for name in self._villages:
            yield name if name.endswith(endings) else f"{name}村"

    def _named(self, among: Mapping[str, set[RegionCode]], name: str) -> set[RegionCode]:
        return among.get(name) or among.get(name.removesuffix("村")) or set() if name else set()


def _code(written: str) -> RegionCode:
    try:
        code = RegionCode.parse(written)
    except ValueError as exc:
        raise UnknownVillage("village_code", f"{exc}, 请核对后重新提交", written) from exc
    if code.level is not Level.VILLAGE:
        raise UnknownVillage("village_code", f"这是{code.level.label}的代码, 请填12位的村代码后重新提交", written)
    return code
