"""Pages of one file to parts: forms and lists one by one, the letters of all pages as one letter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np

from importers.formats.forms.form_labels import plain, register_headers
from importers.formats.parts import Cell, CellNote, Form, FormField, Row
from importers.formats.scans.flattening import flattened, is_written
from importers.formats.scans.geometry import Pixels
from importers.formats.scans.layout import FormPage, LetterPage, ListPage, understood
from importers.formats.scans.pens import is_by_pen
from importers.formats.scans.policy import policy
from importers.formats.scans.recognition import Recogniser
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_NOTHING = "图上没有认出字, 请确认是登记表或信件, 照得清楚些, 重新拍照或扫描后再提交"
_UNREAD = "第{pages}页上没有认出字, 没有导入; 请照得清楚些重新扫描这几页, 或在网页「登记一件」里录入"
_DOUBTED = "这一格是从图上认出来的, 把握{share:.0%}, 已接收; 请对照原件核对, 认错的请改正后重新提交"
_BY_PEN = (
    "信像是用笔写的, 手写的字认错了也看不出来, 已按认出的接收; "
    "姓名、电话和号码请对照原件核对, 认错的请在回执Excel里改正后再交"
)
_BY_PEN_IN_FIELD = "这张表像是用笔填的, 这一栏已按认出的接收; 请对照原件核对, 认错的请改正后重新提交"
_DOUBTED_LETTER = "文字是从图上认出来的, 有{count}行把握不足{share:.0%}, 已接收; 请对照原件核对, 认错的请改正后重新提交"


def read_page(page: Pixels, recogniser: Recogniser) -> FormPage | ListPage | LetterPage:
    """What one page (height × width × 3, as delivered) is and says."""
    grey = flattened(page, recogniser)
    return understood(grey, recogniser.lines(cast("Pixels", np.repeat(grey[..., None], 3, axis=2))))


def read_pages(
    pages: Iterable[tuple[int, Pixels]], source: Source, sink: Sink, recogniser: Recogniser | None = None
) -> None:
    """Send what the pages, each with its number in the file, say."""
    recogniser = recogniser or Recogniser()
    letters: list[LetterPage] = []
    found, by_pen, unread = False, False, list[str]()
    for number, page in pages:
        read = read_page(page, recogniser)
        says_something = bool(read.text) or not isinstance(read, LetterPage)
        found = found or says_something
        if not says_something and is_written(page):
            unread.append(str(number))
        match read:
            case FormPage(fields, text):
                sink.form(Form(source.part, compared(fields) if is_by_pen(page) else fields, text))
            case ListPage(rows, text):
                sink.table(source.part, f"第{number}页", _rows(rows))
                letters.append(LetterPage(text, 0))
            case LetterPage():
                letters.append(read)
                by_pen = by_pen or is_by_pen(page)
    text = "\n".join(letter.text for letter in letters if letter.text)
    doubted = [piece for letter in letters for piece in letter.doubted]
    sink.letter(source.part, Path(source.name).stem, text, note_on(letters, by_pen=by_pen), doubted=doubted)
    if not found:
        raise Unreadable(_NOTHING)
    if unread:
        sink.refused(source.part, _UNREAD.format(pages="、".join(unread)))


def note_on(letters: Sequence[LetterPage], *, by_pen: bool) -> str:
    """What is said of how surely the pages of a letter were read; "" where all of it was, and no pen wrote it."""
    doubtful = sum(letter.doubtful_lines for letter in letters)
    said = _DOUBTED_LETTER.format(count=doubtful, share=policy().forms.sure) if doubtful else ""
    return "; ".join(filter(None, (said, _BY_PEN if by_pen else "")))


def compared(fields: Mapping[str, FormField]) -> dict[str, FormField]:
    """The fields of a form filled in by pen: names and phones, which nothing proves, are to be compared."""
    return {
        label: replace(field, note=_BY_PEN_IN_FIELD)
        if field.text and not field.note and label in _unproved()
        else field
        for label, field in fields.items()
    }


@cache
def _unproved() -> frozenset[str]:
    headers = register_headers()
    phones = (label for label, kind in policy().kinds.items() if kind == "phone")
    return frozenset(map(plain, (*headers["name"], *headers["phone"], *phones)))


def _rows(rows: Sequence[Sequence[FormField]]) -> Iterator[Row]:
    for number, fields in enumerate(rows, start=1):
        cells: tuple[Cell, ...] = tuple(field.text for field in fields)
        notes = tuple(
            CellNote(column, _DOUBTED.format(share=field.confidence))
            for column, field in enumerate(fields)
            if field.text and field.confidence < policy().forms.sure and number > 1
        )
        yield Row(number, cells, notes=notes)
