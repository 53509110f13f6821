"""The petitioner's name among what offices write beside it: 张三等12人, 张三（代表）, 张三先生."""

import re
from functools import cache

from importers.words.letter_words import is_name, letter_words
from importers.words.word_patterns import any_of

_AND_OTHERS = re.compile(
    r"\s*等\s*(?:[\d一二三四五六七八九十百余多几两]{0,6}\s*[名户位]?\s*(?:人|户|村民|群众|居民|农户|业主|职工)?)?$"
)
_TITLE = re.compile("(?:先生|女士|同志|小姐)$")
_REMARK = re.compile(r"\s*[(（\[【](?P<remark>[^()（）\[\]【】]{1,12})[)）\]】]$")
_WRITTEN_BY = re.compile(r"(?!本人|[为替给帮代])\w{1,9}?代(?:笔|写|书|填|签)")
"""Whoever wrote for the petitioner, behind his name; 为母亲代笔 behind a name says that he himself wrote."""
_BETWEEN = re.compile(r"\s*[、,，/]\s*")
_GROUP = re.compile(
    r"(?P<whose>[\u4e00-\u9fff\d]{0,14}?)(?:全体|全部|部分|多名|众多|广大|全村|众|各户)?"
    "(?:村民|群众|居民|社员|村民小组|百姓)(?:代表)?"
)
"""The people of a place; what is no place before them is the name of one of them."""
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,14}(?:村|社区)(?:[\d一二三四五六七八九十]{1,3}组)?(?:人|村民)?")
"""Where somebody lives, in brackets behind his name: 张三（某某村）."""
_SEX_OR_AGE = re.compile(r"[男女]性?|\d{1,3}岁?|\d{1,3}[人户]")


def sole_name(text: str) -> str:
    """The name without what stands beside it; unchanged where that may be a second person, of whom none is left out."""
    bare = _TITLE.sub("", _AND_OTHERS.sub("", text))
    remark = _REMARK.search(bare)
    if remark is not None and _says_no_name(remark["remark"]):
        bare = bare[: remark.start()]
    bare = _TITLE.sub("", _AND_OTHERS.sub("", bare)).strip()
    return bare if bare != text and all(map(is_name, _BETWEEN.split(bare))) else text


def is_group(text: str) -> bool:
    """True for people of a place that are nobody in particular: 某村全体村民, 二组村民代表; not 张三村民."""
    found = _GROUP.fullmatch(text)
    return found is not None and (not found["whose"] or found["whose"].endswith(letter_words().no_names))


def _says_no_name(remark: str) -> bool:
    if _WRITTEN_BY.fullmatch(remark) or letter_words().speaking_for.fullmatch(remark):
        return True
    if _PLACE.fullmatch(remark) and not is_name(remark):
        return True
    return _beside_names().fullmatch(remark) is not None or _SEX_OR_AGE.fullmatch(remark) is not None


@cache
def _beside_names() -> re.Pattern[str]:
    """Matches one or more of the words: 代表, 签字按手印, 签名、手印."""
    words = any_of(letter_words().beside_names)
    return re.compile(rf"(?:{words})(?:[、,，/和及并]?(?:{words}))*")
