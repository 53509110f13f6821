"""Groups of a village (村民小组): 二组 belongs to the village that the text names before it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from domain.links.mention import PlaceMention
from domain.places.region import Level

_GROUP = re.compile(r"第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:村民小组|居民小组|村民组|小组|组|社|队)")
_LINKING_WORD = re.compile(r"(?:村委会|村民委员会|自然村|行政村|村)?的?")
# Away from its village a group is only read where a person or a stop follows: 二组村民, 三组, but not 一组数据.
_LOOSE_GROUP = re.compile(
    r"(?<![\u4e00-\u9fff\d])(第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:村民小组|居民小组|村民组|小组|组))(?=村民|居民|群众|的|$|[，。、；：,])"
)


def find_groups(content: str, places: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The groups of the villages and sites among `places`, each with the code of its village."""
    villages = [place for place in places if place.level in (Level.VILLAGE, Level.SITE)]
    if not villages:
        return
    attached: set[int] = set()
    for village in villages:
        link = _LINKING_WORD.match(content, village.end)
        found = _GROUP.match(content, link.end() if link else village.end)
        if found:
            attached.add(found.start())
            yield _group(village, found[0], found.start())
    for found in _LOOSE_GROUP.finditer(content):
        earlier = bisect_right(villages, found.start(), key=lambda one: one.end)
        if earlier and found.start() not in attached:
            yield _group(villages[earlier - 1], found[1], found.start(1))


def _group(village: PlaceMention, name: str, start: int) -> PlaceMention:
    return PlaceMention(code=village.code, level=Level.GROUP, name=name, start=start, end=start + len(name))
