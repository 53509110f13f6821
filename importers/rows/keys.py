"""By what each row of petitions is known: its number, or its content; what a number means that stood before."""

from collections.abc import Mapping
from datetime import date, datetime

from domain.texts.document import CONTENT_KEY, DocumentId
from importers.rows.remarks import Remarks
from importers.rows.seen_numbers import SeenNumbers, SeenRow
from importers.rows.values import RowValues, mark_of
from importers.table_place import TablePlace
from importers.values.identifiers import is_scientific

_SCIENTIFIC = (
    "编号被表格改成了1.4E+17这样的写法, 后几位已丢失, 没有记下, "
    "这一行只能看内容是不是和以前的一样来判断重复; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
_DAY = (
    "编号被表格改成了日期, 原号已丢失, 没有记下, 这一行只能看内容是不是和以前的一样来判断重复; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
_NONE = "没有编号, 只能看内容是不是和以前的一样来判断重复; 有编号的请补填"
_SAME_MATTER = "与{row}是同一件事, 已作为另一位信访人接收; 是同一个人重复登记的请告诉管理员, 是另一位的不需要处理"
_OTHER_MATTER = (
    "编号与{row}相同, 信访人和内容都不同, 已作为另一件接收; 编号没有写错的不需要处理, 写错的请改正后重新提交"
)
_SAME_NUMBER = "编号与{row}相同, 内容不同的已当作那一件的更正; 如果是另一件, 请改用它自己的编号后重新提交"


class RowKeys:
    """The keys of the rows of one table; numbers are remembered across the tables of a file."""

    def __init__(self, source: str, place: TablePlace, numbers: SeenNumbers, *, has_numbers: bool) -> None:
        """Of a table at this place; `has_numbers` when it has a column for them."""
        self._source = source
        self._place = place
        self._numbers = numbers
        self._has_numbers = has_numbers

    def key(
        self,
        values: RowValues,
        above: RowValues | None,
        texts: Mapping[str, str],
        unnumbered: str,
        remarks: Remarks,
    ) -> str:
        """The number; for a further person under one number it and a mark; `unnumbered` where there is none.

        `texts` are those of the values that no program has destroyed.
        """
        number = texts.get("number", "")
        is_day = isinstance(values.cells.get("number"), date)
        damaged = bool(number) and (is_day or is_scientific(number))
        if damaged:
            remarks.add("number", _DAY if is_day else _SCIENTIFIC, number)
            number = ""
        shared = above is not None and (values.same_matter or _same_number_other_person(values, above))
        if above is not None and shared:
            remarks.add("name", _SAME_MATTER.format(row=f"第{above.row}行"), texts.get("name", ""))
        if not number:
            if self._has_numbers and not damaged and not shared:
                remarks.add("number", _NONE, "")
            return unnumbered
        if shared or self._stands_for_another(number, values, remarks):
            return f"{number}/{mark_of(values.person, *values.matter)}"
        return number

    def note(self, values: RowValues, key: str, identity: DocumentId, remarks: Remarks) -> None:
        """Remember what the row said under its key, and say where the key stood before with something else."""
        name = values.texts.get("name", "")
        seen = SeenRow(self._place.label, values.row, identity, hash(name) if name else None, hash(values.matter))
        earlier = self._numbers.note(self._source, key, seen)
        if earlier is not None:
            remarks.add("number", _SAME_NUMBER.format(row=self._where(earlier)), key)

    def _stands_for_another(self, number: str, values: RowValues, remarks: Remarks) -> bool:
        """True when the number stood before in this file with another person, whom this row must not replace."""
        earlier = self._numbers.find(self._source, number)
        name = values.texts.get("name", "")
        if earlier is None or not earlier.is_of_another(name):
            return False
        where = self._where(earlier)
        if earlier.matter == hash(values.matter):
            remarks.add("name", _SAME_MATTER.format(row=where), name)
        else:
            remarks.add("number", _OTHER_MATTER.format(row=where), number)
        return True

    def _where(self, earlier: SeenRow) -> str:
        return f"第{earlier.row}行" if earlier.place == self._place.label else f"{earlier.place}第{earlier.row}行"


def unnumbered_key(values: RowValues, moment: datetime | None) -> str:
    """By what a row without a number is known: its person, day and matter."""
    day = moment.date().isoformat() if moment else ""
    return CONTENT_KEY + mark_of(values.person, day, *values.matter)


def _same_number_other_person(values: RowValues, above: RowValues) -> bool:
    """True where a matter of several persons is written out once for each of them."""
    same = values.matter == above.matter and values.texts.get("number") == above.texts.get("number")
    names = values.texts.get("name"), above.texts.get("name")
    return same and bool(values.texts.get("number")) and all(names) and names[0] != names[1]
