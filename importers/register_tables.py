"""Tables of a delivered register: finds the header, completes merged cells, says what is no row of a register."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from domain.household import Relation
from domain.receipt import RowProblem
from importers.cells import filled_cells
from importers.entries import Warned
from importers.formats.parts import Row, Table
from importers.header import Column, Header
from importers.header_neighbours import HeadedTable, columns_of_table_beside, goes_on
from importers.headers import HEAD_ROWS, find_header, missing_columns
from importers.member_columns import unread_members
from importers.merged_values import MergedValues
from importers.profiles import Profiles
from importers.register_applicants import with_head_for_applicant
from importers.register_days import with_days_of_monitoring
from importers.register_head_columns import of_the_head, of_the_named
from importers.register_helpers import without_helpers
from importers.register_layouts import PERSONS, register_layouts
from importers.register_lone_heads import LEFT_ALONE, LoneHeads
from importers.register_places import VILLAGE_OF_TITLE, RegisterPlaces, with_community
from importers.register_row_checks import is_number
from importers.register_rows import HOUSEHOLD_FIELDS, PLACE_FIELDS, RegisterRow, RowReader, RowRefused
from importers.register_ticks import with_risks_below
from importers.register_unread import remarks_on_unread, without_strangers_phone
from importers.register_words import register_words
from importers.register_years import of_latest_year
from importers.row_kinds import RowKind, kind_of
from importers.table_place import TablePlace, shown_headers
from importers.table_remarks import EMPTY_TABLE, GOES_ON, HIDDEN_SHEET, NOTHING_ABOVE, SIDE_BY_SIDE, MarkedRows
from importers.table_words import table_words
from importers.unfolded_households import unfolded
from importers.village_names import VillageNames

_BEGINS_A_HOUSEHOLD = ("village_code", "village", "town", "group", "head_name")
"""A row in which one of these says something else than the row above belongs to no household above it."""
_NUMBER = ("household_id",)
_TELLING = ("household_id", "name", "head_name")
"""Fields that tell who somebody is and whose."""
_OF_THE_HEAD = {"head_id_number", "head_born_on", "head_disability_card"}
_OWN = frozenset({"name", "id_number", "disability_card", "born_on", "relation", "unread", *_OF_THE_HEAD})
"""Fields that nobody shares with the row above, whatever is written, or that nobody reads."""
_WHOSE = frozenset({"household_id", "head_name", *PLACE_FIELDS})
"""Fields that tell whose the row is: where they repeat nothing, nobody knows."""
_LEFT_OUT: Mapping[RowKind, str] = {
    RowKind.NOTE: "这一行当作表下说明或落款, 没有导入; 如果它是一个人, 请补全各列后重新提交",
    RowKind.TOTAL: "这一行是合计, 没有导入; 如果它是一个人, 请改写第一格后重新提交",
    RowKind.COUNTED: "这一行只有序号, 没有导入, 不需要处理",
    RowKind.HEADER_AGAIN: "这一行是重复的表头, 没有导入, 不需要处理",
}
_OLD_CAUSES = (
    "这一列是2018年的致贫原因, 不是监测系统的风险; 监测对象没有另填风险的, 已按对照表换算, 其他户不作为风险导入, 请核对"
)
_SIGNS = re.compile(r"[\u4e00-\u9fff\s]{2,10}[:\uff1a]")
"""Begins a cell of an office and who holds it, or of a day: 会计：某某."""
_COUNT = re.compile(r"\d+\s*[户人]")
_UNREAD = "unread"
_UNREAD_GUESS = "这一列没有采用, 请核对; 是台账要的请改用台账的表头后重交"
_YEARS = "几个年份并排着, 同一项有几年的已按最后一年(到{}年)接收, 以前各年和计划的没有采用, 请核对"
_TICKS = "「{}」各列已按勾选作为风险类型接收, 请核对"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken in; somebody has to mend it."""

    problem: RowProblem
    household_id: str
    """The number of the household that it belongs to; empty where nobody knows."""
    fields: Mapping[str, str]
    """The row as delivered, by header text."""


RegisterEntry = RegisterRow | RefusedRow | Warned


