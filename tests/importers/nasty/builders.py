"""Writers of office files, as bytes on the disk."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import docx
from openpyxl import Workbook
from openpyxl.drawing.image import Image as Drawing
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from tests.importers.nasty.cases import Build

HEADER = ("信访件编号", "姓名", "联系电话", "证件号码", "住址", "信访日期", "信访目的", "概况信息")
TEXT = "反映家中老人长期住院，药费负担不起，请求帮扶。"
OTHER_TEXT = "反映村里自来水管冻裂，已经半个月没有水吃。"
Rows = Sequence[Sequence[object]]


def line(
    number: object = "X001",
    text: object = TEXT,
    *,
    name: object = "张三",
    phone: object = "13800000000",
    id_number: object = "",
    address: object = "某镇某村",
    day: object = "2026-09-03",
    purpose: object = "求决",
) -> tuple[object, ...]:
    """A row below HEADER."""
    return (number, name, phone, id_number, address, day, purpose, text)


def xlsx(
    rows: Rows,
    *,
    sheet: str = "台账",
    merges: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    name: str = "台账.xlsx",
    change: Callable[[Worksheet], None] | None = None,
) -> Build:
    """A workbook of one sheet."""

    def build(folder: Path) -> Path:
        book = Workbook()
        page = book.active
        assert isinstance(page, Worksheet)
        page.title = sheet
        for cells in rows:
            page.append(list(cells))
        for merge in merges:
            page.merge_cells(merge)
        for number in hidden_rows:
            page.row_dimensions[number].hidden = True
        if change is not None:
            change(page)
        book.save(folder / name)
        return folder / name

    return build


def book(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), name: str = "台账.xlsx") -> Build:
    """A workbook of several sheets."""

    def build(folder: Path) -> Path:
        made = Workbook()
        made.remove(made.worksheets[0])
        for title, rows in sheets.items():
            page = made.create_sheet(title)
            page.sheet_state = "hidden" if title in hidden else "visible"
            for cells in rows:
                page.append(list(cells))
        made.save(folder / name)
        return folder / name

    return build


def text_table(rows: Rows, *, encoding: str = "gb18030", delimiter: str = ",", name: str = "台账.csv") -> Build:
    """A text table."""

    def build(folder: Path) -> Path:
        with (folder / name).open("w", encoding=encoding, newline="") as output:
            csv.writer(output, delimiter=delimiter).writerows(rows)
        return folder / name

    return build


def raw(content: bytes, name: str) -> Build:
    """Exactly these bytes."""

    def build(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return build


def written(text: str, name: str, *, encoding: str = "utf-8") -> Build:
    """A text file."""
    return raw(text.encode(encoding), name)


def json_lines(objects: Sequence[Mapping[str, object]], *, name: str = "texts.jsonl") -> Build:
    """One object a line."""
    return written("\n".join(json.dumps(one, ensure_ascii=False) for one in objects), name)


def document(
    paragraphs: Sequence[str],
    tables: Sequence[Sequence[Sequence[str]]] = (),
    *,
    pictured: bool = False,
    name: str = "来信.docx",
) -> Build:
    """A Word document: paragraphs, then tables, then a picture."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    for rows in tables:
        table = made.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    if pictured:
        made.add_picture(io.BytesIO(_picture()))
    content = io.BytesIO()
    made.save(content)
    return raw(content.getvalue(), name)


def framed(rows: Sequence[Sequence[str]], *beside: str, name: str = "登记.docx") -> Build:
    """A Word document of a table within the first cell of a row, and words in its other cells."""
    made = docx.Document()
    outer = made.add_table(1, 1 + len(beside))
    inner = outer.rows[0].cells[0].add_table(len(rows), max(map(len, rows)))
    for row, cells in zip(inner.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text
    for cell, text in zip(outer.rows[0].cells[1:], beside, strict=True):
        cell.text = text
    content = io.BytesIO()
    made.save(content)
    return raw(content.getvalue(), name)


def add_picture(page: Worksheet) -> None:
    """A picture beside the table, as `change` of `xlsx`."""
    page.add_image(Drawing(io.BytesIO(_picture())), "Z2")


@cache
def _picture() -> bytes:
    """Noise, so that it stays large enough for writing when it is packed."""
    content = io.BytesIO()
    Image.effect_noise((160, 120), 90).save(content, "PNG")
    return content.getvalue()


def archive(members: Mapping[str, Build], *, name: str = "交来.zip") -> Build:
    """A zip of files by their paths in it."""

    def build(folder: Path) -> Path:
        inside = folder / "members"
        inside.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(folder / name, "w") as packed:
            for path, member in members.items():
                packed.write(member(inside), path)
        return folder / name

    return build
