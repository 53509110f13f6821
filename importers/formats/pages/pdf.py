"""PDF with text: tables where rulings make them, forms, and the other words of each page in reading order."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from io import BufferedReader
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, cast

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from importers.formats.forms.forms import form_of
from importers.formats.forms.sideways import TRANSPOSED, is_transposed
from importers.formats.merges import Merges
from importers.formats.packages.pasted import FEW_WORDS, SMALLEST
from importers.formats.pages.cell_lines import joined_lines
from importers.formats.pages.radicals import with_unified_characters
from importers.formats.pages.running_lines import without_running_lines
from importers.formats.pages.text_columns import SEVERAL_COLUMNS, columns_of
from importers.formats.pages.upright_pages import upright
from importers.formats.parts import Cell, Row
from importers.formats.scans.images import PICTURES, named_pages, read_scanned_pdf
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

FEWEST_CHARACTERS = 8
"""A page with fewer is a scan: page numbers and stamps of scanners leave some."""
FILLING = 0.5
"""Share of a page that a scan of it covers at least."""
_MOST_RULINGS = 20_000
"""Lines and rectangles of one page; drawings have more, tables do not, and finding tables takes their square."""
_SHORTEST_FULL = 15
"""Characters of a full line; a title alone has fewer."""
_APART = 2.0
"""Characters between two lines of one paragraph at most."""
_FULL = 2.0
"""Characters: a line that ends no farther from the right edge goes on in the next one."""
_AT_EDGE = 1.0
"""Characters: a line that begins farther from the left edge begins a paragraph."""
_MOST_DRAWN = 10_000_000
"""Bytes of what draws one page; a page of a register has some 100,000, a map a few million."""
_TOUCHING = 1.0
"""Points by which the rulings of one line may differ."""


def read_pdf(source: Source, sink: Sink) -> None:
    """Send tables and forms page by page, then the letter; pages that are scans go the way of images."""
    try:
        with pdfplumber.open(cast("BufferedReader", source.start())) as document:
            _read_pages(document, source, sink)
    except PdfminerException as exc:
        cause = exc.args[0] if exc.args else exc
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise Unreadable("PDF有打开密码, 请去掉密码后再提交") from exc
        raise Unreadable("PDF已损坏, 请重新导出或打印成PDF后再提交") from exc
    except (PDFException, RecursionError) as exc:
        raise Unreadable("PDF已损坏, 请重新导出或打印成PDF后再提交") from exc


def _read_pages(document: PDF, source: Source, sink: Sink) -> None:
    # Counted first: every page that is held takes kilobytes, and a small file may have a million.
    if next(islice(PDFPage.create_pages(document.doc), source.limits.pages, None), None) is not None:
        raise Unreadable(f"PDF超过{source.limits.pages}页, 请分成几个文件提交")
    pages = document.pages
    texts: list[tuple[int, str]] = []
    scans: list[int] = []
    pictured: list[int] = []
    doubtful: list[int] = []
    for number, page in enumerate(pages, start=1):
        _check_content(page, number)
        if _is_scan(page):
            scans.append(number)
        elif len(page.chars) >= FEWEST_CHARACTERS:
            page = upright(page)
            texts.append((number, _read_page(page, number, source, sink, doubtful)))
            pictured += [number] if sum(map(_bytes_of, page.images)) >= SMALLEST else []
        page.close()
    sink.letter(source.part, Path(source.name).stem, "\n".join(without_running_lines(texts)))
    if doubtful:
        sink.left_out(source.part, SEVERAL_COLUMNS.format(pages=named_pages(doubtful)))
    if pictured:
        sink.left_out(source.part, PICTURES.format(pages=named_pages(pictured)))
    if scans:
        read_scanned_pdf(source, scans, sink)
    elif not pages:
        raise Unreadable("PDF里没有页, 请重新导出")


def _check_content(page: Page, number: int) -> None:
    """Unreadable for a page that draws absurdly much: every stroke is held as an object of its own."""
    if sum(len(stream_value(content).get_data()) for content in page.page_obj.contents) > _MOST_DRAWN:
        raise Unreadable(f"第{number}页画的线条或文字太多, 读不了; 请把这一页另存为图片, 或重新导出后再提交")


def _is_scan(page: Page) -> bool:
    """Nothing but a picture, or little beside one that fills the page: scanning programs print their name on it."""
    count = len(page.chars)
    if count < FEWEST_CHARACTERS:
        return bool(page.images or page.rects or page.curves)
    filled = FILLING * page.width * page.height
    large = [image for image in page.images if image["width"] * image["height"] >= filled]
    return count <= FEW_WORDS and sum(map(_bytes_of, large)) >= SMALLEST


def _bytes_of(image: Mapping[str, Any]) -> int:
    """Bytes of an image, or of the strip of one, as it is stored."""
    return len(image["stream"].rawdata or image["stream"].data or b"")


def _read_page(page: Page, number: int, source: Source, sink: Sink, doubtful: list[int]) -> str:
    """The words outside the page's tables, once the tables are sent; `doubtful` gets it where they may be columns."""
    if len(page.rects) + len(page.lines) + len(page.curves) > _MOST_RULINGS:
        return _text_of(page)
    outside, words = page, cache(lambda: _text_of(page))
    for count, table in enumerate(page.find_tables(), start=1):
        rows = list(_merges(table, source).marked(_rows(table)))
        if is_transposed(rows):
            sink.refused(source.part, TRANSPOSED, sheet=f"第{number}页表格{count}")
        elif form := form_of(rows, source.part, words):
            sink.form(form)
        elif any(len(row.cells) > 1 for row in rows):
            sink.table(source.part, f"第{number}页表格{count}", iter(rows))
        else:
            continue
        outside = outside.filter(_Outside(table.bbox))
    columns = columns_of(outside)
    if columns is None or not columns.strip:
        doubtful += [number] if columns is not None else []
        return _paragraphs_of(outside)
    return "\n".join(filter(None, map(_paragraphs_of, columns.pieces(outside))))