class RegisterTables:
    """Reads the tables of one file."""

    def __init__(self, villages: VillageNames, profiles: Profiles) -> None:
        """Villages are found among `villages`, headers that somebody confirmed among `profiles`."""
        self._villages = villages
        self._profiles = profiles
        self._layouts = register_layouts()
        self._last: HeadedTable | None = None
        self.understood = False
        """True once a table is one of a register."""
        self.strangers: list[RowProblem] = []
        """Tables that are none, each with the headers found."""
        self.missing = ""
        """The first required header that the first stranger lacks."""

    def read(self, table: Table, *, is_card: bool = False) -> Iterator[RegisterEntry]:
        """Every row of the table; a table that is none of a register has none, and is a stranger.

        `is_card` where it is the card of one household.
        """
        place = TablePlace(table.part, table.sheet)
        filled: Iterator[Row] = (row for row in table.rows if not row.is_blank)
        head = list(islice(filled, HEAD_ROWS))
        if not head:
            return
        head, filled, of_applicant = with_head_for_applicant(head, filled)
        rows, folded = unfolded(head, filled)
        head = list(islice(rows, HEAD_ROWS))
        header = find_header(head, self._layouts, self._profiles)
        goes_on_below = None
        if header is None and self._last is not None and goes_on(head[0], table.part, self._last, needed=_NUMBER):
            goes_on_below = self._last
            header = replace(self._last.header, first_row=0, last_row=0)
            yield Warned(place.problem(head[0].number, None, GOES_ON.format(self._last.label or "上一个表"), ""))
        if header is None:
            self._stranger(place, head)
            return
        not_read = remarks_on_unread(header, head)
        header, of_stranger = without_strangers_phone(header)
        header, year = of_latest_year(with_days_of_monitoring(with_risks_below(header, head)))
        header, of_helpers = without_helpers(header)
        header, community = with_community(header, head, table.sheet, self._villages)
        header, of_head = of_the_head(header)
        header, of_nobody = of_the_named(header)
        # What goes on below a table with members in its columns is not unfolded: nobody is to be lost there.
        self._last = None if folded else goes_on_below or HeadedTable(table.part, place.label, header)
        self.understood = True
        if table.hidden:
            yield Warned(place.problem(1, None, HIDDEN_SHEET, table.sheet))
        yield from self._about(place, header)
        reader = RowReader(header, place, self._villages, is_unfolded=bool(folded))
        reading = _Reading(reader, header, place, table.sheet, self._villages, head, is_card=is_card)
        ticked = "、".join(reader.ticked_risks)
        unread = unread_members(header, head)
        years, ticks = year and _YEARS.format(year), ticked and _TICKS.format(ticked)
        remarks = (
            folded,
            unread,
            years,
            of_helpers,
            of_head,
            of_nobody,
            ticks,
            of_stranger,
            of_applicant,
            community,
            *not_read,
        )
        yield from (Warned(place.problem(header.last_row, None, remark, "")) for remark in remarks if remark)
        if reading.places.of_title:
            reason = VILLAGE_OF_TITLE.format(reading.places.of_title)
            yield Warned(place.problem(header.first_row, None, reason, ""))
        yield from reading.read(chain(head, rows))

    def _stranger(self, place: TablePlace, head: Sequence[Row]) -> None:
        missing, found = missing_columns(head, self._layouts[PERSONS])
        self.missing = self.missing or missing
        reason = f"找不到表头列「{missing}」, 这个表没有导入; 如果它是户籍台账, 请补上这一列"
        self.strangers.append(place.problem(head[0].number, None, reason, shown_headers(found)))

    def _about(self, place: TablePlace, header: Header) -> Iterator[Warned]:
        layout = self._layouts[header.layout]
        for column in sorted(header.found, key=lambda one: one.index):
            if column.confidence < 1:
                text = header.above(column.index) + header.texts[column.index]
                if column.field == _UNREAD and register_words().is_helper(text):
                    continue
                reason = _UNREAD_GUESS if column.field == _UNREAD else _guessed(column, layout.fields[column.field][0])
                yield Warned(place.problem(header.last_row, header.texts[column.index], reason, ""))
        if "cause_2018" in header.columns:
            yield Warned(place.problem(header.last_row, header.text("cause_2018"), _OLD_CAUSES, ""))


