"""Word documents (docx, docm): tables as tables or forms, the paragraphs between them as one letter.

Read from the XML of ECMA-376 part 1, chapter 17, in one pass: python-docx loads the whole package, images too, and
refuses documents whose content types are not exactly Word's own (WPS and macro documents).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from importers.formats.documents.nested_tables import NestedTables
from importers.formats.forms.form_labels import is_of_a_household
from importers.formats.forms.form_pages import words_of_each
from importers.formats.forms.forms import form_of, lines_of
from importers.formats.forms.sideways import TRANSPOSED, is_transposed
from importers.formats.limits import Limits
from importers.formats.markup import attribute_of, whole_number
from importers.formats.merges import Merges
from importers.formats.packages.office_package import OfficePackage
from importers.formats.packages.packages import open_package
from importers.formats.packages.pasted import pasted_in, read_scanned_document
from importers.formats.parts import Cell, Row
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_MOST_CHARACTERS = 30_000_000
_UNTYPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "fldData"})
"""Deleted and moved text, and the copy of a text box that is kept for old programs."""
_WIDEST_SPAN = 100
_WORDS_OF_A_FORM = 10_000
"""Characters of the words around it that a form bears: they would be sent with each of many."""


def read_docx(source: Source, sink: Sink) -> None:
    """Send the tables in their order, the words outside them as a letter, and the pictures of a scan."""
    content = _Content(source.limits)
    with open_package(source.start(), source.limits) as package:
        office = OfficePackage(package)
        office.parse(office.main(), content)
        pasted = pasted_in(office, office.main())
        text = "\n".join(content.paragraphs)
        _send_tables(content, source, sink)
        sink.letter(source.part, Path(source.name).stem, text)
        if content.tables or not read_scanned_document(office, pasted, text, source, sink):
            pasted.say(sink, source.part)


def _send_tables(content: "_Content", source: Source, sink: Sink) -> None:
    """Send the tables; each of several forms with its own words beside it, one alone, or a card, with all of them."""
    text, each = "\n".join(content.paragraphs), words_of_each(content.paragraphs, content.places)
    found = [None if is_transposed(rows) else form_of(rows, source.part) for rows in content.tables]
    petitions = sum(form is not None and not is_of_a_household(form.fields) for form in found)
    sent = 0
    for rows, form, own in zip(content.tables, found, each, strict=True):
        if form is not None:
            is_one_of_several = petitions > 1 and not is_of_a_household(form.fields)
            words = own if is_one_of_several else text
            sink.form(replace(form, text=_page(words[:_WORDS_OF_A_FORM], rows)))
            continue
        sent += 1
        if is_transposed(rows):
            sink.refused(source.part, TRANSPOSED, sheet=f"表格{sent}")
        else:
            sink.table(source.part, f"表格{sent}", iter(rows))


def _page(text: str, rows: Sequence[Row]) -> str:
    return f"{text}\n{lines_of(rows)}".strip()


class _Content:
    """Collects paragraphs and tables; the words of a table within a cell belong to that cell."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._merged = Merges(limits)
        self.paragraphs: list[str] = []
        self.tables: list[list[Row]] = []
        self.places: list[int] = []
        """How many paragraphs stand above each table."""
        self._pieces: list[str] = []
        self._characters = 0
        self._untyped = 0
        self._depth = 0
        self._in_text = False
        self._struck = False
        """Whether a line is drawn through the run of words that is being read."""
        self._words_struck: set[bool] = set()
        """Of the words of the row, whether they are struck through."""
        self._cells: list[Cell] = []
        self._cell: list[str] = []
        self._span = 1
        self._continues = False
        self._merges: dict[int, int] = {}
        """By column the first row of the merged cell that reaches down to the row before."""
        self._merges_here: dict[int, int] = {}
        self._nested = NestedTables()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        span = min(max(whole_number(attribute_of(attributes, "val"), 1), 1), _WIDEST_SPAN) if name == "gridSpan" else 1
        self._nested.start(name, self._depth + (name == "tbl"), span)
        if name in _UNTYPED:
            self._untyped += 1
        elif name == "tbl":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._merged, self._merges = Merges(self._limits), {}
                self._nested = NestedTables()
        elif name == "tr" and self._depth == 1:
            self._cells, self._merges_here = [], {}
            self._words_struck = set()
        elif name == "r":
            self._struck = False
        elif name in {"strike", "dstrike"}:
            self._struck = attribute_of(attributes, "val") not in {"0", "false"}
        elif name == "tc" and self._depth == 1:
            self._cell, self._span, self._continues = [], 1, False
        elif name == "gridSpan" and self._depth == 1:
            self._span = span
        elif name == "vMerge" and self._depth == 1:
            self._continues = attribute_of(attributes, "val") != "restart"
            number = len(self.tables[-1]) + 1
            first = self._merges.get(len(self._cells), number) if self._continues else number
            self._merges_here[len(self._cells)] = first
        elif name == "t" and not self._untyped:
            self._in_text = True
        elif name in {"br", "cr", "tab"} and not self._untyped:
            self._pieces.append("\t" if name == "tab" else "\n")

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        self._nested.end(name, self._depth)
        if name in _UNTYPED:
            self._untyped -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p":
            self._end_paragraph()
        elif name == "tbl":
            self._depth -= 1
            if self._depth == 0:
                self._end_merges(self._merges_here)
                self._end_table()
        elif name == "tc" and self._depth == 1:
            self._cells.append("" if self._continues else "\n".join(self._cell))
            self._cells.extend("" for _ in range(self._span - 1))
        elif name == "tr" and self._depth == 1:
            self._end_row()

    def text(self, text: str) -> None:
        """See `markup.Handler`."""
        if self._in_text:
            self._pieces.append(text)
            if self._depth and text.strip():
                self._words_struck.add(self._struck)
            self._characters += len(text)
            if self._characters > _MOST_CHARACTERS:
                raise Unreadable("文档太长, 请分成几个文件提交")

    def _end_table(self) -> None:
        """Keep the table; one of a single column, or row with tables in it, is a frame around the document's words."""
        rows = self.tables.pop()
        if self._nested.are_framed(rows):
            self.tables.extend(self._nested.tables)
            self.places.extend(len(self.paragraphs) for _ in self._nested.tables)
            self.paragraphs.extend(self._nested.words)
        elif any(len(row.cells) > 1 for row in rows):
            self.tables.append(list(self._merged.marked(rows)))
            self.places.append(len(self.paragraphs))
        else:
            self.paragraphs.extend(str(cell) for row in rows for cell in row.cells if cell)

    def _end_row(self) -> None:
        ended = {column: first for column, first in self._merges.items() if self._merges_here.get(column, 0) != first}
        self._end_merges(ended)
        struck = self._words_struck == {True}
        self.tables[-1].append(Row(len(self.tables[-1]) + 1, tuple(self._cells), struck=struck))
        self._merges = self._merges_here

    def _end_merges(self, ended: Mapping[int, int]) -> None:
        """Note the merged cells, column to first row, whose last row is the one before."""
        for column, first in ended.items():
            self._merged.add(first, len(self.tables[-1]), column, column)

    def _end_paragraph(self) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if text and self._depth:
            self._nested.paragraph(text, self._depth)
        if text:
            (self._cell if self._depth else self.paragraphs).append(text)