def _text_of(page: Page) -> str:
    return with_unified_characters(str(page.extract_text()))


def _paragraphs_of(page: Page) -> str:
    """The words with lines that go on in the next one joined: full ones, the next beginning at the left edge.

    A line with spaces may be a row of something like a table, and stays a line.
    """
    lines = page.extract_text_lines(return_chars=False)
    if not lines:
        return ""
    # Signatures reach farther to the right than the text above them now and then.
    left, right = min(line["x0"] for line in lines), max(lines, key=lambda line: line["x1"] - line["x0"])["x1"]
    written = [lines[0]["text"]]
    for before, line in pairwise(lines):
        size = before["bottom"] - before["top"]
        is_full = len(before["text"]) >= _SHORTEST_FULL and before["x1"] > right - _FULL * size
        is_next = line["x0"] < left + _AT_EDGE * size and line["top"] - before["bottom"] < _APART * size
        if is_full and is_next and " " not in before["text"] + line["text"]:
            written[-1] += line["text"]
        else:
            written.append(line["text"])
    return with_unified_characters("\n".join(written))


class _Outside:
    """Says whether the middle of something on the page lies outside a box."""

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        self._left, self._top, self._right, self._bottom = box

    def __call__(self, item: dict[str, Any]) -> bool:
        across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return not (self._left <= across <= self._right and self._top <= down <= self._bottom)


def _merges(table: Table, source: Source) -> Merges:
    """Cells whose ruling encloses several rows; columns and rows begin where some cell of the table does."""
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    merges = Merges(source.limits)
    for left, top, right, bottom in table.cells:
        last_row = sum(one < bottom - _TOUCHING for one in tops)
        last_column = sum(one < right - _TOUCHING for one in lefts)
        merges.add(tops.index(top) + 1, last_row, lefts.index(left), last_column - 1)
    return merges


def _rows(table: Table) -> list[Row]:
    rows, size = [], _size_of_words(table)
    for number, (line, boxes) in enumerate(zip(table.extract(), table.rows, strict=True), start=1):
        cells: list[Cell] = []
        for text, box in zip(line, boxes.cells, strict=True):
            said = with_unified_characters((text or "").strip())
            cells.append(joined_lines(said, (box[2] - box[0]) / size) if box and size and "\n" in said else said)
        rows.append(Row(number, tuple(cells)))
    return rows


def _size_of_words(table: Table) -> float:
    """The height of most characters of the table, in points; 0 without any."""
    is_within = _Outside(table.bbox)
    sizes = Counter(round(char["size"], 1) for char in table.page.chars if not is_within(char))
    return float(sizes.most_common(1)[0][0]) if sizes else 0.0
