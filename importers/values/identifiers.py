"""Phones and ID numbers as delivered: kept when whole, never repaired by guessing."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from domain.register.id_number import eighteen, has_right_check, id_number_problem
from importers.values.cells import half_width

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,5})?|\d{7,8}|9\d{4}|1\d{4}")
_PLAIN_MOBILE = re.compile(r"1[3-9]\d{9}")
_COUNTRY = re.compile(r"^(?:(?:\+|00)?86|0)(?=1[3-9]\d{9}$)|^(?:\+|00)86(?=0)")
"""What stands before a number when one dials it from abroad, or a mobile number from afar."""
_AREA = re.compile(r"\((0\d{2,3})\)")
_MOBILE = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[\s\-]?|0)?(1[3-9]\d(?:(?:[\s\-\u2010-\u2015]?\d){8}|([.\u00b7])\d{4}\2\d{4}))(?!\d)"
)
"""Dots only where they part all of it: 150.00 2026.9.3 is none."""
_ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}|\d{17}[\dXx]\d{2}")
"""Eighteen characters, the old fifteen, or a disability card (ID number plus kind and grade)."""
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")
_ID_WITHIN = re.compile(r"(?<![\dA-Z])(?:\d{17}[\dX](?:\d{2})?|\d{15})(?![\dA-Z])")
_BETWEEN = re.compile(r"[/、,;|\n]|和|或")
_EXTENSION = re.compile(r"(?<=\d)\s*(?:转|分机|ext\.?)\s*\d{1,6}$", re.IGNORECASE)
_LABEL = re.compile(r"^[^\d+]{0,6}[:：]|(?<!\))(?:\([^()]*\))+$")
"""What stands before a number, or in brackets behind it."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_AS_SCIENTIFIC = (
    "这个号码被表格改成了1.4E+17这样的写法, 后几位已丢失, 没有记下, 其余已接收; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
_TWO_NUMBERS = "一格里有两个证件号码, 已按第一个接收; 不对的请只写本人的后重新提交"
_NEW_LENGTH = 18
_BESIDE_NAMES = " :\uff1a,\uff0c/\u3001;()\uff08\uff09"
_NAMES = re.compile(r"[\u4e00-\u9fffA-Za-z·\s\u3001]{1,20}")
KEPT_DIGITS = 15
"""Digits of a number that a table program keeps; it writes zeros for the others."""


def phone_of(text: str) -> tuple[str, str | None]:
    """The phone's digits and no problem, or an empty phone and the Chinese problem; of several the first."""
    written = half_width(text)
    if not written:
        return "", None
    written = written.removesuffix(".0")
    if _PLAIN_MOBILE.fullmatch(written):
        return written, None
    if _SCIENTIFIC.fullmatch(written):
        written = _whole_number(written)
        if not written:
            return "", _AS_SCIENTIFIC
    written = _EXTENSION.sub("", _AREA.sub(r"\1-", written))
    for part in (written, *_BETWEEN.split(written), *written.split()):
        digits = _COUNTRY.sub("", _SEPARATORS.sub("", _LABEL.sub("", part.strip())))
        if _PHONE.fullmatch(digits):
            return digits, None
    if mobile := mobile_in(written):
        return mobile, None
    if not any(map(str.isdecimal, text)):
        return "", "这一格里没有电话号码, 已接收; 知道号码的请补填"
    if "*" in written:
        return "", "电话号码被星号遮住了, 没有记下, 其余已接收; 请导出不遮盖的号码后重新提交"
    return "", "电话号码位数不对, 没有记下, 其余已接收; 请改成正确的号码后重新提交"


def mobile_in(text: str) -> str:
    """The first mobile number within a text, "" when there is none."""
    found = _MOBILE.search(unicodedata.normalize("NFKC", text))
    return re.sub(r"\D", "", found[1]) if found else ""


def without_mobiles(text: str) -> str:
    """The text without its mobile numbers."""
    return _MOBILE.sub(" ", unicodedata.normalize("NFKC", text))