class _Reading:
    """The rows below one header, one after the other."""

    def __init__(
        self,
        reader: RowReader,
        header: Header,
        place: TablePlace,
        sheet: str,
        villages: VillageNames,
        head: Sequence[Row],
        *,
        is_card: bool,
    ) -> None:
        self._header = header
        self._place = place
        self._reader = reader
        self.places = RegisterPlaces(header, head, sheet, villages, is_card=is_card)
        self._merged = self._is_merged(head)
        self._places = {index for field in (*PLACE_FIELDS, "group") for index in header.places.get(field, ())}
        self._merged_places = MergedValues()
        self._beside = columns_of_table_beside(header)
        self._above: dict[str, str] = {}
        self._lone = LoneHeads()
        self._began = 0
        """The row in which the household above began."""
        self._household: dict[str, str] = {}
        """What the household above says of itself; empty where nobody knows which one it is."""

    def read(self, rows: Iterator[Row]) -> Iterator[RegisterEntry]:
        marked, empty, below_record = MarkedRows(), True, 0
        for row in rows:
            if row.number <= self._header.last_row:
                continue
            empty = False
            marked.note(row)
            filled = filled_cells(row.cells)
            kind = kind_of(filled, self._header, below_record=below_record == row.number - 1)
            is_signed = False
            if kind is RowKind.RECORD:
                kind = self._kind_below(filled)
                is_signed = kind is RowKind.NOTE
            if kind is not RowKind.RECORD and not (kind is RowKind.NOTE and self._is_half(filled)):
                first = next(iter(filled.values()), "")
                reason = self._said_of_place(row.number, kind, filled, is_signed=is_signed) or _LEFT_OUT[kind]
                yield Warned(self._place.problem(row.number, None, reason, first))
                continue
            below_record = row.number
            said = next((filled[index] for index in self._beside if index in filled), "")
            if said:
                # What such a row says is not known, so that nothing below repeats it.
                self._household, self._above = {}, {}
                problem = self._place.problem(row.number, None, SIDE_BY_SIDE, said)
                yield RefusedRow(problem, "", self._cells(filled))
                continue
            is_covered = self._is_covered(row)
            row = self._with_merged_places(row)
            entry = self._entry(row, filled_cells(row.cells) if row.merged else filled, is_covered=is_covered)
            yield entry
            if isinstance(entry, RegisterRow):
                self._lone.accepted(row.number, entry.household_id)
            elif alone := self._lone.refused(self._above):
                yield Warned(self._place.problem(alone[0], None, LEFT_ALONE, alone[1]))
        if empty:
            yield Warned(self._place.problem(self._header.last_row, None, EMPTY_TABLE, ""))
        yield from marked.remarks(self._place)

    def _said_of_place(self, row: int, kind: RowKind, filled: Mapping[int, str], *, is_signed: bool) -> str:
        """What to say of a row that is none of a person where it tells where those below it are; else ""."""
        if kind is RowKind.TOTAL:
            self.places.end_group()
        if kind is RowKind.HEADER_AGAIN and (said := self.places.begin_again(row)):
            # What stands above another village's title repeats nothing below it.
            self._household, self._above = {}, {}
            return said
        if kind is not RowKind.NOTE:
            return ""
        return self.places.note(row, filled, ends=not is_signed or self._names_a_place(filled))

    def _with_merged_places(self, row: Row) -> Row:
        """The row with the village and the group that are merged over the rows of several households."""
        down = tuple(one for one in row.merged if one.column in self._places)
        return self._merged_places.filled(replace(row, merged=down))[0] if down else row

    def _is_covered(self, row: Row) -> bool:
        """True where the number of the household above is one cell with that of this row."""
        numbers = self._header.places["household_id"]
        return any(one.column in numbers and one.first_row == self._began < row.number for one in row.merged)

    def _entry(self, row: Row, filled: Mapping[int, str], *, is_covered: bool) -> RegisterEntry:
        values = self._reader.values(row)
        notes = self._notes(row)
        unresolved = self._repeat(values)
        if "household_id" in (unresolved, *notes):
            # Whose row this is nobody knows, nor whose those below it are.
            self._household = {}
        of_place = self._complete(row.number, values, is_covered=is_covered)
        self._above = values
        try:
            if unresolved is not None:
                raise self._reader.refusal(row, unresolved, NOTHING_ABOVE, "同上")
            for field in _TELLING:
                if field in notes:
                    raise self._reader.refusal(row, field, notes[field], values.get(field, ""))
            if (elsewhere := self.places.refused(values)) is not None:
                field, reason = elsewhere
                raise self._reader.refusal(row, field, reason, values[field])
            found = self._reader.read(row, values)
        except RowRefused as exc:
            number = values.get("household_id", "")
            return RefusedRow(exc.problem, number if is_number(number) else "", self._cells(filled))
        told = [self._reader.refusal(row, field, notes[field], values.get(field, "")).problem for field in notes]
        if of_place:
            told.append(self._place.problem(row.number, None, of_place, ""))
        if self.places.gives_group:
            found = replace(found, columns=found.columns | {"group"})
        return replace(found, problems=(*found.problems, *told)) if told else found

    def _notes(self, row: Row) -> dict[str, str]:
        """What the reader of the file says about cells that are read, by field."""
        fields = {column.index: column.field for column in self._header.found}
        return {fields[note.column]: note.reason for note in row.notes if note.column in fields}

    def _cells(self, filled: Mapping[int, str]) -> dict[str, str]:
        texts = self._header.texts
        return {
            (texts[index] if index < len(texts) and texts[index] else f"第{index + 1}列"): text
            for index, text in filled.items()
        }

    def _repeat(self, values: dict[str, str]) -> str | None:
        """同上 and 〃 say that the cell above is meant, and where nothing is above that there is nothing.

        The field that tells whose the row is and has nothing above.
        """
        is_ditto = table_words().is_ditto
        repeated = [field for field, text in values.items() if field not in _OWN and is_ditto(text)]
        missing = [field for field in repeated if field not in self._above]
        values.update({field: self._above[field] for field in repeated if field not in missing})
        for field in missing:
            del values[field]
        return next((field for field in missing if field in _WHOSE), None)

    def _complete(self, row: int, values: dict[str, str], *, is_covered: bool) -> str:
        """Fill in what only the household's first row says, where it is sure which household that is.

        What is to be said of where the row is, or "".
        """
        said = self.places.complete(values)
        household = self._household
        number = values.get("household_id", "")
        if number and number != household.get("household_id"):
            self._household = {field: values[field] for field in HOUSEHOLD_FIELDS if field in values}
            self._began = row
            return said
        if not number and not self._is_below(values, is_covered=is_covered):
            self._household = {}
            return said
        places = household.keys() & set(PLACE_FIELDS) if not values.keys() & {"village", "village_code"} else ()
        for field in ("household_id", "head_name", "group", *places):
            if field in household:
                values.setdefault(field, household[field])
        return said

    def _is_below(self, values: Mapping[str, str], *, is_covered: bool) -> bool:
        """True for a row without a number that can only belong to the household above it."""
        if not (self._merged or is_covered) or not self._household:
            return False
        if register_words().relation(values.get("relation", "")) in (None, Relation.HEAD):
            return False
        told = {field: values[field] for field in _BEGINS_A_HOUSEHOLD if field in values}
        return all(self._household.get(field) == text for field, text in told.items())

    def _is_merged(self, head: Sequence[Row]) -> bool:
        """True when members have no number of their own anywhere among the first rows: it is merged with the head's."""
        numbered = blank = 0
        for row in head:
            if row.number <= self._header.last_row:
                continue
            values = self._reader.values(row)
            if register_words().relation(values.get("relation", "")) not in (None, Relation.HEAD):
                numbered += "household_id" in values
                blank += "household_id" not in values
        return blank > 0 and numbered == 0

    def _kind_below(self, filled: Mapping[int, str]) -> RowKind:
        """What a row is that names nobody: the sum of a group (一组小计), or who signs (村主任：某某, 填表日期：…)."""
        persons = {index for field in (*_TELLING[1:], "id_number") for index in self._header.places.get(field, ())}
        first, texts = next(iter(filled)), list(filled.values())
        named = {at for at in persons & filled.keys() if at != first and not _COUNT.fullmatch(filled[at])}
        is_sum = texts[0].endswith(tuple(table_words().totals)) and not named
        if is_sum and not self._tells_of_a_household(filled, first):
            return RowKind.TOTAL
        signs = all(map(_SIGNS.match, texts)) and any(map(table_words().note.match, texts))
        is_person = any(text.startswith(register_words().person_labels) for text in texts)
        return RowKind.NOTE if signs and not is_person else RowKind.RECORD

    def _tells_of_a_household(self, filled: Mapping[int, str], first: int) -> bool:
        """True where behind the first cell stands a number of a household or a relation; 1户 and 2人 are counts."""
        told = [index for index in filled if index != first]
        numbers = [filled[index] for index in self._header.places["household_id"] if index in told]
        relations = [filled[index] for index in self._header.places.get("relation", ()) if index in told]
        is_related = any(register_words().relation(text) is not None for text in relations)
        return is_related or any(is_number(text) and not _COUNT.fullmatch(text) for text in numbers)

    def _names_a_place(self, filled: Mapping[int, str]) -> bool:
        """True where a cell with a colon is about a village: 行政村：蔡家洼."""
        words = register_words()
        for text in filled.values():
            label, _, value = text.replace("\uff1a", ":").partition(":")
            if label.strip() in words.village_labels or any(word in value for word in words.village_endings):
                return True
            if self.places.is_elsewhere(value):
                return True
        return False

    def _is_half(self, filled: Mapping[int, str]) -> bool:
        """True for a row with nothing but a number of a household: a person is missing in it, it is no note."""
        return self._header.columns["household_id"] in filled and next(iter(filled.values())).isascii()


def _guessed(column: Column, name: str) -> str:
    return f"这一列按「{name}」接收(把握{column.confidence:.0%}), 请核对; 不对的请把表头改成「{name}」或别的名称后重交"
