"""Columns of a register that are not read though they seem to hold what a register has: said once, never guessed."""

from collections.abc import Sequence

from importers.formats.parts import Row
from importers.headers.contents import values_of
from importers.headers.header import Header
from importers.headers.persons import is_of_another_person
from importers.headers.register_layouts import PERSONS, person_vocabulary, register_layouts
from importers.headers.vocabulary import plain
from importers.registers.head_columns import OF_HEAD
from importers.registers.ticks import RISKS
from importers.values.column_contents import Content, share_of
from importers.words.register_words import register_words
from importers.words.table_words import table_words

_OF_MONITORING = ("category", *RISKS, "identified_on", "removed_on", "removed", "removed_how")
_OF_WHOM_IS_NAMED = frozenset({"id_number", "head_id_number", "sex", "born_on"})
"""Columns that stand between a name and what else is told of him."""
_SHORTEST = 4
"""Characters of a known header with which another one ends: 时间 and 类别 end many."""
_ENDS_SO = (
    "「{}」没有采用, 请核对; 是这一户现在的监测情况的请把表头改成「监测对象类别」「致贫返贫风险」等名称后重新提交"
)
_PHONES = (
    "「{}」里写的是电话, 看不出是谁的, 没有采用, 请核对; "
    "是这一户的请把表头改成「户主电话」, 是本人的改成「联系电话」后重新提交"
)
_LEFT_OF_OWN = "「{}」写在「{}」后面, 看不出是谁的, 没有采用, 请核对; 是这一户的请把表头改成「户主电话」后重新提交"
_TYPES = "「{}」没有采用, 请核对; 是户类型的请把表头改成「户类型」后重新提交"
_HOUSEHOLD = "户"


def remarks_on_unread(header: Header, head: Sequence[Row]) -> tuple[str, ...]:
    """What to say of columns whose header ends like one of monitoring, of phones that are nobody's, and of types."""
    read = {column.index for column in header.found} | {column.index for column in header.foreign}
    below = [row for row in head if row.number > header.last_row]
    filled = {
        index: text
        for index, text in enumerate(header.texts)
        if text and index not in read and any(values_of(below, index))
    }
    risks = register_words().risk_headers if "category" in header.columns else ()
    monitoring = [
        text
        for index, text in filled.items()
        if _ends_like_monitoring(text)
        or (plain(text) in register_words().category_headers and _names_a_category(values_of(below, index)))
        or (plain(text) in risks and _names_a_risk(values_of(below, index)))
    ]
    phones = [text for index, text in filled.items() if _holds_phones(header, index, below)]
    has_type = "household_type" in header.columns
    may_be_types = [index for index in filled if not has_type and plain(filled[index]) in register_words().type_columns]
    types = [filled[index] for index in may_be_types if _are_types(values_of(below, index))]
    told = ((_ENDS_SO, monitoring), (_PHONES, phones), (_TYPES, types))
    return tuple(reason.format("、".join(texts)) for reason, texts in told if texts)


def without_strangers_phone(header: Header) -> tuple[Header, str]:
    """The header without a phone that may be somebody else's than the family's, and what to say of it.

    本人电话 behind the unread name of somebody else, or in a ledger of heads right of anything but the head; the phone
    of the household right of 家长, 监护人 or 紧急联系人.
    """
    words = register_words()
    for index in header.places.get("phone", ()):
        if any(word in header.texts[index] for word in words.own_phones):
            whose = _whose(header, index)
            if whose:
                return header.without({index}), _LEFT_OF_OWN.format(header.texts[index], whose)
    for index in header.places.get("head_phone", ()):
        left = header.texts[index - 1] if index else ""
        if left.startswith(words.contacts) and header.texts[index].startswith(words.family_phones):
            return header.without({index}), _LEFT_OF_OWN.format(header.texts[index], left)
    return header, ""


def _whose(header: Header, index: int) -> str:
    """The column that makes 本人电话 somebody else's; "" where it is that of the row's person."""
    vocabulary = person_vocabulary()
    read = {column.index: column.field for column in header.found}
    if "name" not in header.columns:
        at = index - 1
        while at > 0 and read.get(at) in _OF_WHOM_IS_NAMED:
            at -= 1
        is_heads = at >= 0 and (read.get(at) == "head_name" or read.get(index - 1) in OF_HEAD.values())
        return "" if is_heads else header.texts[index - 1] or header.texts[index]
    names = (at for at in range(index - 1, -1, -1) if _names_somebody(header.texts[at], read.get(at)))
    nearest = next(names, None)
    if nearest is None or nearest in read or vocabulary.exact(header.texts[nearest]) is not None:
        return ""
    return header.texts[nearest]


def _names_somebody(text: str, field: str | None) -> bool:
    return field in ("name", "head_name") or (field is None and plain(text).endswith(tuple(table_words().bare_names)))


def _ends_like_monitoring(text: str) -> bool:
    words = register_words()
    if words.is_back(text) or any(word in text for word in words.no_monitoring):
        return False
    form = plain(text)
    fields = register_layouts()[PERSONS].fields
    known = (plain(one) for field in _OF_MONITORING for one in fields.get(field, ()))
    return any(len(one) >= _SHORTEST and form.endswith(one) for one in known)


def _are_types(values: Sequence[str]) -> bool:
    """True for 脱贫户, 一般户 and the like: below 户别 may stand 农业户 elsewhere."""
    words = register_words()
    others = [text for text in values if text and words.category(text) is None]
    return bool(others) and all(_HOUSEHOLD in text and words.is_no_category(text) for text in others)


def _holds_phones(header: Header, index: int, below: Sequence[Row]) -> bool:
    """True for phones below a header that has no word for somebody else: whose they are it does not say."""
    text = header.above(index) + header.texts[index]
    vocabulary = person_vocabulary()
    words = register_words()
    if (
        words.is_helper(text)
        or text.startswith((*words.other_phones, *words.outsiders))
        or is_of_another_person(vocabulary, text)
    ):
        return False
    return share_of(Content.PHONE, values_of(below, index)) >= table_words().similarity.share


def _names_a_category(values: Sequence[str]) -> bool:
    return any(register_words().category(text) is not None for text in values)


def _names_a_risk(values: Sequence[str]) -> bool:
    """False where every value says that there is none: 无."""
    return any(register_words().risks_in(text) for text in values)
