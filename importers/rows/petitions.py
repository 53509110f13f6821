"""Rows of a register or a hotline export as petitions."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from domain.deliveries.receipt import MARK_COLUMN
from domain.texts.document import Petitioner, RawDocument, document_id
from domain.words.vocabulary import Channel
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.formats.parts import Row
from importers.headers.header import Header, columns_beside_matter, identifying_columns, matter_columns
from importers.headers.vocabulary import Layout
from importers.rows.described_persons import described_person
from importers.rows.keys import RowKeys, unnumbered_key
from importers.rows.kinds import RowKind, kind_of, only_counts
from importers.rows.merged_values import MergedValues, characters_of, columns_below, joined, reaches_below
from importers.rows.overflowing import ShiftedCells, rejoined
from importers.rows.petitioner_addresses import whole_address
from importers.rows.petitioner_names import sole_name
from importers.rows.phone_owners import is_of_another
from importers.rows.remarks import Remarks
from importers.rows.seen_numbers import SeenNumbers
from importers.rows.stated_purposes import StatedPurposes
from importers.rows.telling_columns import columns_that_tell
from importers.rows.uncalculated import FormulaRows
from importers.rows.values import NothingAbove, RowValues, day_of, read_values
from importers.rows.village_rows import VillageAbove
from importers.table_place import TablePlace
from importers.table_remarks import NOTHING_ABOVE
from importers.values.cells import damage_of, filled_cells, has_lost_characters, text_of
from importers.values.dates import DateProblem, is_ahead, is_long_ago, read_date
from importers.values.identifiers import id_number_doubt, id_number_of, name_and_phone, phone_of
from importers.values.matters import refers_elsewhere, says_nothing
from importers.values.ticked_options import WITH_OPTIONS, chosen_of
from importers.words.table_words import table_words

_LEFT_OUT: Mapping[RowKind, str] = {
    RowKind.NOTE: "这一行当作表下说明或落款, 没有导入; 如果它是一件信访, 请补全各列后重新提交",
    RowKind.TOTAL: "这一行是合计, 没有导入; 如果它是一件信访, 请改写第一格后重新提交",
    RowKind.HINT: "这一行当作填表提示、栏号或示例, 没有导入; 如果它是一件信访, 请改写后重新提交",
    RowKind.ZERO_REPORT: "这一行写的是没有信访件(零报告), 没有要导入的; 有遗漏的请补填后重新提交",
    RowKind.BUILDING: "这一行只有楼号, 没有导入; 下面各行的住址里没有写楼号的请补填后重新提交",
    RowKind.COUNTED: "这一行只有序号, 没有导入, 不需要处理",
    RowKind.HEADER_AGAIN: "这一行是重复的表头, 没有导入, 不需要处理",
}
_NOTHING_SAID = "没有写出反映了什么, 请把内容写在这一格里后重新提交"
_NO_DAY = "没有填日期, 已按收到的日子接收, 知道日期的请补填"
_LONG_AGO = "日期在三十年以前, 已照样接收; 年份写错的请改正后重新提交"
_VILLAGE = (
    "这一行只有村名, 下面没有写住址或只写了组、号的各行已按「{}」接收, 到下一个村名、合计或说明为止; "
    "有不是这个村的请在那一行写上村名后重新提交"
)
_PHONE_OF_ANOTHER = "电话旁边写着别人, 已照样当作信访人的电话接收; 有本人号码的请改成本人的后重新提交"
_REPEATED_OF_ANOTHER = "「同上」照抄的是上一行另一位信访人的号码, 已照样接收, 请核对; 不是这一位的请改正后重新提交"
_OF_ANOTHER = "这一格与上面合并, 写的是上面那位信访人的, 没有采用; 是这一位的请在本行单独填写"
_CONTINUED = "「同上」已按上一行的内容补全, 后面写的接在其后; 不对的请写出全部内容后重新提交"
_NUMBER_MERGED = (
    "第{}行与这一行的编号是合并的, 作为同一件的后一部分一并接收; 是另一件的请取消合并, 写上它自己的编号后重新提交"
)
_ALL_MERGED = (
    "第{}行的姓名、日期和内容与这一行是合并的, 作为同一件接收, 其余各列接在后面; "
    "不是同一件的请取消合并, 各行填全后重新提交"
)
_OF_ONE_PETITION = ("name", "occurred_on", "summary")
"""What is merged over rows of one petition where nothing counts them."""
_LONGEST_JOINED = 100_000
"""Characters of rows that are one petition."""
_ONLY_MATTER = "这一行没有导入: 只有内容, 像是上一行的后一部分; 请把它剪到上一行的内容里, 或补全各列后重新提交"
_EMPTY = "没有内容, 请补填后重新提交; 与上一行是同一件事的, 请写「同上」"

AHEAD = "日期在今天之后, 这一行没有导入; 请对照原件改正日期后重新提交"
"""Why a row was refused whose day may come."""


class _Refused(Exception):
    """The row cannot be taken in."""

    def __init__(self, field: str, reason: str, value: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.value = field, reason, value


class PetitionRows:
    """Reads the rows below one header, one after the other."""

    def __init__(
        self,
        header: Header,
        layout: Layout,
        place: TablePlace,
        *,
        received_at: datetime,
        numbers: SeenNumbers,
        alone: bool = False,
    ) -> None:
        """Rows of a table at this place, in a file that came in at `received_at`.

        A row that is `alone`, a form's, may refer to papers: what they say may follow below the form.
        """
        self._alone = alone
        self._header = header
        self._source = layout.source
        self._channel = layout.channel or Channel.PETITION
        self._place = place
        self._received_at = received_at
        self._keys = RowKeys(layout.source, place, numbers, has_numbers="number" in header.columns)
        self._above: RowValues | None = None
        self._begun = False
        self._names = header.names
        self._merged = MergedValues()
        self._purposes = StatedPurposes(header, layout)
        self._identifying = identifying_columns(header)
        self._told_in = columns_that_tell(header)
        self._naming = frozenset(header.places.get("name", ()))
        self._telling = self._identifying.union(*header.places.values())
        """The columns that are read or count: what a further row of one petition leaves to the one above."""
        self._matter = frozenset(header.places.get("summary", ()))
        self._beside_matter = columns_beside_matter(header)
        self._marks = frozenset(index for index, text in self._names.items() if text == MARK_COLUMN)
        """A row in which a receipt has its mark was a record, however little of it was told."""
        self._addresses = frozenset(header.places.get("address", ()))
        self._village = VillageAbove()
        self._run_over = 0
        """The last row that only continued the matter above it."""
        self.formulas = FormulaRows(header, place)
        """Rows that nobody can read, told when the table ends."""
        self._held: Row | None = None
        self._held_covered: frozenset[int] = frozenset()

    def read(self, row: Row) -> Iterator[Entry]:
        """What the row says; it is not blank. Every row is accepted, rejected or named in a warning.

        A row whose number is merged with the rows below waits for them: `end` tells of the last one.
        """
        try:
            row, torn = (row, None) if self._place.sheet else rejoined(row, self._header)
        except ShiftedCells as exc:
            yield from self.end()
            filled = filled_cells(row.cells)
            problem = self._place.problem(row.number, None, str(exc), " ".join(filled.values()))
            yield Rejected(problem, self._fields(filled))
            return
        row, covered = self._merged.filled(row)
        filled = filled_cells(row.cells)
        own = {index: text for index, text in filled.items() if index not in covered} if covered else filled
        unknown = dict.fromkeys(row.uncalculated, "")
        if self._held is not None and self._goes_on(self._held, covered, own | unknown):
            numbered = self._identifying & set(covered)
            reason = (_NUMBER_MERGED if numbered else _ALL_MERGED).format(row.number)
            yield Warned(self._place.problem(self._held.number, None, reason, next(iter(own.values()), "")))
            self._held = joined(self._held, row, own)
            return
        if self._held is not None:
            yield from self.end()
        if row.merged and (reaches_below(row, self._identifying) or self._is_whole(columns_below(row))):
            self._held, self._held_covered = row, covered
            return
        yield from self._read(row, filled, covered, torn)

    def end(self) -> Iterator[Entry]:
        """What the row that waited says, once no further row belongs to it."""
        held, self._held = self._held, None
        if held is not None:
            yield from self._read(held, filled_cells(held.cells), self._held_covered)
        yield from self._told_of_village(_LEFT_OUT[RowKind.NOTE])
        self._village.waiting = None

    def _left_out(self, row: Row, filled: Mapping[int, str], kind: RowKind) -> Iterator[Entry]:
        """What is said of a row that is no record; one of a village's name waits for the row below it."""
        if kind in (RowKind.NOTE, RowKind.TOTAL):
            yield from self._told_of_village(_LEFT_OUT[RowKind.NOTE])
            # An address may run over into a row of its own, and is no heading.
            first = min(filled, default=0)
            is_heading = first <= min(self._names, default=0) and first not in self._addresses
            if self._village.note(row.number, filled if is_heading else {}):
                return
        yield Warned(self._place.problem(row.number, None, _LEFT_OUT[kind], next(iter(filled.values()), "")))

    def _told_of_village(self, reason: str) -> Iterator[Entry]:
        if self._village.waiting is not None:
            number, text, village = self._village.waiting
            yield Warned(self._place.problem(number, None, reason.format(village), text))

    def _goes_on(self, held: Row, covered: Collection[int], own: Mapping[int, str]) -> bool:
        """True for a row that only continues the one above: its number is merged with it, and it names nobody else.

        What would become too long for one petition is none: the column was merged from top to bottom.
        """
        numbered = bool(self._identifying & set(covered)) and not self._naming & own.keys()
        goes_on = numbered or (self._is_whole(covered) and self._telling.isdisjoint(own))
        return goes_on and characters_of(held) <= _LONGEST_JOINED

    def _is_whole(self, columns: Collection[int]) -> bool:
        """True where name, day and matter stand in the columns."""
        return all(set(self._header.places.get(field, ())) & set(columns) for field in _OF_ONE_PETITION)

    def _read(
        self, row: Row, filled: Mapping[int, str], covered: frozenset[int], torn: str | None = None
    ) -> Iterator[Entry]:
        others = self._of_another(filled, covered) if covered else []
        if others:
            filled = {index: text for index, text in filled.items() if index not in others}
        unknown = row.uncalculated
        if unknown and only_counts(filled, self._header):
            if self.formulas.take(row.number, unknown):
                # 同上 in the row below means this row.
                self._above = None
            return
        below_record = self._above is not None and row.number == self._above.row + 1
        kind = kind_of(filled, self._header, below_record=below_record, first=not self._begun, uncalculated=unknown)
        kind = RowKind.RECORD if self._marks & filled.keys() else kind
        if kind is RowKind.ZERO_REPORT:
            # 同上 in the row below means this row.
            self._above = None
        if kind is not RowKind.RECORD:
            yield from self._left_out(row, filled, kind)
            return
        yield from self._told_of_village(_VILLAGE)
        self._village.confirm()
        self._begun = True
        if self._only_continues(row, filled):
            self._run_over = row.number
            matter = next(text for index, text in filled.items() if index in self._matter)
            yield self._rejected(row, filled, "summary", _ONLY_MATTER, matter)
            return
        try:
            values = read_values(row, filled, self._header, self._above, covered)
        except NothingAbove as exc:
            self._above = None
            yield self._rejected(row, filled, exc.field, NOTHING_ABOVE, "同上")
            return
        remarks = Remarks(self._header, self._place, row.number, filled)
        if torn:
            remarks.add("summary", torn, values.texts.get("summary", ""))
        for index in others:
            remarks.add_to_column(self._header.texts[index], _OF_ANOTHER, text_of(row.cells[index]))
        for field, number in self._repeated_of_another(filled, values):
            remarks.add(field, _REPEATED_OF_ANOTHER, number)
        if values.of_name:
            remarks.add("name", values.of_name, filled.get(self._header.columns.get("name", -1), ""))
        if values.continued:
            remarks.add("summary", _CONTINUED, values.continued)
        try:
            raw = self._raw(row, filled, values, remarks)
        except _Refused as exc:
            # 同上 in the row below means this row, refused or not.
            self._above = values
            yield self._rejected(row, filled, exc.field, exc.reason, exc.value)
            return
        self._above = values
        yield from remarks.entries
        place = self._place
        record = PetitionRecord(sheet=place.label, row=row.number, raw=raw, part=place.part, told_in=self._told_in)
        yield Accepted(record)

    def _only_continues(self, row: Row, filled: Mapping[int, str]) -> bool:
        """True for a row right below a petition that says a matter alone: it ran over into further rows."""
        above = max(self._above.row if self._above else 0, self._run_over)
        only_matter = not self._beside_matter.intersection(filled) and bool(self._matter.intersection(filled))
        return above > 0 and row.number == above + 1 and bool(self._beside_matter) and only_matter

    def _of_another(self, filled: Mapping[int, str], covered: Collection[int]) -> list[int]:
        """The columns of phones and ID numbers that are merged with a row of somebody else."""
        if not any(index in filled and index not in covered for index in self._naming):
            return []
        belonging = [index for field in ("phone", "id_number") for index in self._header.places.get(field, ())]
        return [index for index in belonging if index in covered and index in filled]

    def _repeated_of_another(self, filled: Mapping[int, str], values: RowValues) -> Iterator[tuple[str, str]]:
        """The fields of phone and ID number whose 同上 is what the row above says of somebody else, with the number."""
        name = values.texts.get("name", "")
        if self._above is None or name in ("", self._above.texts.get("name", "")):
            return
        for field in ("phone", "id_number"):
            dittos = (table_words().is_ditto(filled.get(index, "")) for index in self._header.places.get(field, ()))
            if any(dittos) and values.texts.get(field, "") == self._above.texts.get(field):
                yield field, values.texts[field]

    def _raw(self, row: Row, filled: Mapping[int, str], values: RowValues, remarks: Remarks) -> RawDocument:
        texts = self._sound(row, filled, values, remarks)
        title, summary = texts.get("title", ""), texts.get("summary", "")
        moment = self._moment(values, remarks)
        petitioner = self._petitioner(texts, remarks)
        unnumbered = unnumbered_key(values, moment)
        key = self._keys.key(values, self._above, texts, unnumbered, remarks)
        identity = document_id(self._source, key, title, summary)
        self._keys.note(values, key, identity, remarks)
        return RawDocument(
            id=identity,
            channel=self._channel,
            source=self._source,
            external_key=key,
            unnumbered_key=unnumbered if values.person and key != unnumbered else "",
            title=title,
            text=summary,
            published_at=moment,
            received_at=self._received_at,
            petitioner=petitioner,
            category=texts.get("category", ""),
            purpose=texts.get("purpose", ""),
            fields=self._fields(filled),
        )

    def _rejected(self, row: Row, filled: Mapping[int, str], field: str, reason: str, value: str) -> Rejected:
        problem = self._place.problem(row.number, self._header.text(field), reason, value)
        return Rejected(problem, self._fields(filled))

    def _fields(self, filled: Mapping[int, str]) -> dict[str, str]:
        """The row as delivered, by header text; cells without a header by their column."""
        return {self._names.get(index) or f"第{index + 1}列": text for index, text in filled.items()}

    def _sound(self, row: Row, filled: Mapping[int, str], values: RowValues, remarks: Remarks) -> dict[str, str]:
        """The row's texts without those that a program has destroyed; refused where the matter or the day is."""
        texts = dict(values.texts)
        for field, text in values.texts.items():
            damage = damage_of(text)
            if damage and field in ("summary", "occurred_on"):
                raise _Refused(field, damage, text)
            if damage:
                remarks.add(field, damage, text)
                texts[field] = ""
        for field in WITH_OPTIONS:
            chosen = chosen_of(texts.get(field, ""))
            if chosen.remark:
                remarks.add(field, chosen.remark, texts[field])
            texts[field] = chosen.text
        texts = self._purposes.added_to(texts, filled, remarks)
        notes = {note.column: note.reason for note in row.notes}
        if not texts.get("summary") and not texts.get("title"):
            told = (notes[index] for index in matter_columns(self._header) if index in notes)
            raise _Refused("summary", next(told, _EMPTY), "")
        if says_nothing(texts.get("summary", "")) and says_nothing(texts.get("title", "")):
            said = texts.get("summary") or texts.get("title", "")
            elsewhere = refers_elsewhere(said)
            if not (self._alone and elsewhere):
                raise _Refused("summary", elsewhere or _NOTHING_SAID, said)
        day = self._day_read(row)
        if day in notes and (row.cells[day] == "" or isinstance(row.cells[day], int | float)):
            raise _Refused("occurred_on", notes[day], text_of(row.cells[day]))
        for index, reason in notes.items():
            shown = text_of(row.cells[index]) if index < len(row.cells) else ""
            remarks.add_to_column(self._names.get(index), reason, shown)
        if not notes and has_lost_characters(texts.get("summary", "")):
            remarks.add("summary", "内容里有认不出的字, 已接收; 请对照原件改正后重新提交", texts["summary"])
        return texts

    def _day_read(self, row: Row) -> int:
        """The column of the row's day: the first where it cannot be told, else one that is filled; -1 for none."""
        places = [at for at in self._header.places.get("occurred_on", ()) if at < len(row.cells)]
        unknown = row.uncalculated
        first = self._header.columns.get("occurred_on", -1)
        return next((at for at in places if (at == first and at in unknown) or row.cells[at] != ""), -1)

    def _moment(self, values: RowValues, remarks: Remarks) -> datetime | None:
        cell = day_of(values)
        written = text_of(cell)
        field = next((field for field in ("occurred_on", "day") if field in self._header.columns), None)
        if field is None:
            return None
        if not written.isdecimal() and table_words().says_no_number(written):
            remarks.add(field, _NO_DAY, written)
            return None
        try:
            found = read_date(cell)
        except DateProblem as exc:
            raise _Refused(field, str(exc), written) from exc
        if is_ahead(found.moment, self._received_at):
            raise _Refused(field, AHEAD, written)
        if found.remark:
            remarks.add(field, found.remark, written)
        if is_long_ago(found.moment, self._received_at):
            remarks.add(field, _LONG_AGO, written)
        return found.moment

    def _petitioner(self, texts: Mapping[str, str], remarks: Remarks) -> Petitioner:
        told = described_person(texts.get("name", ""))
        if told is not None:
            own = {"name": told.name, "phone": told.phone, "id_number": told.id_number, "address": told.address}
            texts = {**own, **{field: text for field, text in texts.items() if text and field != "name"}}
        name, beside = name_and_phone(texts.get("name", ""))
        name = sole_name(name)
        written = texts.get("phone", "")
        phone, phone_problem = phone_of(beside if table_words().names_nobody(written) else written)
        if phone and is_of_another(written, phone):
            remarks.add("phone", _PHONE_OF_ANOTHER, written)
        id_written = texts.get("id_number", "")
        id_number, id_problem = id_number_of("" if table_words().says_no_number(id_written) else id_written)
        id_problem = id_problem or id_number_doubt(id_number, today=self._received_at.date())
        for field, problem in (("phone", phone_problem), ("id_number", id_problem)):
            if problem:
                remarks.add(field, problem, texts[field])
        address = whole_address(self._village.with_village(texts), self._place.sheet)
        return Petitioner(name=name, phone=phone, id_number=id_number, address=address)
