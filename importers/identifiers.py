"""Phones and ID numbers as delivered: kept when whole, never repaired by guessing."""

import re
import unicodedata

from domain.id_number import check_character

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,5})?|\d{7,8}|9\d{4}|1\d{4}")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}|\d{17}[\dXx]\d{2}")
"""Eighteen characters, the old fifteen, or a disability card (ID number plus kind and grade)."""
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")
_BETWEEN = re.compile(r"[/、,;|\n]|和|或")
_LABEL = re.compile(r"^[^\d+]{0,6}[:：]|\(.*?\)$")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_KEPT_DIGITS = 15
"""Digits of a number that a table program keeps; it writes zeros for the others."""


def phone_of(text: str) -> tuple[str, str | None]:
    """The phone's digits and no problem, or an empty phone and the Chinese problem; of several the first."""
    written = unicodedata.normalize("NFKC", text).strip().strip("'‘’`").removesuffix(".0")
    if not written:
        return "", None
    if _SCIENTIFIC.fullmatch(written):
        return "", "电话号码被表格软件改成了科学计数, 已接收但未采用, 请按原件以文本格式重填"
    for part in (written, *_BETWEEN.split(written)):
        digits = _SEPARATORS.sub("", _LABEL.sub("", part.strip())).removeprefix("+86")
        if _PHONE.fullmatch(digits):
            return digits, None
    mobile = _MOBILE.search(_SEPARATORS.sub("", written))
    if mobile:
        return mobile[0], None
    return "", "电话号码位数不对, 已接收但未采用, 请核对"


def is_phone(text: str) -> bool:
    """True for a mobile number of eleven digits or a landline with its area code."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", digits) is not None


def id_number_of(text: str) -> tuple[str, str | None]:
    """The ID number in capitals and no problem, or an empty number and the Chinese problem."""
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).strip("'‘’`").upper()
    if not number:
        return "", None
    if _ID_NUMBER.fullmatch(number):
        if _is_rounded(number):
            return "", "证件号码的后三位被表格软件改成了0, 原号已丢失, 请按原件以文本格式重填"
        return number[:18], None
    if is_scientific(number):
        return "", "证件号码被表格软件改成了科学计数, 后几位已丢失, 请按原件以文本格式重填"
    if "*" in number:
        return "", None
    return "", "证件号码不是15位或18位, 已接收但未采用, 请核对"


def is_id_number(text: str) -> bool:
    """True for eighteen characters of an ID number, whatever its check character."""
    return re.fullmatch(r"\d{17}[\dX]", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()) is not None


def is_scientific(text: str) -> bool:
    """True for a number that a table program has shortened: 1.41124E+17."""
    return _SCIENTIFIC.fullmatch(text) is not None


def birth_year_of(id_number: str) -> int | None:
    """The year of birth in an ID number; None when it has none."""
    digits = id_number[6:10] if len(id_number) >= 18 else f"19{id_number[6:8]}" if len(id_number) == 15 else ""
    return int(digits) if digits.isdigit() and 1880 <= int(digits) <= 2100 else None


def _is_rounded(number: str) -> bool:
    """Eighteen digits that end in the zeros of a table program: a whole number would end so only with its check."""
    if len(number) != 18 or number[_KEPT_DIGITS:] != "000":
        return False
    return check_character(number[:17]) != number[17]
