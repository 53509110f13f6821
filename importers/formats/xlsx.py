"""Workbooks in Office Open XML (xlsx, xlsm) without loading them: sheets stream, shared strings lie on disk.

calamine and openpyxl hold a workbook's strings, and calamine its sheets, in memory; the figures are in
docs/decisions/0015. Macros are never looked at, links to other files never followed.
"""

import posixpath
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from importers.formats.markup import parse_whole
from importers.formats.packages import Member, open_member, open_package
from importers.formats.serial_dates import NumberKind, kind_of_format
from importers.formats.shared_strings import SharedStrings
from importers.formats.sheet_markup import Workbook, sheet_rows
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_WORKBOOK = "xl/workbook.xml"
_DAMAGED = "表格里缺少必要的内容, 文件已损坏; 请用WPS或Excel打开, 另存后再提交"


def read_xlsx(source: Source, sink: Sink) -> None:
    """Send every worksheet in the order of its tabs."""
    with open_package(source.start(), source.limits) as package, _temporary(source) as storage:
        members = _Members(package)
        directory = _Directory()
        members.parse(_WORKBOOK, directory)
        targets = _Targets()
        members.parse("xl/_rels/workbook.xml.rels", targets)
        strings = SharedStrings(storage, source.limits.cell_characters)
        shared = targets.of_kind("sharedStrings") or "xl/sharedStrings.xml"
        if members.has(shared):
            with members.open(shared) as stream:
                strings.fill(stream)
        styles = _Styles()
        if members.has(targets.of_kind("styles")):
            members.parse(targets.of_kind("styles"), styles)
        workbook = Workbook(strings=strings, kinds=styles.kinds, since_1904=directory.since_1904)
        for sheet in directory.sheets:
            _read_sheet(sheet, targets, members, workbook, source, sink)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    relation: str
    hidden: bool


def _read_sheet(
    sheet: _Sheet, targets: "_Targets", members: "_Members", workbook: Workbook, source: Source, sink: Sink
) -> None:
    if targets.kinds.get(sheet.relation, "worksheet") != "worksheet":
        return
    target = targets.paths.get(sheet.relation, "")
    if not members.has(target):
        sink.refused(source.part, _DAMAGED, sheet=sheet.name)
        return
    with members.open(target) as stream:
        sink.table(source.part, sheet.name, sheet_rows(stream, workbook, source.limits), hidden=sheet.hidden)


@contextmanager
def _temporary(source: Source) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile(dir=source.folder) as storage:
        yield cast("BinaryIO", storage)


class _Members:
    """Members of the package, found whatever the case and slashes of their names."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.namelist()}

    def has(self, path: str) -> bool:
        return path.lower() in self._names

    def open(self, path: str) -> AbstractContextManager[Member]:
        return open_member(self._package, self._names[path.lower()])

    def parse(self, path: str, handler: "_Directory | _Targets | _Styles") -> None:
        if not self.has(path):
            raise Unreadable(_DAMAGED)
        with self.open(path) as stream:
            parse_whole(stream, handler)


class _Silent:
    """A handler of elements that hold no text."""

    def end(self, name: str) -> None:
        """See `markup.Handler`."""

    def text(self, text: str) -> None:
        """See `markup.Handler`."""


@dataclass(slots=True)
class _Directory(_Silent):
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
class _Targets(_Silent):
    """`workbook.xml.rels`: where the parts lie; targets outside the package lead nowhere."""

    paths: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            relation = attributes.get("Id", "")
            self.paths[relation] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            self.kinds[relation] = attributes.get("Type", "").rpartition("/")[2]

    def of_kind(self, kind: str) -> str:
        """Path of the first part of this kind, "" when there is none."""
        return next((self.paths[relation] for relation, found in self.kinds.items() if found == kind), "")


@dataclass(slots=True)
class _Styles(_Silent):
    """`styles.xml`: for every cell style whether its numbers are dates."""

    kinds: list[NumberKind] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=dict)
    _in_cells: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = _whole(attributes.get("numFmtId", "0"))
            self.kinds.append(kind_of_format(number, self._codes.get(number)))
        elif name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0
