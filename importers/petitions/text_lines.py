"""Texts delivered as JSON: the way large collections come in at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.deliveries.receipt import RowProblem
from domain.failures.invalid_value import invalid_value
from domain.texts.document import Petitioner, RawDocument, document_id
from domain.words.vocabulary import Channel
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.formats.parts import Cell, Row
from importers.table_place import TablePlace
from importers.table_remarks import DAMAGED
from importers.values.cells import text_of
from importers.values.dates import DateProblem, read_date
from importers.values.matters import says_nothing
from importers.values.ticked_options import WITH_OPTIONS, chosen_of


class TextLine(BaseModel):
    """One delivered text; keys not named here are left aside."""

    # Programs write numbers of records and phones without quotes.
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str
    title: str = ""
    text: str = ""
    channel: Channel = Channel.PETITION
    source: str = "text_list"
    received_on: str = ""
    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    category: str = ""
    purpose: str = ""


def are_keys(cells: Sequence[Cell]) -> bool:
    """True for the keys of a list of texts."""
    return "text" in cells or "title" in cells


class TextLineRows:
    """Reads the objects of a JSON list or of JSON lines; their keys stand in the header row."""

    def __init__(self, keys: Sequence[Cell], place: TablePlace, received_at: datetime) -> None:
        """Objects with these keys."""
        self._keys = [str(key) for key in keys]
        self._place = place
        self._received_at = received_at

    def read(self, row: Row) -> Iterator[Entry]:
        """The text of one object, or what is wrong with it."""
        if row.damage:
            reason = DAMAGED.format(row.damage)
            yield Rejected(self._place.problem(row.number, None, reason, text_of(row.cells[0])))
            return
        line = {key: cell for key, cell in zip(self._keys, row.cells, strict=False) if cell != ""}
        try:
            said = TextLine.model_validate(line)
            chosen = {field: chosen_of(getattr(said, field)) for field in WITH_OPTIONS}
            raw = _raw(said.model_copy(update={field: one.text for field, one in chosen.items()}), self._received_at)
        except ValidationError as exc:
            yield Rejected(self._invalid(row, exc))
        except (DateProblem, ValueError) as exc:
            shown = " ".join(str(value) for value in line.values())
            yield Rejected(self._place.problem(row.number, None, str(exc), shown))
        else:
            for field, one in chosen.items():
                if one.remark:
                    yield Warned(self._place.problem(row.number, field, one.remark, getattr(said, field)))
            yield Accepted(PetitionRecord(sheet=self._place.label, row=row.number, raw=raw, part=self._place.part))

    def _invalid(self, row: Row, exc: ValidationError) -> RowProblem:
        found = invalid_value(exc.errors())
        value = "" if found.value is None else str(found.value)
        return self._place.problem(row.number, found.field or None, found.reason, value)


def _raw(line: TextLine, received_at: datetime) -> RawDocument:
    if says_nothing(line.text) and says_nothing(line.title):
        raise ValueError("没有内容, 请补填后重新提交")
    return RawDocument(
        id=document_id(line.source, line.id, line.title, line.text),
        channel=line.channel,
        source=line.source,
        external_key=line.id,
        title=line.title,
        text=line.text,
        published_at=read_date(line.received_on).moment,
        received_at=received_at,
        petitioner=Petitioner(name=line.name, phone=line.phone, id_number=line.id_number, address=line.address),
        category=line.category,
        purpose=line.purpose,
    )
