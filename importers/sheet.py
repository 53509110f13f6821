"""Delivered tables as rows of cells with the sheet's own row numbers, whatever the file's format."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from domain.errors import FileError
from importers.formats.parts import Row

_LARGEST_BYTES = 200 * 1024 * 1024
"""A register larger than this is not one file of a county's office."""
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_TEXT_TABLES = frozenset({".csv", ".tsv", ".txt"})
_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16", "big5")
"""Tried in this order; UTF-8 refuses other encodings' bytes, GB18030 accepts nearly everything, so it comes second."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; a text table has one sheet with an empty name."""

    name: str
    rows: tuple[Row, ...]


def read_bytes(path: Path) -> bytes:
    """The file's bytes; FileError when it cannot be read, is empty or is too large."""
    try:
        size = path.stat().st_size
        if size > _LARGEST_BYTES:
            raise FileError(f"{path.name}: 文件有{size // 1048576}MB, 超过{_LARGEST_BYTES // 1048576}MB, 请分开提交")
        content = path.read_bytes()
    except OSError as exc:
        raise FileError(f"{path.name}: 文件读不出来({exc.strerror}), 请检查路径和权限") from exc
    if not content:
        raise FileError(f"{path.name}: 文件是空的, 请重新导出")
    return content


def fingerprint(content: bytes) -> str:
    """SHA-256 of the file's bytes."""
    return hashlib.sha256(content).hexdigest()


def read_sheets(path: Path, content: bytes) -> list[Sheet]:
    """Every sheet of the file; FileError when the file is damaged, locked by a password or of an unknown kind."""
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        return _workbook_sheets(path, content)
    if suffix in _TEXT_TABLES:
        return [Sheet("", tuple(_text_rows(path, content)))]
    known = " ".join(sorted(_WORKBOOKS | _TEXT_TABLES | {".json", ".jsonl"}))
    raise FileError(f"{path.name}: 不认识的文件类型 {suffix or '(无扩展名)'}, 可以提交的有 {known}")


def _workbook_sheets(path: Path, content: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [Sheet(name, tuple(_sheet_rows(book, name))) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as exc:
        raise FileError(
            f"{path.name}: 表格打不开, 可能已损坏、有密码或扩展名不对, 请另存为xlsx后再提交({exc})"
        ) from exc


def _sheet_rows(book: CalamineWorkbook, name: str) -> Iterator[Row]:
    sheet = book.get_sheet_by_name(name)
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield Row(number, tuple(cells))


def _text_rows(path: Path, content: bytes) -> Iterator[Row]:
    text = decode(path, content)
    delimiter = _delimiter(text, path.suffix.lower())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield Row(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as exc:
        raise FileError(f"{path.name} 第{line}行: 读不下去({exc}), 请检查引号是否成对") from exc


def decode(path: Path, content: bytes) -> str:
    """The text whatever of the usual encodings it is in; FileError when none fits."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileError(f"{path.name}: 文字编码认不出来, 请另存为UTF-8或xlsx后再提交")


def _delimiter(text: str, suffix: str) -> str:
    if suffix == ".tsv":
        return "\t"
    head = text[:20_000]
    return max(",\t;|", key=head.count) if any(mark in head for mark in ",\t;|") else ","
