"""Members of a household whom a text does not name: 我丈夫, 两个孙子, 其母瘫痪在床."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from domain.links.mention import KinMention, PersonMention
from nlp.persons.kinship import Kin, Kinship
from nlp.persons.profiles import REACH, health_words, profile_beside
from nlp.values.chinese_numbers import NUMERAL, lower_bound

_COUNT = re.compile(rf"({NUMERAL})(?:多)?个?(?:年幼的?|未成年的?|正?上学的?|残疾的?|小)?$")
_CLAUSE_END = re.compile("[，,；;。！？\n]")
# 孩子们, 儿子家: others than the relative; 老人 and 孩子 in general are nobody's.
_NOT_BEHIND = re.compile(r"[们家]|节|的(?:同学|朋友|邻居)")
_ANYBODYS = frozenset(
    {"孩子", "娃娃", "娃", "女子", "小子", "丫头", "老大", "老二", "老三", "老四", "大的", "二的", "小的", "对象"}
)
_NAME_GAP = 6


def find_relatives(content: str, persons: Sequence[PersonMention], kinship: Kinship) -> tuple[KinMention, ...]:
    """The near relatives (of one household) that are told of and not named, each kind and word once.

    Args:
        content: The whole text.
        persons: The persons found in it; a relative with a name behind is one of them.
        kinship: The words of kinship.
    """
    named = {position for one in persons for position in range(one.start - _NAME_GAP, one.end)}
    by_end = {one.end: one for one in persons}
    found: dict[tuple[str, str], KinMention] = {}
    for kin in kinship.anywhere(content):
        if not kin.near or kin.end in named or kin.start in named or _NOT_BEHIND.match(content, kin.end):
            continue
        mention = _mention(content, kin, by_end)
        word = content[kin.start : kin.end]
        if word in _ANYBODYS and mention.count == 1 and not kin.owner:
            continue
        known = found.get((mention.relation, word))
        found[mention.relation, word] = _richer(known, mention) if known else mention
    return tuple(sorted(found.values(), key=lambda one: one.start))


def _mention(content: str, kin: Kin, by_end: Mapping[int, PersonMention]) -> KinMention:
    counted = _COUNT.search(content, max(kin.start - 8, 0), kin.start)
    start = counted.start() if counted else kin.start
    number = lower_bound(counted[1]) if counted else None
    owner = by_end.get(kin.start) or (by_end.get(kin.start - 1) if content[kin.start - 1] in "的之" else None)
    return KinMention(
        text=content[start : kin.end],
        relation=kin.relation,
        start=start,
        end=kin.end,
        count=max(int(number), 1) if number and number <= 20 else 1,
        sex=kin.sex,
        age=profile_beside(content, kin.start, kin.end, kin.end).age,
        health=health_words(content, kin.end, _two_clauses(content, kin.end)),
        relation_to=owner.name if owner else "",
    )


def _two_clauses(content: str, start: int) -> int:
    """Where the second clause from `start` on ends; the first one's end where the text has no further."""
    limit = start + REACH
    ends = [match.start() for match in islice(_CLAUSE_END.finditer(content, start, limit), 2)]
    return ends[-1] if ends and (len(ends) > 1 or limit >= len(content)) else limit


def _richer(known: KinMention, other: KinMention) -> KinMention:
    return replace(
        known, count=max(known.count, other.count), age=known.age or other.age, health=known.health or other.health
    )
