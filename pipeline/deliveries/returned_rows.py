"""Rows of a receipt's workbook that came back: whatever they would be read as, they are the rows that they were.

What is unchanged has the outcome that it had; what is changed corrects the record that was made of it, and keeps what
its cells do not tell.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.deliveries.receipt import MARK_COLUMN, RowOutcome, RowProblem, RowReceipt
from domain.texts.document import DocumentId, RawDocument
from importers.entries import Accepted, Entry, Rejected
from importers.rows.petitions import AHEAD
from importers.words.table_words import table_words
from pipeline.deliveries.amended_rows import amended, is_another, says_the_same, unreadable_cell, with_number_of
from pipeline.deliveries.corrected_since import VersionsInEffect, corrected_beside, corrected_cells
from pipeline.deliveries.letter_cells import cells_of
from pipeline.deliveries.receipt_tables import ReceiptTables
from pipeline.deliveries.untouched_parts import ditto_of_another, has_ditto
from pipeline.deliveries.written_cells import content_of, delivered_cells, plain_cell
from pipeline.text_cells import as_written
from storage.deliveries.mended_rows import Place
from storage.deliveries.row_marks import MarkedRow, RowMarks
from storage.deliveries.taken_records import Repeat
from storage.unit_of_work import UnitOfWork

_FORGOTTEN = "这一行原来退回过, 原因已按保留期限清理, 请对照原件改好后重新提交"
_DITTO = "「同上」仍是原来上一行的内容, 没有跟着现在的上一行改动; 要改的请把「同上」改成写全的内容后重新提交"
_SINCE = "这一格后来更正过, 仍按更正后的, 没有改回这里写的; 要改请在最近一次回执的工作簿里改好后重新提交"
_BESIDE = "这一格后来更正过, 和改过的一格合起来才是内容, 没有改动; 要改请在最近一次回执的工作簿里改好后重新提交"
_MOST = 100_000
"""Marks of one file that are remembered, about 15 MB."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A row that came back."""

    mark: MarkedRow
    before: RowReceipt
    """What became of it then."""
    is_copy: bool = False
    """True when the row came back before in this file: somebody copied it to write another one."""
    made: RowReceipt | None = None
    """What was made of a row that was refused, or was there already where a change of it was."""
    first: RowReceipt | None = None
    """What became of a refused row when it came for the first time: what differs from that is what people changed."""

    @property
    def source(self) -> RowReceipt:
        """The row of which a record was made."""
        return self.made or self.before

    @property
    def is_mended_since(self) -> bool:
        """True where a later row than this refused one was taken in."""
        return self.made is not None and self.made != self.first

    @property
    def may_correct(self) -> bool:
        """True where it may say something else of the record that was made of it."""
        is_as_given = self.mark.is_unchanged and self.made is None
        return not is_as_given and not self.is_copy and self.source.document_id is not None


class ReturnedRows:
    """Knows the rows of the office's receipts in one file, in a bounded memory."""

    def __init__(self, marks: RowMarks, office: str) -> None:
        """Of a file that this office delivered."""
        self._marks = marks
        self._office = office
        self._seen: OrderedDict[int, None] = OrderedDict()

    def note(self, entries: Sequence[Entry]) -> None:
        """Remember which rows came back; twice changes nothing."""
        for entry in entries:
            if mark := cells_in(entry).get(MARK_COLUMN, ""):
                self._seen[hash(mark)] = None
            if len(self._seen) > _MOST:
                self._seen.popitem(last=False)

    def among(self, work: UnitOfWork, entries: Sequence[Entry]) -> dict[int, Returned]:
        """Those of the entries that are rows of the office's receipts, by their place; all others are what they are.

        A mark that this deployment did not make, or of a receipt that is not there or another office's, is none.
        """
        read = {at: mark for at, entry in enumerate(entries) if (mark := self._mark(entry)) is not None}
        if not read:
            return {}
        rows = work.receipts.at({mark.place for mark in read.values()}, self._office)
        refused = {place for place, row in rows.items() if row.outcome is RowOutcome.REJECTED}
        made, first = (self._rows(work, places) for places in _led_to(work, refused))
        found: dict[int, Returned] = {}
        here: set[int] = set()
        whole = {mark.place for mark in read.values() if mark.is_unchanged}
        for at, mark in read.items():
            one = hash(cells_in(entries[at])[MARK_COLUMN])
            if (before := rows.get(mark.place)) is not None:
                is_copy = one in here or one in self._seen or (mark.place in whole and not mark.is_unchanged)
                found[at] = Returned(mark, before, is_copy, made.get(mark.place), first.get(mark.place))
            here.add(one)
        return found

    def _rows(self, work: UnitOfWork, places: Mapping[Place, Place]) -> dict[Place, RowReceipt]:
        rows = work.receipts.at(set(places.values()), self._office) if places else {}
        return {place: rows[other] for place, other in places.items() if other in rows}

    def _mark(self, entry: Entry) -> MarkedRow | None:
        fields = cells_in(entry)
        mark = fields.get(MARK_COLUMN, "")
        return self._marks.read(mark, content_of(fields)) if mark else None


