"""The citizen's ID number: eighteen characters whose last one checks the others (GB 11643-1999, ISO 7064 MOD 11-2)."""

import re
from datetime import date

from domain.household import Sex

_FORM = re.compile(r"\d{17}[\dX]")
_WEIGHTS = tuple(2**place % 11 for place in range(17, 0, -1))
_CHECKS = "10X98765432"


def check_character(digits: str) -> str:
    """The eighteenth character for the seventeen digits before it."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def id_number_problem(number: str, *, today: date) -> str | None:
    """What is wrong with an ID number in capitals, as a Chinese sentence; None when nothing is."""
    if not _FORM.fullmatch(number):
        return f"身份证号应是18位, 现有{len(number)}位, 请核对"
    born = birth_date(number)
    if born is None or not date(1880, 1, 1) <= born <= today:
        return "身份证号里的出生日期不对, 请核对第7至14位"
    if check_character(number[:17]) != number[17]:
        return "身份证号的校验位不对, 多为抄错一位, 请对照证件核对"
    return None


def birth_date(number: str) -> date | None:
    """The day of birth in characters 7 to 14; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> Sex:
    """Odd seventeenth digits are given to men."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
