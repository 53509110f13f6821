"""Values whose characters are known beforehand: ID numbers, phones, dates, ages, sex. Every repair is said."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from importers.formats.parts import FormField
from importers.formats.scans.policy import policy

_DOUBTED = 0.5
_COMPARE = "请对照原件核对, 认错的请改正后重新提交"
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8}")
_BETWEEN_DIGITS = re.compile(r"(?<=[\d年月./-])[^\d年月日./\s-](?=[\d年月日./-])")


def repaired(label: str, field: FormField) -> FormField:
    """The value as its kind allows; what was changed or does not fit stands in the note, and lowers the confidence."""
    repair = _REPAIRS.get(policy().kinds.get(label, ""))
    if repair is None or not field.text.strip():
        return field
    written = unicodedata.normalize("NFKC", field.text)
    text, problem = repair("".join(written.split()))
    if problem:
        return FormField(text, min(field.confidence, _DOUBTED), f"{problem}, 已按图上认出的接收; {_COMPARE}")
    if text != "".join(written.split()):
        note = f"图上认出的{_changes(''.join(written.split()), text)}; {_COMPARE}"
        return FormField(text, min(field.confidence, _DOUBTED), note)
    return FormField(text, field.confidence, field.note)


def _changes(written: str, text: str) -> str:
    """What became of which character, without the value: reasons are shown in clear."""
    if len(written) != len(text):
        return "字数与应有的不同, 已按数字接收"
    changed = dict.fromkeys((a, b) for a, b in zip(written, text, strict=True) if a != b)
    return "、".join(f"「{a}」已当作「{b}」" for a, b in changed)


def _as_digits(text: str) -> str:
    return "".join(policy().digits.get(char, char) for char in text)


def _id_number(text: str) -> tuple[str, str]:
    number = _as_digits(text[:-1]) + (text[-1].upper() if text[-1] in "xX×" else _as_digits(text[-1]))
    number = number.replace("×", "X")
    if not re.fullmatch(r"\d{17}[\dX]|\d{15}", number):
        return text, "证件号码不是15位或18位"
    # A wrong check character is said where the number is read, of scans too: here it would be told twice.
    return number, ""


def _phone(text: str) -> tuple[str, str]:
    digits = _as_digits(text)
    return (digits, "") if _PHONE.fullmatch(digits) else (text, "电话号码的位数不对")


def _date(text: str) -> tuple[str, str]:
    mended = _BETWEEN_DIGITS.sub(lambda match: policy().digits.get(match[0], match[0]), text)
    return mended, "" if re.search(r"\d|[一二三四五六七八九十]", mended) else "日期里没有数字"


def _age(text: str) -> tuple[str, str]:
    years = _as_digits(text.removesuffix("岁").removesuffix("周"))
    if not years.isdecimal() or int(years) > 120:
        return text, "年龄不是数字"
    return (text if text.rstrip("周岁") == years else years), ""


def _sex(text: str) -> tuple[str, str]:
    return text, "" if text in {"男", "女", "男性", "女性"} else "性别不是男或女"


_REPAIRS: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "id_number": _id_number,
    "phone": _phone,
    "date": _date,
    "age": _age,
    "sex": _sex,
}
