"""Several tables below each other in one sheet: one above the header that was found, and headers that nobody knows.

一、来访 with its table and 二、来电 with another: each row is read by the header right above it, or is refused.
"""

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from importers.entries import Entry, Rejected, Warned
from importers.formats.parts import Row
from importers.headers.block import LONGEST_GROUP
from importers.headers.finding import find_header
from importers.headers.guessing import holds_values
from importers.headers.header import Header
from importers.headers.matching import BELOW
from importers.headers.neighbours import HeadedTable, goes_on
from importers.headers.petition_layouts import petition_layouts
from importers.headers.vocabulary import Layout, Likeness, header_vocabulary, plain
from importers.profiles import Profiles
from importers.rows.kinds import RowKind, kind_of, only_counts
from importers.rows.uncalculated import FormulaRows
from importers.table_place import TablePlace
from importers.values.cells import filled_cells, text_of
from importers.values.column_contents import Content, share_of
from importers.words.table_words import table_words

UNREAD_HEADER = (
    "这一行上面的表头(第{}行)里没有认出写反映内容的那一列, 没有导入; "
    "是信访件的请把那一列的表头改成「反映内容」后重新提交, 不是的不需要处理"
)
NO_HEADER = "这一行在表头上面, 看不出它的各格是什么, 没有导入; 是信访件的请把它移到表头下面后重新提交, 不是的不需要处理"
NOT_BELOW = "这一行当作表下说明或落款, 没有导入; 如果它是一件信访, 请补全各列后重新提交"
_MATTER = ("summary", "text")
_DAYS = ("occurred_on", "published_at")
_PERSON = frozenset({"name", "phone", "id_number"})
_FEWEST = 3
"""Texts of a header, and cells of a record that stands above one."""
_NEVER_VALUES: Mapping[str, str] = {
    "occurred_on": "",
    "published_at": "",
    "name": "姓名|名字|称呼",
    "number": "编号",
}
"""Fields of which a record never has a header with one of these words as a value.

电话 is how somebody came, 诉求 a purpose, 户主 whoever heads the household, and 身份证 what he could not show.
"""
_LONG = 10
"""Characters from which on a text beside a day is a matter."""
_FEWEST_KNOWN = 2
_WITHIN_SENTENCES = re.compile(r"[,\uff0c\u3002;\uff1b]")
_COLONS = (":", "\uff1a")


@dataclass(frozen=True, slots=True)
class TableAbove:
    """What stands above the header that was found, besides titles."""

    header: Header | None = None
    """Its own header; None where it has none of petitions."""
    refused: tuple[tuple[Row, str], ...] = ()
    """Rows that look like records below no such header, each with what is to be said of it."""


def table_above(header: Header, head: Sequence[Row], layouts: Mapping[str, Layout], profiles: Profiles) -> TableAbove:
    """The table above a header; of its own header the rows right below must look like records."""
    above = [row for row in head if row.number < header.first_row and not row.is_blank]
    if sum(len(filled_cells(row.cells)) >= _FEWEST for row in above) < 1:
        return TableAbove()
    own = find_header(above, layouts, profiles) if len(above) > 1 else None
    if own is not None and any(_fits(row, own, _MATTER) for row in above):
        return TableAbove(own)
    offices = {later.number for earlier, later in pairwise(above) if _says_who_filled_in(earlier)}
    above = [row for row in above if row.number not in offices and not _says_who_filled_in(row)]
    likely = find_header(above, layouts, doubtful=True, guessing=False) if len(above) > 1 else None
    refused = []
    for row in above:
        if likely is not None and row.number > likely.last_row and _fits(row, likely, likely.columns):
            refused.append((row, UNREAD_HEADER.format(likely.last_row)))
        elif _looks_like_a_record(row):
            refused.append((row, NO_HEADER))
    return TableAbove(None, tuple(refused))


def _fits(row: Row, header: Header, needed: Collection[str]) -> bool:
    if row.number <= header.last_row:
        return False
    return goes_on(row, "", HeadedTable("", "", header), needed=needed) or _dates_a_matter(row, header)


def _dates_a_matter(row: Row, header: Header) -> bool:
    """True for a day and a long text where the header has them, in a table that names nobody."""
    filled = filled_cells(row.cells)
    matter = next((filled[header.columns[field]] for field in _MATTER if header.columns.get(field) in filled), "")
    days = [filled[header.columns[field]] for field in _DAYS if header.columns.get(field) in filled]
    return _PERSON.isdisjoint(header.columns) and len(matter) >= _LONG and share_of(Content.DATE, days) > 0


def _looks_like_a_record(row: Row) -> bool:
    """True for a phone or an ID number beside a name, or a day beside a sentence.

    No word in the row may say what one of its cells is.
    """
    texts = list(filled_cells(row.cells).values())
    words = table_words()
    labelled = any(text.endswith(_COLONS) or words.note.match(text) or _is_label(text) for text in texts)
    numbered = share_of(Content.PHONE, texts) > 0 or share_of(Content.ID_NUMBER, texts) > 0
    is_person = numbered and share_of(Content.NAME, texts) > 0
    is_dated = share_of(Content.DATE, texts) > 0 and any(map(_is_sentence, texts))
    return len(texts) >= _FEWEST and not labelled and (is_person or is_dated)


