"""One petition as a clerk types it: what is wrong is said beside the field, in Chinese, all at once."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from domain.register.household import Sex
from domain.register.id_number import born_on, id_number_problem, sex_of
from importers.petitions.record_table import is_writable
from importers.values.identifiers import phone_of

_LONGEST = {"number": 40, "name": 40, "address": 120, "phone": 20, "id_number": 20, "matter": 10_000}
_SHORTEST_MATTER = 6
_OLDEST = 120
_MOST_PEOPLE = 100_000
_CHOOSE_PURPOSE = "请选择信访目的; 检举控告请选「揭发控告」, 不会进入镇村线索"
_LABELS = {
    "number": "信访件编号",
    "name": "姓名",
    "address": "住址",
    "phone": "联系电话",
    "id_number": "证件号码",
    "matter": "信访事项",
}
FIELDS = (
    "number",
    "name",
    "sex",
    "age",
    "phone",
    "id_number",
    "address",
    "form",
    "purpose",
    "category",
    "date",
    "persons",
    "matter",
)
"""Names of the form's fields, in its order."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the select boxes offer."""

    forms: tuple[str, ...]
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    sexes: tuple[str, ...] = (Sex.MALE.label, Sex.FEMALE.label)


@cache
def offer() -> Offer:
    """The reviewed words."""
    found = tomllib.loads((Path(__file__).parent / "registration.toml").read_text(encoding="utf-8"))
    return Offer(tuple(found["forms"]), tuple(found["purposes"]), tuple(found["categories"]))


@dataclass(frozen=True, slots=True)
class Checked:
    """The form after it was read."""

    values: Mapping[str, str]
    """As typed, without spaces around; every field of the form stands here."""
    problems: Mapping[str, str]
    """By field, what is wrong and what to do; empty when the petition can be taken in."""


def check_registration(form: Mapping[str, str], today: date) -> Checked:
    """What was typed, and everything that is wrong with it."""
    values = {name: form.get(name, "").replace("\r\n", "\n").strip() for name in FIELDS}
    values["id_number"] = re.sub(r"[\s-]", "", values["id_number"]).upper()
    problems = {name: found for name, check in _CHECKS.items() if (found := check(values, today))}
    return Checked(values, problems)


Check = Callable[[Mapping[str, str], date], str | None]


def _line(name: str) -> Check:
    def check(values: Mapping[str, str], _: date) -> str | None:
        text = values[name]
        if len(text) > _LONGEST[name]:
            return f"{_LABELS[name]}不超过{_LONGEST[name]}字, 现有{len(text)}字, 请缩短"
        return None if is_writable(text) else "有不能识别的控制字符, 请重新输入"

    return check


def _matter(values: Mapping[str, str], today: date) -> str | None:
    if len(values["matter"]) < _SHORTEST_MATTER:
        return f"请写明反映了什么、有什么要求, 至少{_SHORTEST_MATTER}个字"
    return _line("matter")(values, today)


def _phone(values: Mapping[str, str], today: date) -> str | None:
    digits, problem = phone_of(values["phone"])
    if problem or (values["phone"] and not digits):
        return (
            f"电话号码位数不对, 手机应是11位, 现有{sum(sign.isdigit() for sign in values['phone'])}位; 不知道可以空着"
        )
    return None


def _id_number(values: Mapping[str, str], today: date) -> str | None:
    number = values["id_number"]
    if not number:
        return None
    problem = id_number_problem(number, today=today)
    if problem:
        return f"{problem}; 不知道可以空着"
    if values["sex"] and values["sex"] != sex_of(number).label:
        return f"身份证号第17位表示{sex_of(number).label}, 与所选性别不符, 请核对"
    return None


def _age(values: Mapping[str, str], today: date) -> str | None:
    text = values["age"]
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > _OLDEST:
        return f"年龄应是0到{_OLDEST}的整数"
    number = values["id_number"]
    born = born_on(number) if number and id_number_problem(number, today=today) is None else None
    if born is not None and abs(today.year - born.year - int(text)) > 1:
        return f"与身份证号的出生年份{born.year}年不符, 请核对"
    return None


def _persons(values: Mapping[str, str], _: date) -> str | None:
    text = values["persons"]
    if text and (not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= _MOST_PEOPLE):
        return "涉及人数应是1以上的整数"
    return None


def _date(values: Mapping[str, str], today: date) -> str | None:
    if not values["date"]:
        return "请填写信访日期"
    try:
        day = date.fromisoformat(values["date"])
    except ValueError:
        return "日期不对, 请像 2026-09-03 这样写"
    if day > today:
        return "日期在今天之后, 请核对"
    return "日期太早, 请核对年份" if day.year < 1949 else None


def _one_of(name: str, choices: Callable[[], tuple[str, ...]]) -> Check:
    def check(values: Mapping[str, str], _: date) -> str | None:
        return None if not values[name] or values[name] in choices() else "请从列表中选择"

    return check


def _required(name: str, choices: Callable[[], tuple[str, ...]], said: str) -> Check:
    among = _one_of(name, choices)

    def check(values: Mapping[str, str], today: date) -> str | None:
        return among(values, today) if values[name] else said

    return check


_CHECKS: dict[str, Check] = {
    "number": _line("number"),
    "name": _line("name"),
    "sex": _one_of("sex", lambda: offer().sexes),
    "age": _age,
    "phone": _phone,
    "id_number": _id_number,
    "address": _line("address"),
    "form": _required("form", lambda: offer().forms, "请选择信访形式"),
    "purpose": _required("purpose", lambda: offer().purposes, _CHOOSE_PURPOSE),
    "category": _one_of("category", lambda: offer().categories),
    "date": _date,
    "persons": _persons,
    "matter": _matter,
}
