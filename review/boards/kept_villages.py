"""The villages of divisions as every page of leads shows them; a county has hundreds, and they hardly ever change."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.places.place import Place
from domain.places.region import Level, RegionCode
from review.boards.village_map import CountyMap, VillageMap
from storage.unit_of_work import UnitOfWork

_KEPT_FOR = timedelta(minutes=1)
"""After another process has read a gazetteer, pages show it that much later."""


@dataclass(frozen=True, slots=True)
class _Kept:
    villages: tuple[Place, ...]
    drawing: CountyMap
    read_at: datetime


@dataclass
class KeptVillages:
    """Of one application; nothing of it is anybody's secret."""

    _kept: dict[RegionCode, _Kept] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, work: UnitOfWork, region: RegionCode, at: datetime) -> tuple[Place, ...]:
        """The villages inside the region by code; `at` is now."""
        return self._of(work, region, at).villages

    def map_of(self, work: UnitOfWork, village: RegionCode, at: datetime) -> VillageMap | None:
        """Where the village lies in its county; None when it is none, or unknown."""
        if village.level is not Level.VILLAGE:
            return None
        return self._of(work, village.ancestor(Level.COUNTY), at).drawing.around(village)

    def _of(self, work: UnitOfWork, region: RegionCode, at: datetime) -> _Kept:
        with self._lock:
            kept = self._kept.get(region)
        if kept is None or not timedelta() <= at - kept.read_at < _KEPT_FOR:
            villages = tuple(work.places.villages(region))
            kept = _Kept(villages, CountyMap(villages), at)
            with self._lock:
                self._kept[region] = kept
        return kept
