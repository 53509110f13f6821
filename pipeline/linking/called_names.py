"""Where the words around a stretch say that somebody is called so: 我叫叶井, 石友（男）, 高道的老父亲.

Whether the stretch is a name the words alone do not tell (我叫了车; 学校的孩子): the register does.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.kinship import load_kinship

LEAST, MOST = 2, 4
"""Characters of a name."""
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_CALLED = re.compile(
    r"(?:名叫|名字叫|姓名[：:]|[我俺咱人]叫|户主(?:就是|是|叫)?我?|本人|我是|(?:反映|来电|来访|来信|信访|求助|申请|投诉)人[：:]?"
    r"|农户|贫困户|低保户|监测户|脱贫户|五保户|居民|村民)"
)
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"


def called(content: str) -> Iterator[tuple[int, int]]:
    """Begin and end of every stretch of two to four characters that such words call a name, in no certain order."""
    for found in _CALLED.finditer(content):
        for length in range(LEAST, MOST + 1):
            if _is_han(content, found.end(), found.end() + length):
                yield found.end(), found.end() + length
    for found in _told_of().finditer(content):
        for length in range(LEAST, min(MOST, found.start()) + 1):
            if _is_han(content, found.start() - length, found.start()):
                yield found.start() - length, found.start()


def _is_han(content: str, start: int, end: int) -> bool:
    return end <= len(content) and re.fullmatch(rf"{_HAN}+", content[start:end]) is not None


@cache
def _told_of() -> re.Pattern[str]:
    """What is said of a person right behind his name: his sex, his age, his home, and whose kin he is."""
    kin = "|".join(sorted(map(re.escape, load_kinship().words), key=len, reverse=True))
    particulars = rf"[男女](?!儿|婿|方|孩|友|人)|(?:今年|现年|如今|年龄)?{_NUMBER}岁|\d{{4}}年(?:出?生|\d)|家住|住在|住|户籍|系|生于"
    return re.compile(rf"[，,（(]\s?(?:{particulars})|家?的?(?:{kin})|家里|(?:一家|夫[妻妇]|本人)")
