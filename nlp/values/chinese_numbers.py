"""Numbers as people write them in Chinese texts: 3.5, 12,000, 三千五百, 一万二, 十几, 几."""

import re

NUMERAL = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d++)(?:\.\d+)?|[一二三四五六七八九十百千两半几零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]+"
)
"""Pattern of a number in digits or in Chinese numerals."""

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_DIGITS |= {sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"两": 2}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_WRITTEN_IN_DIGITS = re.compile(r"[\d,，.]+")


def lower_bound(numeral: str) -> float | None:
    """The number, or the least it can be (十几 is 10, 几千 is 1000, 半 is a half); None when it is no number."""
    if _WRITTEN_IN_DIGITS.fullmatch(numeral):
        return float(numeral.replace(",", "").replace("，", ""))
    if numeral == "半":
        return 0.5
    return _chinese(numeral)


def _chinese(numeral: str) -> float | None:
    total, group, digit, last_unit = 0.0, 0.0, None, 1
    for sign in numeral:
        if sign in _DIGITS:
            # 三四万 is at least 30000: of two digits in a row the first one counts.
            digit = digit or _DIGITS[sign]
        elif sign == "几":
            digit = None if group else 1
        elif sign in _UNITS:
            group += (1 if digit is None else digit) * _UNITS[sign]
            digit, last_unit = None, _UNITS[sign]
        elif sign in _GROUPS:
            total += max(group + (digit or 0), 1) * _GROUPS[sign]
            group, digit, last_unit = 0.0, None, _GROUPS[sign]
        else:
            return None
    # 一万二 is 12000 and 三千五 is 3500: the last digit counts the next lower unit, unless a zero stands before it.
    tail = (digit or 0) * (last_unit // 10 if last_unit > 10 and "零" not in numeral and "〇" not in numeral else 1)
    return total + group + tail or None
