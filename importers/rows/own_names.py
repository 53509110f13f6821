"""本人 where the petitioner's name would stand: he is the person whom another column of the row names."""

from collections.abc import Mapping
from dataclasses import dataclass

from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.words.letter_words import may_be_name
from importers.words.table_words import BRACKETS, table_words

TAKEN = "写的是「{written}」, 已按「{column}」这一列的姓名接收; 不是他的请写出姓名后重新提交"
NOBODY = "写的是「{written}」, 看不出是谁, 已按没有姓名接收; 请写出姓名后重新提交"


@dataclass(frozen=True, slots=True)
class OwnName:
    """Who 本人 is."""

    name: str
    """Empty where no column, or more than one, may name him."""
    remark: str


def own_name(
    written: str, header: Header, filled: Mapping[int, str], above: Mapping[int, str] | None = None
) -> OwnName | None:
    """Who stands behind 本人, 自己 or 同左 in the column of names; None for every other text.

    `above` says whom each such column named in the row above: 同上 means him.
    """
    bare, words = written.strip(BRACKETS), table_words()
    if bare not in words.own_names:
        return None
    columns = _columns(header)
    told = _told(columns[0], filled, above or {}) if len(columns) == 1 else ""
    name = "".join(told.split())
    if not may_be_name(name) or words.names_nobody(name) or name in words.own_names:
        return OwnName("", NOBODY.format(written=bare))
    return OwnName(name, TAKEN.format(written=bare, column=header.texts[columns[0]]))


def persons_of(header: Header, filled: Mapping[int, str], above: Mapping[int, str]) -> dict[int, str]:
    """Whom the row's columns of persons name, for 同上 in the row below."""
    return {index: _told(index, filled, above) for index in _columns(header)}


def _columns(header: Header) -> list[int]:
    return [index for index, text in enumerate(header.texts) if plain(text) in table_words().persons_of_row]


def _told(index: int, filled: Mapping[int, str], above: Mapping[int, str]) -> str:
    text = filled.get(index, "")
    return above.get(index, "") if table_words().is_ditto(text) else text
