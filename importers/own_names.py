"""本人 where the petitioner's name would stand: he is the person whom another column of the row names."""

from collections.abc import Mapping
from dataclasses import dataclass

from importers.header import Header
from importers.header_vocabulary import plain
from importers.letter_words import may_be_name
from importers.table_words import table_words

TAKEN = "写的是「{written}」, 已按「{column}」这一列的姓名接收, 请核对"
NOBODY = "写的是「{written}」, 看不出是谁, 已按没有姓名接收; 请写出姓名后重新提交"
_BRACKETS = "()（）[]【】 "


@dataclass(frozen=True, slots=True)
class OwnName:
    """Who 本人 is."""

    name: str
    """Empty where no column, or more than one, may name him."""
    remark: str


def own_name(written: str, header: Header, filled: Mapping[int, str]) -> OwnName | None:
    """Who stands behind 本人, 自己 or 同左 in the column of names; None for every other text."""
    bare, words = written.strip(_BRACKETS), table_words()
    if bare not in words.own_names:
        return None
    columns = [index for index, text in enumerate(header.texts) if plain(text) in words.persons_of_row]
    told = filled.get(columns[0], "") if len(columns) == 1 else ""
    name = "".join(told.split())
    if not may_be_name(name) or words.names_nobody(name) or name in words.own_names:
        return OwnName("", NOBODY.format(written=bare))
    return OwnName(name, TAKEN.format(written=bare, column=header.texts[columns[0]]))
