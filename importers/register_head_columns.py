"""Whose what a register says below a group of columns is: below 户主信息 it is the head's, and no member's."""

from collections.abc import Mapping
from dataclasses import replace

from importers.header import Header
from importers.header_vocabulary import plain
from importers.register_words import register_words
from importers.unfolded_households import OF_A_PERSON

OF_HEAD: Mapping[str, str] = {
    "name": "head_name",
    "sex": "head_sex",
    "id_number": "head_id_number",
    "phone": "head_phone",
    "born_on": "head_born_on",
    "health": "head_health",
    "labour": "head_labour",
    "disability_card": "head_disability_card",
}
"""What a register says of every person to the field in which it says that of the head alone."""
_UNREAD = "「{}」写在户主各列下面, 没有当作各人的, 没有采用, 请核对; 要采用的请在各人那一行填写后重新提交"


def of_the_head(header: Header) -> tuple[Header, str]:
    """The header with columns that are the head's alone known as such, and what to say of those that no field has.

    These are columns below 户主信息 and the like, and between 户主姓名 and 姓名 what stands right of 姓名 once more. As
    it is, and "", where no other column names the person of the row, or says there how he is related.
    """
    fields = {column.index: column.field for column in header.found}
    own = _below_the_head(header, fields) | _before_the_name(header, fields)
    others = {field for index, field in fields.items() if index not in own}
    if not own or "name" not in others or any(fields[index] == "relation" for index in own):
        return header, ""
    unread = sorted(index for index in own if fields[index] not in OF_HEAD)
    header = header.without(unread)
    found = tuple(
        replace(column, field=OF_HEAD[column.field]) if column.index in own else column for column in header.found
    )
    places: dict[str, tuple[int, ...]] = {}
    for column in found:
        places[column.field] = (*places.get(column.field, ()), column.index)
    columns = {field: at[0] for field, at in places.items()}
    header = replace(header, found=found, places=places, columns=columns)
    return header, _UNREAD.format("、".join(header.texts[index] for index in unread)) if unread else ""


def of_two_groups(header: Header) -> tuple[int, ...]:
    """The columns of ID numbers below several groups, of which nobody knows whose they are; none for one group."""
    groups = {index: _group(header, index) for index in header.places.get("id_number", ())}
    return tuple(groups) if len({*groups.values()}) > 1 and all(groups.values()) else ()


def _below_the_head(header: Header, fields: Mapping[int, str]) -> set[int]:
    """The columns of a person below a group that is called after the head."""
    words = register_words()
    return {
        index
        for index, field in fields.items()
        if field in OF_A_PERSON and words.is_group_of_head(_group(header, index))
    }


def _before_the_name(header: Header, fields: Mapping[int, str]) -> set[int]:
    """户主姓名, 身份证号, 姓名, 身份证号: the first number is the head's."""
    head, name = header.columns.get("head_name"), header.columns.get("name")
    if head is None or name is None:
        return set()
    again = {field for index, field in fields.items() if index > name}
    return {index for index, field in fields.items() if head < index < name and field in again & OF_HEAD.keys()}


def _group(header: Header, index: int) -> str:
    """What stands above the column and is not its own text."""
    return header.above(index).removesuffix(plain(header.texts[index]))
