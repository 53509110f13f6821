"""Workbooks in Office Open XML (xlsx, xlsm) without loading them: sheets stream, shared strings lie on disk.

calamine and openpyxl hold a workbook's strings, and calamine its sheets, in memory; the figures are in
docs/decisions/0015. Macros are never looked at, links to other files never followed.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from importers.formats.markup import Silent, whole_number
from importers.formats.merges import Merges, merges_of_sheet
from importers.formats.packages.office_package import OfficePackage, Relations
from importers.formats.packages.packages import Member, open_package
from importers.formats.packages.pasted import pasted_in
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable
from importers.formats.workbooks.serial_dates import NumberKind, kind_of_format
from importers.formats.workbooks.shared_strings import SharedStrings
from importers.formats.workbooks.sheet_markup import Workbook, sheet_rows
from importers.formats.workbooks.worksheets import check_sheets, send_sheet

_READ_ALREADY = "这个工作表与前面的是同一份内容, 没有再读; 如果应当不同, 请用WPS或Excel打开, 另存后再提交"
_NO_SHEET = "这个工作表的内容不在文件里, 文件已损坏; 请用WPS或Excel打开, 另存后再提交"


def read_xlsx(source: Source, sink: Sink) -> None:
    """Send every worksheet in the order of its tabs."""
    with open_package(source.start(), source.limits) as package, _temporary(source) as storage:
        office = OfficePackage(package)
        directory, styles = _Directory(), _Styles()
        office.parse(office.main(), directory)
        check_sheets(len(directory.sheets), source.limits)
        relations = office.relations(office.main())
        if office.has(relations.of_kind("styles")):
            office.parse(relations.of_kind("styles"), styles)
        strings = SharedStrings(storage, source.limits.cell_characters)
        shared = relations.of_kind("sharedStrings") or "xl/sharedStrings.xml"
        if office.has(shared):
            with office.open(shared) as stream:
                strings.fill(stream)
        workbook = Workbook(
            strings=strings, kinds=styles.kinds, since_1904=directory.since_1904, struck=frozenset(styles.struck)
        )
        read: set[str] = set()
        book = _Book(office, relations, workbook, _measured(directory.sheets, office, relations))
        if source.is_delivered_file:
            sink.measured(book.measure.share)
        for sheet in directory.sheets:
            target = relations.paths.get(sheet.relation, "")
            if target in read:
                sink.refused(source.part, _READ_ALREADY, sheet=sheet.name)
                continue
            read |= {target} if office.has(target) else set()
            _read_sheet(sheet, book, source, sink)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    relation: str
    hidden: bool


@dataclass(slots=True)
class _Measure:
    """How much of the sheets is read, unpacked."""

    total: int
    _before: int = 0
    _size: int = 0
    _member: Member | None = None

    def begin(self, member: Member, size: int) -> None:
        """A sheet of this size is read from here on."""
        self._before += self._size
        self._member, self._size = member, size

    def share(self) -> float:
        """Of all sheets together."""
        return (self._before + self._member.bytes_read) / self.total if self._member and self.total else 0.0


@dataclass(frozen=True, slots=True)
class _Book:
    """What is needed of a workbook to read a sheet of it."""

    office: OfficePackage
    relations: Relations
    workbook: Workbook
    measure: _Measure


def _measured(sheets: Iterable[_Sheet], office: OfficePackage, relations: Relations) -> _Measure:
    """Of a sheet that two tabs share it is read once; of a chart nothing is."""
    targets = {
        relations.paths.get(one.relation, "")
        for one in sheets
        if relations.kinds.get(one.relation, "worksheet") == "worksheet"
    }
    return _Measure(sum(office.size(target) for target in targets if office.has(target)))


def _read_sheet(sheet: _Sheet, book: _Book, source: Source, sink: Sink) -> None:
    office, relations = book.office, book.relations
    if relations.kinds.get(sheet.relation, "worksheet") != "worksheet":
        return
    target = relations.paths.get(sheet.relation, "")
    if not office.has(target):
        sink.refused(source.part, _NO_SHEET, sheet=sheet.name)
        return
    try:
        merges = _merges(office, target, source)
        with office.open(target) as stream:
            book.measure.begin(stream, office.size(target))
            rows = merges.marked(sheet_rows(stream, book.workbook, source.limits))
            holds_anything = send_sheet(sink, source.part, sheet.name, rows, hidden=sheet.hidden)
        pasted_in(office, target).say(sink, source.part, sheet.name, alone=not holds_anything)
    except Unreadable as exc:
        sink.refused(source.part, str(exc), sheet=sheet.name)


def _merges(office: OfficePackage, target: str, source: Source) -> Merges:
    with office.open(target) as stream:
        return merges_of_sheet(stream, source.limits)


@contextmanager
def _temporary(source: Source) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile(dir=source.folder) as storage:
        yield cast("BinaryIO", storage)


@dataclass(slots=True)
class _Directory(Silent):
    """`workbook.xml`: the sheets, and since when days are counted."""

    sheets: list[_Sheet] = field(default_factory=list)
    since_1904: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id") or key == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(_Sheet(attributes.get("name", ""), relation, hidden))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}


@dataclass(slots=True)
class _Styles(Silent):
    """`styles.xml`: for every cell style whether its numbers are dates, and whether a line is drawn through it."""

    kinds: list[NumberKind] = field(default_factory=list)
    struck: set[str] = field(default_factory=set)
    """Numbers of the styles with a line through the text, as cells name them."""
    _codes: dict[int, str] = field(default_factory=dict)
    _fonts: list[bool] = field(default_factory=list)
    _in_fonts: bool = False
    _in_cells: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"cellXfs", "fonts"}:
            self._in_cells, self._in_fonts = name == "cellXfs", name == "fonts"
        elif name == "font" and self._in_fonts:
            self._fonts.append(False)
        elif name == "strike" and self._in_fonts:
            self._fonts[-1] = attributes.get("val") not in {"0", "false"}
        elif name == "xf" and self._in_cells:
            font = whole_number(attributes.get("fontId"), 0)
            if font < len(self._fonts) and self._fonts[font]:
                self.struck.add(str(len(self.kinds)))
            number = whole_number(attributes.get("numFmtId"), 0)
            self.kinds.append(kind_of_format(number, self._codes.get(number)))
        elif name == "numFmt":
            self._codes[whole_number(attributes.get("numFmtId"), 0)] = attributes.get("formatCode", "")

    def end(self, name: str) -> None:
        if name in {"cellXfs", "fonts"}:
            self._in_cells = self._in_fonts = False
