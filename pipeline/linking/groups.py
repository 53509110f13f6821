"""The village group (村民小组) that a text names, compared with a registered one."""

import re

from domain.links.mention import Mentions
from domain.places.region import Level

_NUMBER = re.compile(r"[一二三四五六七八九十]+|\d+")
_DIGITS = "一二三四五六七八九"
# 咱村5组的, 临泉镇第三组: only behind a village, a town or a home.
# Never 组织, 社会, 一组数据, 队干部, 二组的人 or 镇三队.
_GROUP = (
    r"(第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:村民小组|居民小组|村民组|小组|组|社|队))"
    r"(?![织长员成建装合团区会保委伍里数照干工医]|的人|(?<=队)人)"
)
_ALONE = re.compile(rf"(?:村里?|(?:[乡镇]|街道)(?!第?[^村组社]{{1,3}}队)里?|[我咱俺本]|家?住在?|家在)的?{_GROUP}")
_ANY = re.compile(_GROUP)
_BEHIND = re.compile(rf"(?:村委会|村民委员会)?的?{_GROUP}")


def group_alone(content: str, mentions: Mentions) -> str:
    """The group that a text names without its village, or of a village that it does not tell apart.

    我村三社人, 临泉镇三组的, 王家庄村五组 where two towns have a 王家庄. Empty where it names none or several.
    """
    if any(place.level in (Level.VILLAGE, Level.SITE, Level.GROUP) for place in mentions.places):
        return ""
    behind = (_BEHIND.match(content, place.end) for place in mentions.ambiguous_places)
    groups = (*_ALONE.finditer(content), *(one for one in behind if one))
    found = {group_number(one[1]): one[1] for one in groups}
    numbers = {group_number(one[1]) for one in _ANY.finditer(content)}
    return next(iter(found.values())) if len(found) == 1 == len(numbers) else ""


def is_same_group(written: str, registered: str) -> bool:
    """True when two names of groups mean the same: 第十二村民小组 and 12组."""
    number = group_number(written)
    if number is not None and (own := group_number(registered)) is not None:
        return number == own
    return bool(registered) and written == registered


def group_number(name: str) -> int | None:
    """The number in the name of a group; None where it has none."""
    found = _NUMBER.search(name)
    if found is None:
        return None
    if found[0].isdecimal():
        return int(found[0])
    tens, ten, ones = found[0].rpartition("十")
    return 10 * (_digit(tens) or 1) * bool(ten) + _digit(ones)


def _digit(character: str) -> int:
    return _DIGITS.find(character) + 1 if character else 0
