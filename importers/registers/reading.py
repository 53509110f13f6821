"""Reads the rows below the header of a register: completes what is merged, and says what is no row of a register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from domain.places.region import RegionCode
from domain.register.household import HouseholdId, Relation
from importers.entries import Warned
from importers.formats.parts import Row
from importers.headers.header import Header
from importers.headers.neighbours import columns_of_table_beside
from importers.places.village_names import VillageNames
from importers.registers.lone_heads import LEFT_ALONE, LoneHeads
from importers.registers.places import NOTHING_TOLD, RegisterPlaces
from importers.registers.row import HOUSEHOLD_FIELDS, PLACE_FIELDS, RefusedRow, RegisterEntry, RegisterRow, RowRefused
from importers.registers.row_checks import is_number
from importers.registers.row_kinds import is_half, kind_below
from importers.registers.rows import RowReader
from importers.registers.uncalculated import UncalculatedRows
from importers.rows.kinds import RowKind, kind_of, only_counts
from importers.rows.merged_values import MergedValues
from importers.table_place import TablePlace
from importers.table_remarks import EMPTY_TABLE, NOTHING_ABOVE, SIDE_BY_SIDE, MarkedRows
from importers.values.cells import filled_cells
from importers.words.letter_words import is_name
from importers.words.register_words import register_words
from importers.words.table_words import table_words

_BEGINS_A_HOUSEHOLD = ("village_code", "village", "town", "group", "head_name")
"""A row in which one of these says something else than the row above belongs to no household above it."""
_TELLING = ("household_id", "name", "head_name")
"""Fields that tell who somebody is and whose."""
_OF_THE_HEAD = {"head_id_number", "head_born_on", "head_disability_card"}
_OWN = frozenset({"name", "id_number", "disability_card", "born_on", "relation", "unread", *_OF_THE_HEAD})
"""Fields that nobody shares with the row above, whatever is written, or that nobody reads."""
_DAYS = ("born_on", "head_born_on", "identified_on", "removed_on")
_WHOSE = frozenset({"household_id", "head_name", *PLACE_FIELDS})
"""Fields that tell whose the row is: where they repeat nothing, nobody knows."""
_NAMES = ("name", "head_name")
_NUMBERS = ("household_id", "id_number", "head_id_number", "village_code")
_LEFT_OUT: Mapping[RowKind, str] = {
    RowKind.NOTE: "这一行当作表下说明或落款, 没有导入; 如果它是一个人, 请补全各列后重新提交",
    RowKind.TOTAL: "这一行是合计, 没有导入; 如果它是一个人, 请改写第一格后重新提交",
    RowKind.COUNTED: "这一行只有序号, 没有导入, 不需要处理",
    RowKind.HEADER_AGAIN: "这一行是重复的表头, 没有导入, 不需要处理",
}


class RegisterReading:
    """The rows below one header, one after the other."""

    def __init__(
        self,
        reader: RowReader,
        header: Header,
        place: TablePlace,
        sheet: str,
        villages: VillageNames,
        head: Sequence[Row],
        formulas: UncalculatedRows,
        *,
        is_card: bool,
        told: Mapping[HouseholdId, tuple[RegionCode, str]] = NOTHING_TOLD,
    ) -> None:
        """Of a table whose first rows are `head`; `told` are the villages that another sheet tells by number.

        Rows that nobody can read are left to `formulas`.
        """
        self._header = header
        self._place = place
        self._formulas = formulas
        self._reader = reader
        self.places = RegisterPlaces(header, head, sheet, villages, is_card=is_card, told=told)
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
        """Every row below the header."""
        marked, empty, below_record, above = MarkedRows(), True, 0, self._header.last_row
        for row in rows:
            if row.number <= self._header.last_row:
                continue
            empty = False
            marked.note(row)
            filled = filled_cells(row.cells)
            unknown = row.uncalculated
            if unknown and only_counts(filled, self._header):
                self._formulas.take(row)
                continue
            # What the name of a group, a village or a sum stands beside are counts of it.
            unknown = unknown if self._says_who(filled) else frozenset()
            is_next = below_record == row.number - 1
            kind = kind_of(filled, self._header, below_record=is_next, uncalculated=unknown)
            is_signed = False
            if kind is RowKind.RECORD:
                kind = kind_below(filled, self._header)
                is_signed = kind is RowKind.NOTE
            if kind is not RowKind.RECORD and not (kind is RowKind.NOTE and is_half(filled, self._header)):
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
            if self._formulas.hide_between(self._header, above, row.number):
                # Whose it is nobody knows, nor whose those below it are, but where their number is one cell.
                self._household, self._above = self._household if is_covered else {}, {}
            above = row.number
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

    def _says_who(self, filled: Mapping[int, str]) -> bool:
        """True where a name, or a number, stands in a column of such: not for 蔡家洼村, 户数 or 一组."""
        fields = {column.index: column.field for column in self._header.found}
        return any(
            (fields.get(index) in _NAMES and is_name("".join(text.split())))
            or (fields.get(index) in _NUMBERS and text.isascii() and text.isalnum())
            for index, text in filled.items()
        )

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
        values = self._reader.values(self._without_doubtful_days(row))
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
            found = self._reader.read(self._without_doubtful_days(row), values)
        except RowRefused as exc:
            number = values.get("household_id", "")
            return RefusedRow(exc.problem, number if is_number(number) else "", self._cells(filled))
        told = [self._reader.refusal(row, field, notes[field], values.get(field, "")).problem for field in notes]
        if of_place:
            told.append(self._place.problem(row.number, None, of_place, ""))
        if self.places.by_household:
            found = replace(found, by_household=True)
        if self.places.gives_group:
            found = replace(found, columns=found.columns | {"group"})
        return replace(found, problems=(*found.problems, *told)) if told else found

    def _without_doubtful_days(self, row: Row) -> Row:
        """The row without the numbers that are days by nobody knows which calendar; its notes say so."""
        doubtful = row.of_either_calendar if row.notes else frozenset()
        left_out = doubtful & {at for field in _DAYS for at in self._header.places.get(field, ())}
        if not left_out:
            return row
        return replace(row, cells=tuple("" if at in left_out else cell for at, cell in enumerate(row.cells)))

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
