"""What a cell says as text; for dates see `importers.values.dates`."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from importers.formats.parts import Cell
from importers.values.dates import DateProblem, read_date

__all__ = ["DateProblem", "damage_of", "filled_cells", "half_width", "moment_of", "text_of"]

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_HASHES = re.compile("#{2,}")
_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""What WPS leaves of a picture that was put into a cell."""
_MARKS = re.compile("[?\uff1f\ufffd]{4,}")
_FIRST_SIGNS = frozenset("#?\uff1f\ufffd=_Dd")
_REPLACED = "\ufffd"


def text_of(cell: Cell) -> str:
    """The cell as a clerk reads it: whole numbers without a decimal point, no leading apostrophe, trimmed."""
    if isinstance(cell, str):
        text = cell.strip()
        return text[1:].strip() if text.startswith("'") else text
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M" if (cell.hour or cell.minute) else "%Y-%m-%d")
    return str(cell)


def half_width(text: str) -> str:
    """The text in half-width characters, without the spaces and quotes that programs put around numbers."""
    return unicodedata.normalize("NFKC", text).strip().strip("'‘’`")


def filled_cells(cells: Sequence[Cell]) -> dict[int, str]:
    """The texts of the cells that say something, by column."""
    return {index: text for index, cell in enumerate(cells) if cell != "" and (text := text_of(cell))}


def moment_of(cell: Cell) -> datetime | None:
    """The instant in China time that the cell names, None when it is empty; DateProblem otherwise."""
    return read_date(cell).moment


def damage_of(text: str) -> str | None:
    """The Chinese sentence for a text that a program has destroyed, None for one that reads."""
    if not text or text[0] not in _FIRST_SIGNS:
        return None
    if text.upper() in _ERRORS:
        return "这一格显示的是表格算不出来的记号, 请照原件改成文字后重新提交"
    if _PICTURE.match(text):
        return "这一格是插入的图片, 里面的字没有读, 请把内容写成文字后重新提交"
    if _HASHES.fullmatch(text):
        return "这一格只有#号, 是列太窄时导出的, 请把原表的这一列拉宽, 重新导出后再提交"
    if _MARKS.fullmatch(text):
        return "这一格全是问号, 原来的字已丢失, 请照原件填写, 或从原系统重新导出后再提交"
    return None


def has_lost_characters(text: str) -> bool:
    """True when some characters of the text were replaced by the mark for what could not be decoded."""
    return _REPLACED in text
