"""What lies on the sheets of xls, xlsb and ods beside the cells: calamine reads these alone and does not tell."""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from importers.formats.markup import attribute_of
from importers.formats.packages.office_package import OfficePackage
from importers.formats.packages.packages import open_package
from importers.formats.packages.pasted import SMALLEST, Pasted, pasted_in
from importers.formats.source import Source, Unreadable
from importers.formats.workbooks.binary_merges import sheets_of_binary_workbook
from importers.formats.workbooks.old_workbook import records, records_by_sheet

_CONTENT = "content.xml"
_BINARY = ".bin"
_RECORD = struct.Struct("<HH")
_OBJECT, _OLD_PICTURE = 0x5D, 0x7F
_DRAWING_GROUP, _CONTINUED = 0xEB, 0x3C
_TEXT_OBJECT, _CHARACTERS_AT = 0x1B6, 10
_ASIDE = frozenset({"annotation", "text-box", "custom-shape"})
_COMMON_DATA, _IS_PICTURE, _IS_EMBEDDED = 0x15, 8, 9
_DRAWING = struct.Struct("<HHI")
_CONTAINERS = frozenset({0xF000, 0xF001})
_STORED_PICTURE, _SIZE_AT = 0xF007, 20
_DAMAGE = (Unreadable, OSError, ValueError, IndexError, TypeError, struct.error)


def pictures_of_workbook(source: Source) -> Mapping[str, Pasted]:
    """Of an xlsb or ods by the name of the sheet; none of what is damaged, the cells are there all the same."""
    try:
        return _of_package(source)
    except _DAMAGE:
        return {}


def pictures_of_old_workbook(content: bytes) -> Mapping[str, Pasted]:
    """Of the stream of an xls, likewise."""
    try:
        return dict(_of_stream(content))
    except _DAMAGE:
        return {}


def _of_package(source: Source) -> Mapping[str, Pasted]:
    with open_package(source.start(), source.limits) as package:
        office = OfficePackage(package)
        workbook = office.main()
        if workbook.endswith(_BINARY):
            sheets = sheets_of_binary_workbook(office, workbook)
            return {name: pasted_in(office, path) for name, path in sheets.items()}
        found = _OpenDocument(office)
        office.parse(_CONTENT, found)
        return {
            name: Pasted(tuple(dict.fromkeys(found.pictures[name])), found.files[name], name in found.words_aside)
            for name in found.pictures
        }


@dataclass(slots=True)
class _OpenDocument:
    """Frames, shapes and remarks within the tables of an OpenDocument spreadsheet (OpenDocument 1.2, 10 and 14.1)."""

    office: OfficePackage
    pictures: dict[str, list[str]] = field(default_factory=dict)
    files: Counter[str] = field(default_factory=Counter)
    words_aside: set[str] = field(default_factory=set)
    _table: str = ""
    _aside: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        path = attribute_of(attributes, "href").removeprefix("./")
        if name == "table":
            self._table = attribute_of(attributes, "name")
            self.pictures.setdefault(self._table, [])
        elif name in _ASIDE:
            self._aside += 1
        elif name == "object-ole" and self._table:
            self.files[self._table] += 1
        elif name == "image" and self._table and self._is_large_picture(path):
            self.pictures[self._table].append(path)

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        self._aside -= name in _ASIDE

    def text(self, text: str) -> None:
        """See `markup.Handler`."""
        if self._aside and not text.isspace():
            self.words_aside.add(self._table)

    def _is_large_picture(self, path: str) -> bool:
        """What is drawn in place of charts and objects lies in another folder."""
        return path.startswith("Pictures/") and self.office.has(path) and self.office.size(path) >= SMALLEST


def _of_stream(content: bytes) -> Iterator[tuple[str, Pasted]]:
    """Of an xls ([MS-XLS]): the objects on each sheet, where the workbook holds a picture that is large enough."""
    holds_large = any(size >= SMALLEST for size in _sizes(content))
    pictures: Counter[str] = Counter()
    files: Counter[str] = Counter()
    aside: set[str] = set()
    for sheet, kind, record in records_by_sheet(content):
        if kind == _OLD_PICTURE:
            pictures[sheet] += len(record) >= SMALLEST
        elif kind == _TEXT_OBJECT and any(record[_CHARACTERS_AT : _CHARACTERS_AT + 2]):
            aside.add(sheet)
        elif kind == _OBJECT and (features := _features(record)):
            files[sheet] += _IS_EMBEDDED in features
            pictures[sheet] += holds_large and _IS_EMBEDDED not in features
    for name in {*pictures, *files, *aside}:
        yield name, Pasted(tuple(map(str, range(pictures[name]))), files[name], name in aside)


def _features(record: bytes) -> list[int]:
    """The kinds of data of a picture or embedded object (2.4.181); none of any other object."""
    if len(record) < 6 or struct.unpack_from("<HHH", record)[::2] != (_COMMON_DATA, _IS_PICTURE):
        return []
    found, at = [], 0
    while at + _RECORD.size <= len(record):
        kind, length = _RECORD.unpack_from(record, at)
        found.append(kind)
        at += _RECORD.size + length
    return found


def _sizes(content: bytes) -> Iterator[int]:
    """Bytes of the pictures that the workbook stores ([MS-ODRAW] 2.2.32)."""
    group, before = bytearray(), 0
    for kind, record in records(content):
        if kind == _DRAWING_GROUP or (kind == _CONTINUED and before == _DRAWING_GROUP):
            group += record
            kind = _DRAWING_GROUP
        before = kind
    at = 0
    while at + _DRAWING.size <= len(group):
        _, kind, length = _DRAWING.unpack_from(group, at)
        at += _DRAWING.size
        if kind == _STORED_PICTURE and at + _SIZE_AT + 4 <= len(group):
            yield int.from_bytes(group[at + _SIZE_AT : at + _SIZE_AT + 4], "little")
        at += 0 if kind in _CONTAINERS else length
