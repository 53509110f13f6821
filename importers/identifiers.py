"""Phones and ID numbers as delivered: kept when whole, never repaired by guessing."""

import re

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8}|9\d{4}|1\d{4}")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}|\d{17}[\dXx]\d{2}")
"""Eighteen characters, the old fifteen, or a disability card (ID number plus kind and grade)."""
_SEPARATORS = re.compile(r"[\s\-  ]")


def phone_of(text: str) -> tuple[str, str | None]:
    """The phone's digits and no problem, or an empty phone and the Chinese problem."""
    if not text:
        return "", None
    digits = _SEPARATORS.sub("", text).removeprefix("+86")
    if _PHONE.fullmatch(digits):
        return digits, None
    return "", "电话号码位数不对, 已接收但未采用, 请核对"


def id_number_of(text: str) -> tuple[str, str | None]:
    """The ID number in capitals and no problem, or an empty number and the Chinese problem."""
    if not text:
        return "", None
    number = _SEPARATORS.sub("", text).upper()
    if _ID_NUMBER.fullmatch(number):
        return number[:18], None
    if "E+" in number:
        return "", "证件号码被表格软件改成了科学计数, 后几位已丢失, 请按原件以文本格式重填"
    if "*" in number:
        return "", None
    return "", "证件号码不是15位或18位, 已接收但未采用, 请核对"


def birth_year_of(id_number: str) -> int | None:
    """The year of birth in an ID number; None when it has none."""
    digits = id_number[6:10] if len(id_number) >= 18 else f"19{id_number[6:8]}" if len(id_number) == 15 else ""
    return int(digits) if digits.isdigit() and 1880 <= int(digits) <= 2100 else None
