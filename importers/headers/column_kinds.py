"""What kind of values a column holds, one word for all of them: numbers of phones, days, names, places, long texts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from importers.values.column_contents import is_date
from importers.words.letter_words import is_name


class Kind(StrEnum):
    """What most values of a column are."""

    EMPTY = "empty"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    SEX = "sex"
    DAY = "day"
    YES_NO = "yes_no"
    COUNT = "count"
    """A whole number of up to three digits, perhaps an age."""
    FIGURE = "figure"
    """Any other number, with or without its unit."""
    CODE = "code"
    """Letters and digits as offices number things."""
    LONG = "long"
    PLACE = "place"
    NAME = "name"
    MIDDLE = "middle"
    """Longer than a word and shorter than a tale."""
    SHORT = "short"
    MIXED = "mixed"


_LONG = 12
_MIDDLE = 7
"""Characters from which on a text is long, or of middle length."""
_MOST = 0.5
"""The share of the filled values that gives the column its kind."""
_QUOTES = "'\"‘’“” "
_DIGITS_OF_A_DAY = re.compile(r"(?:19|20)\d{6}")
_ENDS_AS_A_PLACE = re.compile(r"[村乡镇组县区市路巷庄沟屯寨队院楼室湾坪点]$|社区$|街道$|[路街巷院]\d+号$")
_NAME_AND_MORE = re.compile(r"([\u4e00-\u9fff]{2,3})[、,(].*")
_CODE = re.compile(r"(?=.*(?:\d{3}|第\d))[A-Za-z0-9\u4e00-\u9fff〔〕\[\]()\-—_/#.]{3,24}")
_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    # Masked, and shortened by a table program, they are what they were.
    (Kind.ID_NUMBER, re.compile(r"\d{6}[\d*X]{8,13}|\d{14}[\d*X]{4}|\d\.\d+E\+?1[4-7]", re.IGNORECASE)),
    (Kind.PHONE, re.compile(r"(?:0\d{2,3}[-—]?)?\d{7,8}|1\d{2}[\d*]{4,8}|1\d{2}[-—]?[\d*]{4}[-—]?\d{4}")),
    (Kind.SEX, re.compile("[男女]|M|F")),
    (
        Kind.DAY,
        re.compile(
            r"\d{1,2}[./月]\d{1,2}[日号]?.{0,6}|\d{4}[-./年]\d{1,2}(?:[-./月]\d{0,2}日?)?.{0,9}|(?:19|20)\d{4}"
            r"|[正一二三四五六七八九十冬腊]{1,2}月[初廿一二三四五六七八九十]{1,3}.{0,4}|(?:19|20)\d{6}"
        ),
    ),
    (Kind.YES_NO, re.compile("[是否有无对√×✓YN10/]|已.{0,4}|[未没].{0,4}|不.{0,3}", re.IGNORECASE)),
    (Kind.COUNT, re.compile(r"\d{1,3}(?:周?岁)?")),
    (Kind.FIGURE, re.compile(r"[\d,]+(?:\.\d+)?(?:万?元|[万亩人月天日次户页]|个月)?")),
)


def kind_of(values: Sequence[str]) -> Kind:
    """The kind of most of the values; `MIXED` where there is none, `EMPTY` where nothing is filled."""
    kinds = Counter(_kind(text) for value in values if (text := _plain(value)))
    filled = kinds.total()
    if not filled:
        return Kind.EMPTY
    kind, count = kinds.most_common(1)[0]
    if count >= filled * _MOST:
        return kind
    return Kind.MIDDLE if kinds[Kind.LONG] + kinds[Kind.MIDDLE] >= filled * _MOST else Kind.MIXED


def _plain(value: str) -> str:
    return "".join(unicodedata.normalize("NFKC", value).strip(_QUOTES).split())


def _kind(text: str) -> Kind:
    for kind, shape in _SHAPES:
        if shape.fullmatch(text) and not (kind is Kind.PHONE and _DIGITS_OF_A_DAY.fullmatch(text)):
            return kind
    if is_date(text):
        return Kind.DAY
    if len(text) >= _LONG and not _CODE.fullmatch(text):
        return Kind.LONG
    if _ENDS_AS_A_PLACE.search(text):
        return Kind.PLACE
    if _CODE.fullmatch(text):
        return Kind.CODE
    named = _NAME_AND_MORE.fullmatch(text)
    if is_name(named[1] if named else text):
        return Kind.NAME
    return Kind.MIDDLE if len(text) >= _MIDDLE else Kind.SHORT
