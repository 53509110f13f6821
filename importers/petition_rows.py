"""Rows of a register or a hotline export as petitions."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from domain.document import CONTENT_KEY, DocumentId, Petitioner, RawDocument, document_id
from domain.vocabulary import Channel
from importers.cells import damage_of, filled_cells, has_lost_characters, text_of
from importers.dates import DateProblem, read_date
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.formats.parts import Row
from importers.header_vocabulary import Layout
from importers.headers import Header
from importers.identifiers import id_number_of, is_scientific, phone_of
from importers.row_kinds import RowKind, kind_of
from importers.row_values import NothingAbove, RowValues, mark_of, read_values
from importers.seen_numbers import SeenNumbers
from importers.table_place import TablePlace

_FUTURE = timedelta(days=1)
"""Registers are written by hand; a date more than a day ahead of the delivery is a slip of the pen."""
_LEFT_OUT: Mapping[RowKind, str] = {
    RowKind.NOTE: "这一行当作表下说明或落款, 没有导入; 如果它是一件信访, 请补全各列后重新提交",
    RowKind.TOTAL: "这一行是合计, 没有导入; 如果它是一件信访, 请改写第一格后重新提交",
    RowKind.HEADER_AGAIN: "这一行是重复的表头, 没有导入, 不需要处理",
}
_SCIENTIFIC_NUMBER = "编号被表格软件改成了科学计数, 后几位已丢失, 以内容识别是否重复; 请按原件以文本格式重填"
_EMPTY = "没有内容, 请补填后重新提交; 与上一行是同一件事的, 请写「同上」"


class _Refused(Exception):
    """The row cannot be taken in."""

    def __init__(self, field: str, reason: str, value: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.value = field, reason, value


class Remarks:
    """What a person should look at in one row that is taken in."""

    def __init__(self, header: Header, place: TablePlace, row: int, columns: Mapping[str, str]) -> None:
        """Of the row with this number, in which `columns` were read for the fields."""
        self._header = header
        self._place = place
        self._row = row
        self._columns = columns
        self.entries: list[Warned] = []

    def add(self, field: str, reason: str, value: str) -> None:
        """Something about the cell of a field."""
        self.add_to_column(self._columns.get(field) or self._header.text(field), reason, value)

    def add_to_column(self, column: str | None, reason: str, value: str) -> None:
        """Something about the cell below a header."""
        self.entries.append(Warned(self._place.problem(self._row, column, reason, value)))


class PetitionRows:
    """Reads the rows below one header, one after the other."""

    def __init__(
        self, header: Header, layout: Layout, place: TablePlace, *, received_at: datetime, numbers: SeenNumbers
    ) -> None:
        """Rows of a table at this place, in a file that came in at `received_at`."""
        self._header = header
        self._source = layout.source
        self._channel = layout.channel or Channel.PETITION
        self._place = place
        self._received_at = received_at
        self._numbers = numbers
        self._above: RowValues | None = None
        self._key_above = ""
        self._names = _distinct(header.texts)

    def read(self, row: Row) -> Iterator[Entry]:
        """What the row says; it is not blank. Every row is accepted, rejected or named in a warning."""
        filled = filled_cells(row.cells)
        below_record = self._above is not None and row.number == self._above.row + 1
        kind = kind_of(filled, self._header, below_record=below_record)
        if kind is not RowKind.RECORD:
            first = next(iter(filled.values()), "")
            yield Warned(self._place.problem(row.number, None, _LEFT_OUT[kind], first))
            return
        try:
            values = read_values(row, filled, self._header, self._above)
        except NothingAbove as exc:
            self._above = None
            reason = "写的是「同上」, 但上面没有可以照抄的内容, 请写出来后重新提交"
            yield self._rejected(row, filled, exc.field, reason, "同上")
            return
        remarks = Remarks(self._header, self._place, row.number, values.columns)
        try:
            raw = self._raw(row, filled, values, remarks)
        except _Refused as exc:
            # 同上 in the row below means this row, refused or not.
            self._above, self._key_above = values, values.texts.get("number", "")
            yield self._rejected(row, filled, exc.field, exc.reason, exc.value)
            return
        self._above = values
        yield from remarks.entries
        yield Accepted(PetitionRecord(sheet=self._place.label, row=row.number, raw=raw, part=self._place.part))

    def _raw(self, row: Row, filled: Mapping[int, str], values: RowValues, remarks: Remarks) -> RawDocument:
        texts = self._sound(row, values, remarks)
        title, summary = texts.get("title", ""), texts.get("summary", "")
        moment = self._moment(values, remarks)
        petitioner = self._petitioner(texts, remarks)
        key = self._key(values, texts, moment, remarks)
        identity = document_id(self._source, key, title, summary)
        self._note_number(values, key, identity, remarks)
        return RawDocument(
            id=identity,
            channel=self._channel,
            source=self._source,
            external_key=key,
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

    def _sound(self, row: Row, values: RowValues, remarks: Remarks) -> dict[str, str]:
        """The row's texts without those that a program has destroyed; refused where the matter or the day is."""
        texts = dict(values.texts)
        for field, text in values.texts.items():
            damage = damage_of(text)
            if damage and field in ("summary", "occurred_on"):
                raise _Refused(field, damage, text)
            if damage:
                remarks.add(field, damage, text)
                texts[field] = ""
        notes = {note.column: note.reason for note in row.notes}
        if not texts.get("summary") and not texts.get("title"):
            raise _Refused("summary", notes.get(self._header.columns.get("summary", -1), _EMPTY), "")
        for index, reason in notes.items():
            shown = text_of(row.cells[index]) if index < len(row.cells) else ""
            remarks.add_to_column(self._names.get(index), reason, shown)
        if not notes and has_lost_characters(texts.get("summary", "")):
            remarks.add("summary", "内容里有认不出的字, 已接收, 请按原件核对, 更正后重新提交", texts["summary"])
        return texts

    def _moment(self, values: RowValues, remarks: Remarks) -> datetime | None:
        if "occurred_on" not in values.cells:
            return None
        written = values.texts["occurred_on"]
        try:
            found = read_date(values.cells["occurred_on"])
        except DateProblem as exc:
            raise _Refused("occurred_on", str(exc), written) from exc
        if found.moment is not None and found.moment > self._received_at + _FUTURE:
            raise _Refused("occurred_on", "日期在今天之后, 请核对", written)
        if found.remark:
            remarks.add("occurred_on", found.remark, written)
        return found.moment

    def _petitioner(self, texts: Mapping[str, str], remarks: Remarks) -> Petitioner:
        phone, phone_problem = phone_of(texts.get("phone", ""))
        id_number, id_problem = id_number_of(texts.get("id_number", ""))
        for field, problem in (("phone", phone_problem), ("id_number", id_problem)):
            if problem:
                remarks.add(field, problem, texts[field])
        return Petitioner(
            name=texts.get("name", ""), phone=phone, id_number=id_number, address=texts.get("address", "")
        )

    def _key(self, values: RowValues, texts: Mapping[str, str], moment: datetime | None, remarks: Remarks) -> str:
        """The number; for a further person of one matter the number and a mark; without a number a mark of it all."""
        number, above = texts.get("number", ""), self._above
        matter = (texts.get("title", ""), texts.get("summary", ""))
        damaged = is_scientific(number)
        if damaged:
            remarks.add("number", _SCIENTIFIC_NUMBER, number)
            number = ""
        if above is not None and (values.same_matter or _same_number_other_person(values, above)):
            remarks.add("name", f"与第{above.row}行是同一件事, 作为另一位信访人接收, 请核对", texts.get("name", ""))
            return f"{self._key_above}/{mark_of(values.person, *matter)}"
        if not number:
            day = moment.date().isoformat() if moment else ""
            self._key_above = CONTENT_KEY + mark_of(values.person, day, *matter)
            if "number" in self._header.columns and not damaged:
                remarks.add("number", "没有编号, 以内容识别是否重复; 有编号的请补填", "")
        else:
            self._key_above = number
        return self._key_above

    def _note_number(self, values: RowValues, key: str, identity: DocumentId, remarks: Remarks) -> None:
        earlier = self._numbers.note(self._source, key, place=self._place.label, row=values.row, document=identity)
        if earlier is not None:
            place, row = earlier
            where = f"第{row}行" if place == self._place.label else f"{place}第{row}行"
            remarks.add("number", f"编号与{where}相同, 内容不同的按更正接收, 请核对", key)


def _same_number_other_person(values: RowValues, above: RowValues) -> bool:
    """True where a matter of several persons is written out once for each of them."""
    same = all(values.texts.get(field) == above.texts.get(field) for field in ("number", "title", "summary"))
    names = values.texts.get("name"), above.texts.get("name")
    return same and bool(values.texts.get("number")) and all(names) and names[0] != names[1]


def _distinct(texts: tuple[str, ...]) -> dict[int, str]:
    """Header text by column, a text that stands twice with its column behind it, so that nothing is overwritten."""
    seen: set[str] = set()
    names: dict[int, str] = {}
    for index, text in enumerate(texts):
        if text:
            names[index] = f"{text}(第{index + 1}列)" if text in seen else text
            seen.add(text)
    return names
