"""Tables of who is there no more (减少人员, 死亡人员, 迁出人员): none of them is a member, whatever their rows say."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from importers.formats.parts import Row
from importers.headers.header import Header
from importers.registers.changes import who_has_left
from importers.registers.rows import RowReader
from importers.values.cells import filled_cells
from importers.words.register_words import register_words
from importers.words.word_patterns import any_of

LIST_OF_LEFT = (
    "这个表列的是已经不在的人, 整个表没有导入, 也没有按它减少谁, 谁在册只看其他各表; "
    "人已不在的, 请在其他表里写全那一户还在的人, 填「家庭人口」一栏(这一户的人数, 户主也算), 不要写他, 再重新提交; "
    "列的是还在的人的, 请改工作表名和表题后重新提交"
)
_LONGEST_TITLE = 40
_SETTLEMENT = "relocation_site"
_DATES = re.compile(r"(?:附件|附表|[\d年月日上下半季度至今本已新的.\-—_(（:：])*$")
_LEFT_APART = re.compile("[^、,，和及与/]+")


def left_by_name(sheet: str, head: Sequence[Row], header: Header) -> str:
    """The name of the sheet, or the title above the header, that says that a table lists who left; "" where none does.

    Where either speaks of others too (人员增减) none does, nor where it is told to which settlement they moved.
    """
    names = [sheet, *_titles(head, header)]
    if _SETTLEMENT in header.columns or any(map(register_words().is_undone, names)):
        return ""
    told = "".join((*names, *header.texts))
    return next((name for name in names if _lists_who_left(name, told)), "")


def rows_tell(head: Sequence[Row], header: Header, reader: RowReader) -> bool:
    """True where a column of changes says of a row that somebody left, or came: each row is then read by it."""
    is_undone = register_words().is_undone
    below = (reader.values(row) for row in head if row.number > header.last_row)
    return any(who_has_left(one, header.columns) is not None or is_undone(one.get("change", "")) for one in below)


def _titles(head: Sequence[Row], header: Header) -> Iterator[str]:
    """What stands alone in a row above the header."""
    for row in head:
        texts = list(filled_cells(row.cells).values()) if row.number < header.first_row else []
        if len(texts) == 1 and len(texts[0]) <= _LONGEST_TITLE:
            yield texts[0]


def _lists_who_left(name: str, told: str) -> bool:
    """True for a name that ends with such a list: 2026年减少人员花名册, 户籍台账（死亡）; not for 含减少人员.

    `told` is all that the table's names and headers say.
    """
    lists = register_words().lists_of_left
    found = _list_of_left().search("".join(name.split()))
    if found is None or any(word in name for word in lists.doubtful):
        return False
    before, is_of_households = _without_dates(found["before"]), found["whom"] in lists.households
    if is_of_households and not (_left_whole(found["words"]) and any(word in told for word in lists.households_surely)):
        # A household of which somebody died is there still, and 迁出户 may have moved to a settlement.
        return False
    if any(found["words"].startswith(done + dead) for done in lists.done for dead in lists.dead):
        return False
    is_of_dead = any(word in found["words"] for word in lists.dead)
    if is_of_dead and found["whom"] in lists.persons:
        return not before.endswith((*lists.beside_others, *lists.of_family)) and not any(
            word in before for word in lists.speaking
        )
    others = (*register_words().fewer_reasons, *lists.of_something_else)
    if any(word in name for word in others) or any(word in told for word in lists.moved):
        return False
    return not before or before.endswith(lists.neutral)


def _left_whole(words: str) -> bool:
    return set(_LEFT_APART.findall(words)) <= set(register_words().lists_of_left.households_left)


def _without_dates(before: str) -> str:
    """What stands before such a list, without the year and the mark between: 户籍台账 of 户籍台账（2026年."""
    return _DATES.sub("", before)


@cache
def _list_of_left() -> re.Pattern[str]:
    words, lists = register_words(), register_words().lists_of_left
    left = any_of({*words.left, *words.gone, *words.fewer})
    many = rf"(?:{left})(?:[、,，和及与/]?(?:{left}))*"
    whom = any_of((*lists.persons, *lists.households))
    end = rf"的?(?P<whom>(?:{whom})?)(?:{any_of(lists.kinds)})?[)）]?(?:[(（][\d年月.\-]*[)）])?\d*"
    return re.compile(rf"^(?P<before>.*?)(?P<words>{many}){end}$")