def _is_sentence(text: str) -> bool:
    """True for what somebody says; an office's name, however long, has no comma."""
    return len(text) >= _LONG and _WITHIN_SENTENCES.search(text) is not None


def _says_who_filled_in(row: Row) -> bool:
    """True for 填报单位, 联系人, 联系电话, 填报日期 in cells of their own: what stands below them is an office's."""
    texts = list(filled_cells(row.cells).values())
    return sum(plain(text) in table_words().notes for text in texts) * 2 > len(texts)


def _is_label(text: str) -> bool:
    return plain(text) in table_words().notes or any(one is not None for one in _named(text))


def _named(text: str) -> list[Likeness | None]:
    """What the text names by each layout; nothing where it may as well stand where a name would."""
    vocabularies = [header_vocabulary(name, layout) for name, layout in petition_layouts().items()]
    return [one.exact(text) for one in vocabularies if not one.is_person(text)]


class RowsAhead:
    """Rows in their order, of which the next ones can be looked at before they are read."""

    def __init__(self, rows: Iterator[Row]) -> None:
        """All of these rows."""
        self._rows = rows
        self._ahead: deque[Row] = deque()

    def __iter__(self) -> Iterator[Row]:
        """The rows themselves."""
        return self

    def __next__(self) -> Row:
        """The next row."""
        return self._ahead.popleft() if self._ahead else next(self._rows)

    def peek(self, most: int) -> list[Row]:
        """The next so many rows, which are still to come."""
        self._ahead += islice(self._rows, max(most - len(self._ahead), 0))
        return list(islice(self._ahead, most))


def looks_like_a_header(row: Row) -> bool:
    """True for short texts without a value, two of which are known headers, one of them in no record a value."""
    texts = list(filled_cells(row.cells).values())
    # Nearly every record ends here: it has a long text.
    if len(texts) < _FEWEST or any(len(text) > LONGEST_GROUP for text in texts):
        return False
    return not _says_who_filled_in(row) and not holds_values(texts) and _names_columns(texts)


def may_be_a_header(row: Row) -> bool:
    """False for a record whose cells happen to head columns elsewhere: 群众, 电话, 诉求, 要求修路."""
    texts = list(filled_cells(row.cells).values())
    known = [text for text in texts if any(one is not None for one in _named(text))]
    is_short = all(len(text) <= LONGEST_GROUP for text in texts) and not holds_values(texts)
    return _names_columns(texts) or (is_short and len(known) * 2 > len(texts))


def _names_columns(texts: Sequence[str]) -> bool:
    named = {text: {one.field for one in _named(text) if one is not None} for text in texts}
    fields = {field for found in named.values() for field in found if field is not None}
    sure = any(_is_never_a_value(text, field) for text, found in named.items() for field in found)
    return len(fields) >= _FEWEST_KNOWN and sure


def _is_never_a_value(text: str, field: str | None) -> bool:
    words = _NEVER_VALUES.get(field or "")
    return words is not None and re.search(words, text) is not None


def heads_the_next(row: Row, rows: RowsAhead) -> bool:
    """True where every filled column of the next record has a text in the row.

    Who signed, and a record in the words of headers, stand above columns that they say nothing of.
    """
    below = (filled_cells(one.cells).keys() for one in rows.peek(BELOW))
    record = next((filled for filled in below if len(filled) > 1), None)
    return record is not None and record <= filled_cells(row.cells).keys()


def header_by_rows_below(title: Row | None, row: Row, rows: RowsAhead, layouts: Mapping[str, Layout]) -> Header | None:
    """What the row is as a header by the values below it, with the line of a title right above; None for no such."""
    below = [one for one in rows.peek(BELOW) if not one.is_blank]
    until = next((at for at, one in enumerate(below) if looks_like_a_header(one)), len(below))
    found = find_header([*([title] if title else []), row, *below[:until]], layouts)
    return found if found is not None and found.first_row == row.number == found.last_row else None


class RefusedRows:
    """Rows below a header without a known matter: nobody knows whether they are petitions, and each is refused."""

    def __init__(self, row: Row, header: Header, place: TablePlace) -> None:
        """Below this row, which stands below the table of `header`."""
        self._row = row.number
        self._names = filled_cells(row.cells)
        self._header = header
        self._place = place
        self.formulas = FormulaRows(header, place)

    def read(self, row: Row) -> Iterator[Entry]:
        """The row as refused; a note or a line alone is none."""
        filled = filled_cells(row.cells)
        if not filled or only_counts(filled, self._header):
            return
        kind = kind_of(filled, self._header, below_record=False)
        if len(filled) == 1 or kind in (RowKind.NOTE, RowKind.TOTAL):
            yield Warned(self._place.problem(row.number, None, NOT_BELOW, next(iter(filled.values()))))
            return
        fields = {self._names.get(index) or f"第{index + 1}列": text for index, text in filled.items()}
        shown = " ".join(map(text_of, filled.values()))
        yield Rejected(self._place.problem(row.number, None, UNREAD_HEADER.format(self._row), shown), fields)

    def end(self) -> Iterator[Entry]:
        """Nothing: no row waits."""
        return iter(())
