"""What a row of a household register must not say: for each the field, the reason and the value of the refusal."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from domain.privacy.masking import mask_id_number
from domain.register.household import Relation
from importers.registers.member_columns import lists_several
from importers.registers.ticks import RISKS
from importers.registers.values import RegisteredNumber
from importers.values.cells import damage_of
from importers.values.identifiers import birth_year_of, is_id_number, is_scientific
from importers.words.letter_words import is_name, is_remark
from importers.words.register_words import register_words
from importers.words.table_words import table_words

_BRACKET = re.compile(r"[(\uff08].*")
_BETWEEN = re.compile(r"\s*[、,\uff0c;\uff1b/\uff0f|+]+\s*|\s+[和及与]\s+")
_LONGEST = 64
"""Characters of a name or a number that can be kept."""
_MISSING = "没有填, 请补填后重新提交"
_NAMELESS = (
    "这一行是户主的家人, 表里却没有「姓名」一列, 不知道是谁, 没有导入; 请把写着这个人姓名的那一列的表头改成「姓名」, "
    "只写了家里一部分人的名单请选「只有部分户」(命令行加 --partial)后重新提交"
)
_ROUNDED = (
    "户编号被表格改成了1.4E+17这样的写法, 后几位已丢失, 不知道是哪一户, 这一行没有导入; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
_NO_NUMBER = "这不是户编号, 不知道是哪一户, 请填写户编号后重新提交"
_NO_NAME = "这不是姓名, 可能与别的列填反了, 这一行没有导入; 请改正后重新提交"
_SEVERAL = "一格里写了几个人, 这一行没有导入; 请一人一行填写后重新提交"
TICK = "这一格是打勾, 看不出是哪一项风险, 这一行没有导入; 请写风险名称, 或把各项风险写成一行表头后重新提交"
_CODED = "与户主关系写的是代码, 各系统的代码不一样, 这一行没有导入; 请改写成配偶、之子等文字后重新提交"
TWO_NUMBERS = (
    "两组列里各有一个证件号码, 不一样, 看不出哪一个是这个人的, 这一行没有导入; 请在表头写明户主证件号码后重新提交"
)
_EXCHANGED = "户编号像是身份证号, 而证件号码不是, 两列可能填反了, 这一行没有导入; 请改正后重新提交"


class Refusal(NamedTuple):
    """Why a row is refused."""

    field: str
    reason: str
    value: str


def name_of(values: Mapping[str, str]) -> str:
    """The name of the row's person; empty where nobody is named."""
    # A member without a name is not the head, though the head's name stands in his row too.
    relation = register_words().relation(values.get("relation", ""))
    is_member = "name" not in values and relation not in (None, Relation.HEAD)
    return "" if is_member else values.get("name") or values.get("head_name", "")


def bare(name: str) -> str:
    """A name as it is compared: without spaces (庞 军) and what stands in brackets behind it."""
    return _BRACKET.sub("", "".join(name.split()))


def is_called(name: str, head: str) -> bool:
    """True for one name, however it is written."""
    return name == head or bare(name) == bare(head)


def names_several(name: str) -> bool:
    """True for two names and more and nothing else: 高满仓/李翠翠; not for a name and a remark."""
    parts = [part for part in _BETWEEN.split(name) if part]
    return len(parts) > 1 and all(is_name(part) and not is_remark(part) for part in parts)


def is_number(text: str) -> bool:
    """True for what can be the number of a household."""
    is_damaged = bool(damage_of(text) or _too_long(text) or is_scientific(text))
    return bool(text) and not is_damaged and not _is_none(text)


def who_is_missing(values: Mapping[str, str], columns: Collection[str]) -> Refusal | None:
    """Why nobody knows who the row is about, or of which household; None where it says so."""
    if not values.get("household_id"):
        return Refusal("household_id", _MISSING, "")
    if not name_of(values):
        if "name" not in columns and values.get("head_name"):
            return Refusal("relation", _NAMELESS, values["relation"])
        return Refusal("name" if "name" in columns else "head_name", _MISSING, "")
    for field in ("household_id", "name", "head_name"):
        damage = damage_of(values.get(field, "")) or _too_long(values.get(field, ""))
        if damage:
            return Refusal(field, damage, values[field])
    number = values["household_id"]
    if is_scientific(number):
        return Refusal("household_id", _ROUNDED, number)
    # 无 or / below several heads would make one household of them.
    return Refusal("household_id", _NO_NUMBER, number) if _is_none(number) else None


def what_is_wrong(values: Mapping[str, str], own: RegisteredNumber) -> Refusal | None:
    """What stands where something else belongs; None where nothing does. `own` is the person's ID number."""
    words = register_words()
    if "name" in values and values.get("relation", "").isdecimal():
        return Refusal("relation", _CODED, values["relation"])
    name = name_of(values)
    if words.is_no_name(name) or table_words().is_ditto(name):
        return Refusal("name" if "name" in values else "head_name", _NO_NAME, name)
    if lists_several(name) or names_several(name):
        return Refusal("name" if "name" in values else "head_name", _SEVERAL, name)
    number = values["household_id"]
    if own.problem and is_id_number(number) and birth_year_of(number):
        return Refusal("household_id", _EXCHANGED, mask_id_number(number))
    ticked = (field for field in (*RISKS, "cause_2018", "other_causes_2018") if words.is_mark(values.get(field, "")))
    return next((Refusal(field, TICK, values[field]) for field in ticked), None)


def _is_none(number: str) -> bool:
    """True for what stands where a number would, 新增 and other words too; 00 is one, though none of a petition."""
    return not any(map(str.isnumeric, number)) or (not number.isdecimal() and table_words().says_no_number(number))


def _too_long(text: str) -> str | None:
    return f"超过{_LONGEST}个字, 多半是填错了列, 请改正后重新提交" if len(text) > _LONGEST else None
