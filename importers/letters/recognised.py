"""What is said of a letter that was read from an image: values that may be misread, and numbers that nobody got."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from importers.letters.signatures import introduced_in

_DOUBTED = (
    "是从图上认出来的, 有字把握不足, 已按认出的接收; 请对照原件核对, 认错的请在回执Excel的「{column}」一栏改正后再交"
)
_TWO_WAYS = "姓名在图上认出了两种写法, 已按其中一种接收; 请对照原件核对, 认错的请在回执Excel的「信访人」一栏改正后再交"
_OF_NOBODY = (
    "图上认出了像手机号的数字, 前面的字没有认出是电话, 没有当作写信人的; "
    "是写信人的请在回执Excel的「联系电话」一栏补填后再交"
)
NAME, PHONE, ID_NUMBER, ADDRESS, DAY = "信访人", "联系电话", "证件号码", "住址", "信访日期"
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PIECES = re.compile(r"[^\u4e00-\u9fff]+")
_END_LINES, _LABEL = 6, 4
"""Lines at the end of a letter among which its writer's phone stands, behind a label of so many characters."""
_SHORTEST = 3
"""Characters of a name of which one may be told to be misread: of two, one alone says too little."""


def remarks_on(
    doubted: Sequence[str], lines: Sequence[str], values: Mapping[str, str], of_others: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Column, reason and value; `values` are what was taken, by the columns of the receipt.

    Phones `of_others` are told of already.
    """
    pieces = [_bare(piece) for piece in doubted]
    name = _bare(values.get(NAME, ""))
    two_ways = _is_spelled_otherwise(name, lines)
    if two_ways:
        yield NAME, _TWO_WAYS, name
    for column, value in values.items():
        if not (column == NAME and two_ways) and any(_is_touched(_bare(value), piece) for piece in pieces):
            yield column, _DOUBTED.format(column=column), value
    if not values.get(PHONE):
        end = [_bare(line) for line in lines if line.strip()][-_END_LINES:]
        found = (number for line in end for number in _MOBILE.findall(line) if len(line) <= len(number) + _LABEL)
        if number := next((number for number in found if number not in of_others), ""):
            yield PHONE, _OF_NOBODY, number


def _bare(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


def _is_touched(value: str, piece: str) -> bool:
    """The doubted piece holds the value, or is more than a character of it."""
    return bool(value) and (value in piece or (len(piece) > 1 and piece in value))


def _is_spelled_otherwise(name: str, lines: Sequence[str]) -> bool:
    """True when a piece of the letter is the name with another character in one place."""
    if len(name) < _SHORTEST:
        return False
    pieces = [introduced_in("\n".join(lines)), *(piece for line in lines for piece in _PIECES.split(line))]
    return any(
        len(piece) == len(name) and sum(a != b for a, b in zip(piece, name, strict=True)) == 1 for piece in pieces
    )
