"""Rows of text tables with more cells than their header: a comma within a cell that nobody put in quotes."""

from importers.formats.parts import Row
from importers.headers.header import Header
from importers.values.cells import text_of

_JOINED = (
    "这一行比表头多出{count}格, 多半是内容里有逗号, 已连在「{column}」后面接收; "
    "不是这一列的请用WPS打开, 移到它的列里, 另存为xlsx后重新提交"
)
_SHIFTED = (
    "这一行比表头多出{count}格, 多半是某一格里有逗号, 这一行没有导入; "
    "请用WPS打开, 把多出的几格并回原来那一格, 另存为xlsx后重新提交"
)


class ShiftedCells(Exception):
    """Which cell the surplus belongs to cannot be told; the message is Chinese and says what to do."""


def rejoined(row: Row, header: Header) -> tuple[Row, str | None]:
    """The row with its surplus cells back in the matter, and the remark that says so; the row itself without surplus.

    Raises:
        ShiftedCells: the matter is not the last column, so that any cell may have been torn.
    """
    width = len(header.texts)
    surplus = [text_of(cell) for cell in row.cells[width:]]
    while surplus and not surplus[-1]:
        surplus.pop()
    # A note beside the table leaves a column free; what was torn off stands right behind the rest.
    if not surplus or not surplus[0]:
        return row, None
    last = max((index for index, text in enumerate(header.texts) if text), default=-1)
    if header.columns.get("summary") != last:
        raise ShiftedCells(_SHIFTED.format(count=len(surplus)))
    matter = ",".join([*(text_of(cell) for cell in row.cells[last:width]), *surplus])
    remark = _JOINED.format(count=len(surplus), column=header.texts[last])
    return Row(row.number, (*row.cells[:last], matter), row.hidden, row.notes), remark
