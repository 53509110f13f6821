"""Where the words around a stretch say that somebody is called so: 我叫叶井, 石友（男）, 高道的老父亲.

Whether the stretch is a name the words alone do not tell (我叫了车; 学校的孩子): the register does.
"""

import re
from collections.abc import Iterable, Iterator

LEAST, MOST = 2, 4
"""Characters of a name."""
_LENGTHS = range(LEAST, MOST + 1)
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_CALLED = re.compile(
    r"(?:名叫|名字叫|姓名[：:]|[我俺咱人个]叫|户主(?:就是|是|叫)?我?|本人|我是|(?:反映|来电|来访|来信|信访|求助|申请|投诉)人[：:]?"
    r"|[农果菜枣]农?户|养殖户|种植户|贫困户|低保户|监测户|脱贫户|五保户|居民|村民|群众"
    r"|碰[见到]|遇[见到]|见了|看望了?|看了|说起|问问|问一下|关于|[替帮代])"
)
_AGE = r"(?:今年|现年|如今|年龄)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})岁"
_TOLD_OF = re.compile(
    rf"[，,（(]\s?(?:[男女](?!儿|婿|方|孩|友|人)|{_AGE}|\d{{4}}年(?:出?生|\d)|家?住|户籍|系|生于)"
    r"|家里|一家|一户|夫[妻妇]|本人|一个人|这种情况|这[几两一]年|的(?:情况|日子|困难|家境|事)|求助|问一下|说几句"
)
_WHOSE = re.compile("(?:家的|家|的)?$")


def called(content: str, kin: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Begin and end of every stretch of two to four characters that such words call a name, in no certain order.

    Args:
        content: The whole text.
        kin: Where words of kinship begin (老父亲): right before, whose they are.
    """
    for found in _CALLED.finditer(content):
        yield from _of_han(content, ((found.end(), found.end() + length) for length in _LENGTHS))
    ends = {found.start() for found in _TOLD_OF.finditer(content)}
    for start in kin:
        whose = _WHOSE.search(content, max(start - MOST, 0), start)
        ends.add(whose.start() if whose else start)
    for end in ends:
        yield from _of_han(content, ((end - length, end) for length in _LENGTHS))


def _of_han(content: str, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in stretches:
        if start >= 0 and end <= len(content) and _HAN.fullmatch(content, start, end):
            yield start, end
