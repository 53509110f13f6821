"""What a clerk should look at where a row's number or content was known before."""

from domain.clock import china_date
from domain.deliveries.receipt import RowProblem
from domain.privacy.masking import mask_text
from domain.texts.document import RawDocument
from importers.entries import PetitionRecord
from storage.deliveries.taken_records import InEffect, Taken

_USED_ELSEWHERE = "别的单位也有这个编号, 这一条已作为另一件接收; 编号没有写错的不需要处理, 写错的请改正后重新提交"
_SEVERAL_NUMBERS = (
    "有几个编号的内容都和这一条一样, 分不清是哪一件, 已作为另一件接收; 知道编号的请补填后重新提交, 以后请带上编号"
)
_ANOTHER_PERSON = (
    "编号与{day}接收的记录 {record} 相同, 信访人和内容却都不同, 已按更正接收; "
    "如果是另一件, 请改用它自己的编号后重新提交"
)
_EARLIER_VERSION = "与较早的一版相同, 没有改动; 现在用的是{day}收到的更正"
_TO_GO_BACK = "; 要改回这一版, 请在内容末尾写明「以这一版为准」后重新提交"
_OWN_NUMBER = ", 信访人不是同一位; 如果是另一件, 请改用它自己的编号后重新提交"
_LOOK = ", 更正不对的请告诉管理员"
_AS_NUMBERED = "与这个编号的一件内容完全相同, 没有再收; 是另一件的请补填编号后重新提交"
_AS_NUMBERED_ONCE = (
    "与这个编号的一件较早的一版内容完全相同, 没有再收; 现在用的是{day}收到的更正; 是另一件的请补填编号后重新提交"
)


def remark_about(record: PetitionRecord, found: Taken) -> RowProblem | None:
    """The remark beside the outcome of the row; None where nothing is to be looked at."""
    raw = record.raw
    if found.number_used_elsewhere:
        column = next((name for name, text in raw.fields.items() if text == raw.external_key), None)
        return _problem(record, _USED_ELSEWHERE, raw.external_key, column)
    if found.like_numbered:
        return _problem(record, _SEVERAL_NUMBERS)
    if found.replaces_another is not None:
        day = china_date(found.replaces_another).isoformat()
        reason = _ANOTHER_PERSON.format(day=day, record=found.earlier_id)
        return _problem(record, reason, mask_text(raw.external_key))
    if found.as_number:
        return _problem(record, _as_numbered(found.in_effect), mask_text(found.as_number))
    return _problem(record, _outdated(found.in_effect), _number(raw)) if found.in_effect is not None else None


def _as_numbered(in_effect: InEffect | None) -> str:
    """The clerk may have meant another matter: a second one of the same person in the same words.

    The number is the value and no part of what is said, so that the repeats of a whole list are told as one.
    """
    return _AS_NUMBERED if in_effect is None else _AS_NUMBERED_ONCE.format(day=_day(in_effect))


def _outdated(in_effect: InEffect) -> str:
    """A matter with another end is a version only where it comes under a number; without one it is another record.

    Nobody is told to take the number from another person's petition.
    """
    said = _EARLIER_VERSION.format(day=_day(in_effect))
    if in_effect.of_another:
        return said + _OWN_NUMBER
    return said + (_TO_GO_BACK if in_effect.has_number else _LOOK)


def _day(in_effect: InEffect) -> str:
    return china_date(in_effect.received_at).isoformat()


def _number(raw: RawDocument) -> str:
    return "" if raw.has_no_number else mask_text(raw.external_key)


def _problem(record: PetitionRecord, reason: str, value: str = "", column: str | None = None) -> RowProblem:
    return RowProblem(sheet=record.sheet, row=record.row, column=column, reason=reason, value=value)
