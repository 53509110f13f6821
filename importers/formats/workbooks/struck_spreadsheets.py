"""Rows of an ods or xlsb that somebody struck through: calamine tells of cells and not of their styles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from importers.formats.markup import Readable, attribute_of, parse, whole_number
from importers.formats.packages.office_package import OfficePackage
from importers.formats.workbooks.binary_merges import records_of, sheets_of_binary_workbook

_NO_LINE = frozenset({"", "none"})
_MOST_REPEATED = 1000
"""Rows of one kind below each other that are told of; more are no rows that anybody wrote."""
_STYLES = "xl/styles.bin"
_FONT, _FORMAT, _FORMATS_BEGIN, _FORMATS_END = 43, 47, 617, 618
_STRUCK = 0x08
_ROW, _CELLS = 0, range(2, 12)
"""Cells that say something; the first kind is blank ([MS-XLSB] 2.3.1)."""


def struck_rows_of_spreadsheet(stream: Readable) -> Mapping[str, Set[int]]:
    """By the name of the sheet the 1-based rows of an OpenDocument content all of whose words are struck through."""
    reader = _OpenDocument()
    for _ in parse(stream, reader):
        if reader.has_sheets and not reader.struck_styles:
            return {}
    return reader.rows


def struck_rows_of_binary_workbook(office: OfficePackage, workbook: str) -> Mapping[str, Set[int]]:
    """The same of an xlsb, in which fonts and formats have numbers."""
    if not office.has(_STYLES):
        return {}
    with office.open(_STYLES) as stream:
        formats = _struck_formats(stream)
    found = {}
    for name, path in sheets_of_binary_workbook(office, workbook).items() if formats else ():
        with office.open(path) as stream:
            found[name] = _struck_rows(stream, formats)
    return found


def _struck_formats(stream: Readable) -> Set[int]:
    """The numbers of the cell formats whose font is struck through (BrtFont 2.4.149, BrtXF 2.4.812)."""
    fonts: list[bool] = []
    formats: list[bool] = []
    of_cells = False
    for kind, content in records_of(stream):
        if kind in (_FORMATS_BEGIN, _FORMATS_END):
            of_cells = kind == _FORMATS_BEGIN
        elif kind == _FONT:
            fonts.append(bool(int.from_bytes(content[2:4], "little") & _STRUCK))
        elif kind == _FORMAT and of_cells:
            font = int.from_bytes(content[4:6], "little")
            formats.append(font < len(fonts) and fonts[font])
    return {number for number, struck in enumerate(formats) if struck}


def _struck_rows(stream: Readable, formats: Set[int]) -> Set[int]:
    whole: dict[int, bool] = {}
    row = 0
    for kind, content in records_of(stream):
        if kind == _ROW:
            row = int.from_bytes(content[:4], "little") + 1
        elif kind in _CELLS:
            whole[row] = whole.get(row, True) and int.from_bytes(content[4:7], "little") in formats
    return {number for number, struck in whole.items() if struck}


class _OpenDocument:
    """Follows the styles of cells and of words within them (OpenDocument 1.2, 9.1 and 16)."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, set[int]] = defaultdict(set)
        self.struck_styles: set[str] = set()
        self.has_sheets = False
        self._style = self._sheet = self._of_row = ""
        self._row, self._repeated = 0, 1
        self._struck: list[bool] = []
        """Of the open cell and the words within it, whether each is struck through."""
        self._words_struck: set[bool] = set()
        """Of the words of the row, whether they are struck through."""
        self._annotations = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "style":
            self._style = attribute_of(attributes, "name")
        elif name == "text-properties" and _draws_a_line(attributes):
            self.struck_styles.add(self._style)
        elif name == "table":
            self.has_sheets, self._sheet, self._row = True, attributes.get("table:name", ""), 0
        elif name == "table-row":
            self._row += 1
            self._repeated = max(whole_number(attributes.get("table:number-rows-repeated"), 1), 1)
            self._of_row = attributes.get("table:default-cell-style-name", "")
            self._words_struck = set()
        elif name == "table-cell":
            self._struck = [attributes.get("table:style-name", self._of_row) in self.struck_styles]
        elif name == "span":
            self._struck.append(attributes.get("text:style-name", "") in self.struck_styles)
        elif name == "annotation":
            self._annotations += 1

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        if name == "table-cell":
            self._struck = []
        elif name == "span" and self._struck:
            self._struck.pop()
        elif name == "annotation":
            self._annotations -= 1
        elif name == "table-row":
            if self._words_struck == {True}:
                self.rows[self._sheet].update(self._struck_here())
            self._row += self._repeated - 1

    def text(self, text: str) -> None:
        """See `markup.Handler`."""
        if self._struck and not self._annotations and text.strip():
            self._words_struck.add(any(self._struck))

    def _struck_here(self) -> Iterator[int]:
        return iter(range(self._row, self._row + min(self._repeated, _MOST_REPEATED)))


def _draws_a_line(attributes: Mapping[str, str]) -> bool:
    kinds = (attribute_of(attributes, f"text-line-through-{kind}") for kind in ("style", "type"))
    return any(kind not in _NO_LINE for kind in kinds)