def name_and_phone(text: str) -> tuple[str, str]:
    """The name and the mobile number of a cell that holds both: 张三 13800000000; "" where there is no number."""
    if text.isalpha():
        return text, ""
    name, mobile = without_mobiles(text).strip(_BESIDE_NAMES), mobile_in(text)
    return (name, mobile) if mobile and _NAMES.fullmatch(name) else (text, "")


def is_phone(text: str) -> bool:
    """True for a mobile number of eleven digits or a landline with its area code."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", digits) is not None


def id_number_of(text: str) -> tuple[str, str | None]:
    """The ID number in capitals and no problem, or an empty number and the Chinese problem.

    Of two numbers in one text the first counts, and the problem says so. A number is taken as it stands, whatever its
    check character: see `id_number_doubt`.
    """
    written = half_width(text).upper().replace("×", "X").removesuffix(".0")
    number = _SEPARATORS.sub("", written)
    if not number:
        return "", None
    if is_scientific(number):
        return "", _AS_SCIENTIFIC
    if "*" in number:
        return "", None
    if not any(map(str.isdecimal, text)):
        return "", "这一格里没有证件号码, 已接收; 知道号码的请补填"
    several = _id_numbers_in(written)
    if not several:
        return "", "证件号码不是15位或18位, 没有记下, 其余已接收; 请改成正确的号码后重新提交"
    problem = _rounding_of(several[0])
    if problem:
        return "", problem
    return several[0][:18], _TWO_NUMBERS if len(set(several)) > 1 else None


def id_number_doubt(number: str, *, today: date) -> str | None:
    """Why an ID number as `id_number_of` gives it cannot be right, for a remark; None when nothing shows it."""
    problem = id_number_problem(eighteen(number), today=today) if number else None
    return f"{problem}; 已照样接收, 写错的请改正后重新提交" if problem else None


def is_id_number(text: str) -> bool:
    """True for eighteen characters of an ID number, whatever its check character."""
    return re.fullmatch(r"\d{17}[\dX]", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()) is not None


def id_number_within(text: str) -> str:
    """The first ID number within a text, in capitals; "" when there is none."""
    found = _ID_WITHIN.search(half_width(text).upper())
    return found[0][:_NEW_LENGTH] if found else ""


def is_scientific(text: str) -> bool:
    """True for a number that a table program has shortened: 1.41124E+17."""
    return _SCIENTIFIC.fullmatch(text) is not None


def birth_year_of(id_number: str) -> int | None:
    """The year of birth in an ID number; None when it has none."""
    digits = id_number[6:10] if len(id_number) >= 18 else f"19{id_number[6:8]}" if len(id_number) == 15 else ""
    return int(digits) if digits.isdigit() and 1880 <= int(digits) <= 2100 else None


def _id_numbers_in(written: str) -> list[str]:
    """The whole text as one number, else those of its parts, else those within it."""
    for parts in ([written], _BETWEEN.split(written)):
        numbers = [_SEPARATORS.sub("", _LABEL.sub("", part.strip())) for part in parts]
        whole = [number for number in numbers if _ID_NUMBER.fullmatch(number)]
        if whole:
            return whole
    return _ID_WITHIN.findall(written)


def _rounding_of(number: str) -> str | None:
    """What is to be said about eighteen digits that end in the zeros of a table program.

    One rounded number in eleven has the right check character by chance, so that it proves nothing.
    """
    if len(number) != _NEW_LENGTH or number[KEPT_DIGITS:] != "000":
        return None
    if not has_right_check(number):
        return (
            "证件号码的后三位被表格改成了0, 原号已丢失, 没有记下, 其余已接收; "
            "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
        )
    return (
        "证件号码的后三位是000, 看不出是原号还是被表格改的, 没有记下, 其余已接收; "
        "请对照证件改正后重新提交, 证件上就是000的不需要处理"
    )


def _whole_number(scientific: str) -> str:
    """The digits of a number in scientific notation when it still has all of them, else ""."""
    digits, _, exponent = scientific.upper().partition("E")
    kept = len(digits.replace(".", ""))
    return str(int(Decimal(scientific))) if kept == int(exponent) + 1 else ""