def _led_to(work: UnitOfWork, refused: Collection[Place]) -> tuple[Mapping[Place, Place], Mapping[Place, Place]]:
    """What was made of refused rows, and where they came for the first time."""
    return (work.mended_rows.latest(refused), work.mended_rows.first(refused)) if refused else ({}, {})


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of an entry."""

    outcome: Entry | Repeat
    remark: RowProblem | None = None
    """What a person should look at where the row is in."""


def settled(
    work: UnitOfWork, entries: Sequence[Entry], returned: Mapping[int, Returned], tables: ReceiptTables
) -> list[Settled]:
    """What becomes of the entries: what came back unchanged repeats its record or is refused for the same reason.

    A column that the table has no more tells nothing.
    """
    with_ditto = {at for at in returned if has_ditto(cells_in(entries[at]))}
    wanted = {one.source.document_id for at, one in returned.items() if one.may_correct or at in with_ditto}
    wanted |= {one.first.document_id for one in returned.values() if one.first is not None and one.may_correct}
    documents = work.raw.found([one for one in wanted if one is not None])
    versions = VersionsInEffect(work.intake.in_effect(list(documents.values())))
    found = [
        _settled(entry, returned[at], documents, versions, tables) if at in returned else Settled(entry)
        for at, entry in enumerate(entries)
    ]
    told = {
        at: _remark_on_ditto(entries[at], found[at].outcome, returned[at], documents, versions) for at in with_ditto
    }
    return [replace(one, remark=one.remark or told.get(at)) for at, one in enumerate(found)]


def _remark_on_ditto(
    entry: Entry,
    outcome: Entry | Repeat,
    returned: Returned,
    documents: Mapping[DocumentId, RawDocument],
    versions: VersionsInEffect,
) -> RowProblem | None:
    """Where 同上 would be something else below the row that stands above it now; the record keeps what it was."""
    document = documents.get(returned.source.document_id) if returned.source.document_id else None
    if document is None or outcome is entry or not isinstance(entry, Accepted) or isinstance(outcome, Rejected):
        return None
    record = entry.record
    column = ditto_of_another(record.told_in, record.raw, (document, versions.latest(document)))
    if column is None:
        return None
    return RowProblem(sheet=record.sheet, row=record.row, column=column, reason=_DITTO, value="")


def _settled(
    entry: Entry,
    returned: Returned,
    documents: Mapping[DocumentId, RawDocument],
    versions: VersionsInEffect,
    tables: ReceiptTables,
) -> Settled:
    before = returned.before
    if returned.mark.is_unchanged:
        if before.outcome is not RowOutcome.REJECTED:
            return Settled(Repeat(before.document_id))
        if not _is_mended(entry, returned):
            return Settled(_refused_again(entry, before))
    source = returned.source
    document = documents.get(source.document_id) if source.document_id and returned.may_correct else None
    if document is None or not document.external_key or not isinstance(entry, Accepted):
        # The retention policy may have emptied the record.
        return Settled(entry)
    held = _held(returned, documents) or source.fields or cells_of(document)
    return _changed(entry, document, versions, held, tables)


def _held(returned: Returned, documents: Mapping[DocumentId, RawDocument]) -> Mapping[str, str]:
    """The cells before anybody changed them; none of a row whose receipt the retention policy emptied."""
    first = returned.first or returned.before
    document = documents.get(first.document_id) if first.document_id else None
    return first.fields or (cells_of(document) if document is not None and document.external_key else {})


def _changed(
    entry: Accepted,
    document: RawDocument,
    versions: VersionsInEffect,
    held: Mapping[str, str],
    tables: ReceiptTables,
) -> Settled:
    """The changed row of the record as a version of the one in effect; the workbook held its cells as `held`."""
    record, since = entry.record, versions.same_petition(document)
    kept = {one: text for one, text in held.items() if not tables.has(record.sheet, one)}
    read = replace(record.raw, fields={**kept, **record.raw.fields})
    told_in = record.told_in
    if (unread := unreadable_cell(document, held, read.fields, told_in)) is not None:
        return Settled(_refused(entry, _problem(*unread)))
    if (beside := corrected_beside(told_in, held, read.fields, since)) is not None:
        return Settled(_refused(entry, _problem(beside, _BESIDE)))
    read = with_number_of(read, since, held, told_in)
    raw = amended(read, since, held, told_in)
    if is_another(read, raw, since):
        return Settled(entry)
    stays = (one for one in corrected_cells(held, read.fields, since) if tables.has(record.sheet, one))
    remark = next((_problem(one, _SINCE, record.sheet, record.row) for one in stays), None)
    if says_the_same(raw, since) and versions.is_stored(since):
        return Settled(Repeat(since.id), remark)
    versions.take(document, raw)
    return Settled(Accepted(replace(record, raw=raw)), remark)


def _problem(column: str, reason: str, sheet: str = "", row: int = 0) -> RowProblem:
    return RowProblem(sheet=sheet, row=row, column=column, reason=reason, value="")


def came_from(entries: Sequence[Entry], found: Sequence[Settled], returned: Mapping[int, Returned]) -> dict[int, Place]:
    """Where the entries stood before that are refused, or mended rows that were; by their place.

    Another petition that was written over a row which is taken in already is none of them, nor is a copy.
    """
    return {
        at: one.mark.place
        for at, one in returned.items()
        if not one.is_copy and (isinstance(found[at].outcome, Rejected) or _is_mending(entries[at], found[at], one))
    }


def _is_mending(entry: Entry, found: Settled, returned: Returned) -> bool:
    is_refused = returned.before.outcome is RowOutcome.REJECTED
    return is_refused and (returned.made is None or found.outcome is not entry)


def _is_mended(entry: Entry, returned: Returned) -> bool:
    """True where spaces alone were mended, what 同上 means now stands in the row above, or the day has come.

    A day that was mended since does not come.
    """
    before, problem = returned.before, returned.before.problem
    has_come = problem is not None and problem.reason == AHEAD and not returned.is_mended_since
    if isinstance(entry, Accepted) and (has_come or (problem is not None and table_words().is_ditto(problem.value))):
        return True
    cells = delivered_cells(cells_in(entry))
    return any(one in cells and _spaced(text) != _spaced(cells[one]) for one, text in before.fields.items())


def _spaced(text: str) -> str:
    return " ".join(as_written(text).split()).lstrip("'")


def _refused_again(entry: Entry, before: RowReceipt) -> Entry:
    if before.problem is not None:
        return _refused(entry, before.problem)
    forgotten = RowProblem(sheet="", row=0, column=None, reason=_FORGOTTEN, value="")
    return entry if isinstance(entry, Rejected) else _refused(entry, forgotten)


def _refused(entry: Entry, problem: RowProblem) -> Rejected:
    place = entry.record if isinstance(entry, Accepted) else entry.problem
    cells = delivered_cells(cells_in(entry))
    # Whoever hands the workbook in reads his receipt, and was perhaps not to have the cells.
    stands = any(plain_cell(problem.value) in plain_cell(one) for one in cells.values())
    value = problem.value if stands else ""
    return Rejected(replace(problem, sheet=place.sheet, row=place.row, value=value), cells)


def cells_in(entry: Entry) -> Mapping[str, str]:
    """The cells of the entry, by header text; a remark has none."""
    if isinstance(entry, Accepted):
        return entry.record.raw.fields
    return entry.fields if isinstance(entry, Rejected) else {}
