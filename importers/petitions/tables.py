"""Tables of a delivered file: finds the header, reads what stands below it, says what is no table of petitions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from domain.deliveries.receipt import RowProblem
from importers.entries import Delivered, Headed, Rejected, Warned
from importers.formats.parts import Row, Table
from importers.headers.contents import unread_purposes
from importers.headers.finding import HEAD_ROWS, find_header, missing_columns
from importers.headers.header import Column, Header
from importers.headers.neighbours import HeadedTable, columns_of_table_beside, goes_on
from importers.headers.petition_layouts import BOARD, OFFICE_LAYOUTS, petition_layouts
from importers.headers.register_layouts import is_register
from importers.headers.vocabulary import HeaderVocabulary, Layout, header_vocabulary, plain
from importers.petitions.board_rows import BoardRows
from importers.petitions.second_tables import (
    RefusedRows,
    RowsAhead,
    header_by_rows_below,
    heads_the_next,
    looks_like_a_header,
    may_be_a_header,
    table_above,
)
from importers.petitions.text_lines import TextLineRows, are_keys
from importers.profiles import Profiles
from importers.rows.kinds import is_header_again
from importers.rows.petitioner_addresses import is_of_village
from importers.rows.petitions import PetitionRows
from importers.rows.seen_numbers import SeenNumbers
from importers.rows.uncalculated import ONLY_FORMULAS, beginning_of, only_formulas
from importers.table_place import TablePlace, shown_headers
from importers.table_remarks import (
    DAMAGED,
    EMPTY_TABLE,
    GOES_ON,
    HIDDEN_SHEET,
    SIDE_BY_SIDE,
    ZERO_REPORT,
    MarkedRows,
    StrayRows,
)
from importers.values.cells import filled_cells, text_of
from importers.words.table_words import table_words

_FOREIGN = (
    "这一列排在「{whose}」后面, 没有当作信访人的{name}, 仍随记录保存; "
    "是信访人的请把表头改成「信访人{name}」后重新提交, 或在网页上逐列确认"
)
_NOBODY = (
    "表里没有认出写信访人姓名、电话或证件号码的列, 只能靠内容里写到的人来对户; "
    "有这样一列的请把表头改成「信访人姓名」后重新提交, 或在网页上逐列确认"
)
_NAMELESS = (
    "表里认出了电话, 没有认出写信访人姓名的列, 只能靠电话和内容里写到的人来对户; "
    "有姓名列的请把表头改成「信访人姓名」后重新提交, 或在网页上逐列确认"
)
_PURPOSES = (
    "这一列写的是信访目的, 表头却没有认出来, 没有采用, 仍随记录保存; "
    "揭发控告靠它辨认, 请把表头改成「信访目的」后重新提交, 或在网页上逐列确认"
)
_NO_SETTLEMENT = (
    "楼号、房号没有写明是哪个小区或社区, 没有当作住址, 仍随记录保存; 请加上「住址」一列, 写上小区或社区后重新提交"
)
_PLACES = frozenset({"address", "town", "village", "natural_village"})
_PERSON = frozenset({"name", "phone", "id_number"})
_MATTER = ("summary", "text")
_BESIDE_NAMES = frozenset({"phone", "id_number", "occurred_on", "number"})
_TELLING = 4
"""Cells at the beginning of a row that tell a second header."""
_LONGEST_HEADER = 16
_FEWEST_PARTED = 3
"""Columns of a table, or words of a header in one cell, from which on they are none by chance."""
_BETWEEN_WORDS = re.compile(r"[^\w()\uff08\uff09]+|_")


def _register() -> HeaderVocabulary:
    return header_vocabulary(OFFICE_LAYOUTS[0], petition_layouts()[OFFICE_LAYOUTS[0]])


@dataclass(frozen=True, slots=True)
class Stranger:
    """A table that is none of petitions."""

    place: TablePlace
    row: int
    missing: str
    """The first required header that it lacks."""
    found: Sequence[str]
    """What stands where a header would."""
    rows: Sequence[Row] = ()
    """All of its rows where they are few."""
    is_register: bool = False
    """True for a household register."""
    is_unparted: bool = False
    """True where the words of a header stand together in one cell: nobody told what parts the columns."""

    @property
    def names_persons(self) -> bool:
        """True where names stand beside phones, ID numbers, days or numbers: perhaps petitions all the same."""
        fields = {known.field for text in self.found if (known := _register().exact(text)) is not None}
        return "name" in fields and bool(fields & _BESIDE_NAMES)

    @property
    def is_of_cards(self) -> bool:
        """True where every cell is a card of its own: 姓名：张三, 电话：…, 诉求：… in lines of one cell."""
        cells = [text for row in self.rows for text in filled_cells(row.cells).values()]
        return len(cells) > 1 and 2 * sum(map(_is_card, cells)) > len(cells)

    @property
    def words(self) -> str:
        """What its rows say, a line each."""
        return "\n".join(" ".join(filled_cells(row.cells).values()) for row in self.rows)

    @property
    def seen(self) -> str:
        """The headers found, masked, for a message."""
        return shown_headers(self.found)

    def problem(self, reason: str) -> RowProblem:
        """As a line of a receipt."""
        return self.place.problem(self.row, None, reason, self.seen)


class DeliveredTables:
    """Reads the tables of one file; numbers are remembered across them."""

    def __init__(self, *, received_at: datetime, profiles: Profiles) -> None:
        """For a file that came in at `received_at`."""
        self._received_at = received_at
        self._profiles = profiles
        self._numbers = SeenNumbers()
        self._layouts = petition_layouts()
        self._by_header = {
            plain(text) for layout in self._layouts.values() for texts in layout.fields.values() for text in texts
        }
        self._last: HeadedTable | None = None
        self._headers: set[tuple[str, ...]] = set()
        self.understood = False
        """True when the table read last is one of petitions."""
        self.strangers: list[Stranger] = []
        """Tables that are none of petitions, until somebody clears the list."""

    def read(self, table: Table) -> Iterator[Delivered]:
        """The table and its every entry; one that is none of petitions says nothing, and is a stranger."""
        place = TablePlace(table.part, table.sheet)
        self.understood = False
        astray = StrayRows(place)
        rows = astray.written(table.rows)
        begun, head = beginning_of(rows, HEAD_ROWS)
        if first := only_formulas(begun, head):
            self.understood = True
            yield Rejected(place.problem(first, None, ONLY_FORMULAS, ""))
        if first or not head:
            return
        if head[0].number == 0 and are_keys(head[0].cells):
            self.understood = True
            texts = TextLineRows(head[0].cells, place, self._received_at)
            for row in chain(head[1:], rows):
                yield from texts.read(row)
            return
        header = find_header(head, self._layouts, self._profiles)
        if header is None and self._last is not None and goes_on(head[0], table.part, self._last, needed=_MATTER):
            self.understood = True
            yield Warned(place.problem(head[0].number, None, GOES_ON.format(self._last.label or "上一个表"), ""))
            header = replace(self._last.header, first_row=0, last_row=0)
            yield from self._below(place, header, chain(begun, rows), astray)
            return
        if header is None:
            missing, found = missing_columns(head, self._layouts[OFFICE_LAYOUTS[0]])
            whole = head if len(head) < HEAD_ROWS else ()
            unparted = len(found) < _FEWEST_PARTED and any(map(_is_unparted, head))
            self.strangers.append(Stranger(place, head[0].number, missing, found, whole, is_register(head), unparted))
            return
        self.understood = True
        above = table_above(header, head, self._layouts, self._profiles)
        upper = above.header or header
        self._last = HeadedTable(table.part, place.label, header)
        self._headers |= {_compared(upper.texts), _compared(header.texts)}
        if table.hidden:
            yield Warned(place.problem(1, None, HIDDEN_SHEET, table.sheet))
        for row, reason in above.refused:
            yield Rejected(place.problem(row.number, None, reason, " ".join(filled_cells(row.cells).values())))
        if upper.layout == OFFICE_LAYOUTS[0] and (unread := unread_purposes(upper, head)) is not None:
            yield Warned(place.problem(upper.last_row, upper.names[unread], _PURPOSES, ""))
        yield from self._below(place, upper, chain(begun, rows), astray, below=header)

    def zero_report(self, table: Stranger) -> Warned | None:
        """What is said of a table with a header that was read before, below which nobody came; None for any other."""
        for at, row in enumerate(table.rows):
            if _compared(map(text_of, row.cells)) in self._headers:
                below = [text for one in table.rows[at + 1 :] for text in filled_cells(one.cells).values()]
                if not below:
                    return Warned(table.place.problem(row.number, None, EMPTY_TABLE, ""))
                if len(below) == 1 and table_words().zero_report.fullmatch(below[0]):
                    return Warned(table.place.problem(row.number, None, ZERO_REPORT, below[0]))
        return None

    def _below(
        self,
        place: TablePlace,
        header: Header,
        written: Iterator[Row],
        astray: StrayRows,
        *,
        below: Header | None = None,
    ) -> Iterator[Delivered]:
        """What stands below the header, and below others further down, of which one is known already."""
        reader = self._reader(place, header)
        marked, empty, title = MarkedRows(), True, None
        rows = RowsAhead(written)
        beside = columns_of_table_beside(header)
        yield from self._about(place, header)
        for row in rows:
            yield from astray.remarks()
            if row.number <= header.last_row:
                continue
            marked.note(row)
            again = is_header_again(filled_cells(row.cells), header)
            is_known = below is not None and row.number == below.first_row
            other = below if is_known else None if again else self._other_header(row)
            unread = other is None and not again and looks_like_a_header(row) and heads_the_next(row, rows)
            other = header_by_rows_below(title, row, rows, self._layouts) if unread else other
            if other is not None or unread:
                yield from reader.end()
                yield from reader.formulas.told()
            if other is not None:
                header, reader, beside = other, self._reader(place, other), columns_of_table_beside(other)
                yield from self._about(place, header)
                continue
            if unread:
                reader, beside = RefusedRows(row, header, place), ()
                continue
            if isinstance(reader, RefusedRows) and again:
                reader, beside = self._reader(place, header), columns_of_table_beside(header)
            title = row if len(filled_cells(row.cells)) == 1 else None
            empty = False
            if (unreadable := _unreadable(row, beside, place)) is not None:
                yield from reader.end()
                yield unreadable
            else:
                yield from reader.read(row)
        yield from reader.end()
        yield from reader.formulas.told()
        if empty:
            yield Warned(place.problem(header.last_row, None, EMPTY_TABLE, ""))
        yield from astray.remarks()
        yield from marked.remarks(place)

    def _reader(self, place: TablePlace, header: Header) -> PetitionRows | BoardRows | RefusedRows:
        if header.layout == BOARD:
            return BoardRows(header, place, self._received_at)
        layout = self._layouts[header.layout]
        return PetitionRows(header, layout, place, received_at=self._received_at, numbers=self._numbers)

    def _about(self, place: TablePlace, header: Header) -> Iterator[Delivered]:
        """Its columns, and what a person should know about them."""
        kept = header.names.keys() & {one.index for one in header.found} if header.layout == BOARD else header.names
        yield Headed(place.label, tuple(header.names[index] for index in sorted(kept)))
        layout = self._layouts[header.layout]
        for column in sorted(header.found, key=lambda one: one.index):
            if column.confidence < 1:
                yield Warned(place.problem(header.last_row, header.texts[column.index], _guessed(column, layout), ""))
        for foreign in header.foreign:
            if foreign.field not in header.columns:
                text, name = header.texts[foreign.index], layout.fields[foreign.field][0]
                reason = _FOREIGN.format(whose=foreign.whose, name=name)
                yield Warned(place.problem(header.last_row, text, reason, ""))
        if "room" in header.columns and _PLACES.isdisjoint(header.columns) and not is_of_village(place.sheet):
            yield Warned(place.problem(header.last_row, header.text("room"), _NO_SETTLEMENT, ""))
        if header.layout != BOARD and not _PERSON.intersection(header.columns):
            yield Warned(place.problem(header.last_row, None, _NOBODY, ""))
        elif header.layout != BOARD and "phone" in header.columns and "name" not in header.columns:
            yield Warned(place.problem(header.last_row, None, _NAMELESS, ""))
        if "number" not in header.columns and header.layout != BOARD:
            reason = "表里没有编号列, 只能看内容是不是和以前的一样来判断重复; 以后导出时请带上编号"
            yield Warned(place.problem(header.last_row, None, reason, ""))

    def _other_header(self, row: Row) -> Header | None:
        """The header of a second table below the first, None for a row that is none."""
        texts = [text_of(cell) for cell in row.cells[:_TELLING] if cell != ""]
        if sum(len(text) <= _LONGEST_HEADER and plain(text) in self._by_header for text in texts) < 2:
            return None
        return find_header([row], self._layouts, guessing=False) if may_be_a_header(row) else None


def _unreadable(row: Row, beside: Sequence[int], place: TablePlace) -> Rejected | None:
    """Why a row is refused that is damaged, or that says something in the columns of a table beside; else None."""
    if row.damage:
        return Rejected(place.problem(row.number, None, DAMAGED.format(row.damage), text_of(row.cells[0])))
    said = next((text for index in beside for text in map(text_of, row.cells[index : index + 1]) if text), "")
    return Rejected(place.problem(row.number, None, SIDE_BY_SIDE, said)) if said else None


def _is_unparted(row: Row) -> bool:
    """True for headers with some sign between them in the row's only cell: 编号#姓名#日期#反映内容."""
    filled = list(filled_cells(row.cells).values())
    words = _BETWEEN_WORDS.split(filled[0]) if len(filled) == 1 else []
    fields = {known.field for word in words if word and (known := _register().exact(word)) is not None}
    return len(fields - {None}) >= _FEWEST_PARTED


def _is_card(cell: str) -> bool:
    """True for a cell that names who brings what, each in a line behind its label."""
    labels = (re.split("[:\uff1a]", line, maxsplit=1)[0] for line in cell.split("\n"))
    fields = {known.field for label in labels if (known := _register().exact(label)) is not None}
    return "summary" in fields and bool(fields & _PERSON)


def _compared(texts: Iterable[str]) -> tuple[str, ...]:
    """A header's texts as they are compared, without the empty ones behind them."""
    forms = [plain(text) for text in texts]
    while forms and not forms[-1]:
        forms.pop()
    return tuple(forms)


def _guessed(column: Column, layout: Layout) -> str:
    name = layout.fields[column.field][0]
    return f"这一列按「{name}」接收(把握{column.confidence:.0%}), 请核对; 不对的请在网页上传, 逐列确认一次"
