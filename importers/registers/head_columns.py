"""Whose what a register says below a group of columns is: below 户主信息 it is the head's, and no member's."""

from collections.abc import Container, Mapping
from dataclasses import replace

from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.registers.unfolded_households import OF_A_PERSON
from importers.words.register_words import register_words

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
_NOT_HIS = "「{}」下面的证件号码看不出是谁的, 没有采用, 请核对; 要采用的请在表头写明是谁的后重新提交"
_STRANGERS = (
    "「{}」下面的姓名看不出是不是家庭成员, 没有当作成员导入, 请核对; "
    "是成员的请把表头改成「家庭成员」, 或加上「与户主关系」一列后重新提交"
)


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
    if strangers := _strangers(header, fields, own):
        if not any(fields[index] in ("name", "head_name") for index in own):
            return header, ""
        of_them = [
            index for index, field in fields.items() if field in OF_A_PERSON and _group(header, index) in strangers
        ]
        return header.without(of_them), _STRANGERS.format("、".join(strangers))
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


def _strangers(header: Header, fields: Mapping[int, str], own: Container[int]) -> tuple[str, ...]:
    """The groups beside that of the head with a name each, which need not be the family's; none where one is."""
    names = [index for index, field in fields.items() if field == "name" and index not in own]
    related = {_group(header, index) for index, field in fields.items() if field == "relation"}
    words = register_words()
    is_family = any(
        not (group := _group(header, index)) or group in related or words.is_group_of_family(group) for index in names
    )
    return () if is_family else tuple(dict.fromkeys(_group(header, index) for index in names))


def of_two_groups(header: Header) -> tuple[int, ...]:
    """The columns of ID numbers below several groups, of which nobody knows whose they are; none for one group."""
    groups = {index: _group(header, index) for index in header.places.get("id_number", ())}
    return tuple(groups) if len({*groups.values()}) > 1 and all(groups.values()) else ()


def of_the_named(header: Header) -> tuple[Header, str]:
    """The header without the ID numbers below groups that name nobody, where one group with a number has the only name.

    And what to say of them; as it is, and "", for any other header.
    """
    numbers, names = of_two_groups(header), header.places.get("name", ())
    if len(names) != 1 or "head_name" in header.columns:
        return header, ""
    others = [index for index in numbers if _group(header, index) != _group(header, names[0])]
    if not others or len(others) == len(numbers):
        return header, ""
    groups = "、".join(dict.fromkeys(_group(header, index) for index in others))
    return header.without(others), _NOT_HIS.format(groups)


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
