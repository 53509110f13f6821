"""The messages from the reading process to its reader, and their bytes: a length and JSON, nothing else.

JSON can carry text, numbers and lists, and loading it runs no code of the sender; a parser that was taken over can
therefore only claim things about the file. Dates travel as `{"<kind>": "<ISO>"}`. Whatever does not have exactly the
expected shape ends the reading. See docs/decisions/0015.
"""

import json
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from importers.formats.parts import Cell, CellNote, Form, FormField, Letter, MergedDown, RefusedPart, Row

LONGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes. A batch of rows is cut at 256 KB, so only a single row or a letter comes near it."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_LENGTH = struct.Struct(">I")
_CELL_TYPES = frozenset({str, int, float, bool, date, datetime, time, timedelta})


class BrokenMessage(Exception):
    """The reading process said something that is not in the protocol."""


@dataclass(frozen=True, slots=True)
class Begin:
    """The process starts on this member: it is to blame when the process dies."""

    part: str


@dataclass(frozen=True, slots=True)
class TableStart:
    """A table starts; its rows follow."""

    part: str
    sheet: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The next rows of the table that started last."""

    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Far:
    """How far the file is read, for whoever waits: nothing else hangs on it."""

    share: float
    """From 0 to 1."""


@dataclass(frozen=True, slots=True)
class End:
    """Everything was read."""


Message = Begin | TableStart | Rows | Letter | Form | RefusedPart | Far | End


def to_bytes(message: Message) -> bytes:
    """The message with its length before it; half a character becomes the mark for a lost one."""
    listed = json.dumps(_listed(message), ensure_ascii=False, default=_tagged, separators=(",", ":"))
    try:
        content = listed.encode("utf-8")
    except UnicodeEncodeError:
        content = _SURROGATE.sub("\ufffd", listed).encode("utf-8")
    return _LENGTH.pack(len(content)) + content


def length_of(head: bytes) -> int:
    """Bytes of the message after its four bytes of length; BrokenMessage when it is too long."""
    length: int = _LENGTH.unpack(head)[0]
    if length > LONGEST_MESSAGE:
        raise BrokenMessage(f"a message of {length} bytes")
    return length


def from_bytes(content: bytes) -> Message:
    """The message; BrokenMessage when it has any other shape than `to_bytes` gives."""
    try:
        kind, *values = json.loads(content, object_hook=_untagged)
        return _READERS[kind](values)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as exc:
        raise BrokenMessage(type(exc).__name__) from exc


def send(stream: BinaryIO, message: Message) -> None:
    """Write the message and let it go at once."""
    stream.write(to_bytes(message))
    stream.flush()


def _listed(message: Message) -> list[object]:
    match message:
        case Rows(rows):
            return ["rows", [_listed_row(row) for row in rows]]
        case Begin(part):
            return ["begin", part]
        case TableStart(part, sheet, hidden):
            return ["table", part, sheet, hidden]
        case Letter(part, title, text, note, titled, sent, doubted):
            return ["letter", part, title, text, note, titled, sent, doubted]
        case Form(part, fields, text, sheet, hidden, family):
            listed = [(label, field.text, field.confidence, field.note) for label, field in fields.items()]
            return ["form", part, listed, text, sheet, hidden, [_listed_row(row) for row in family]]
        case RefusedPart(part, reason, sheet, row, harmless):
            return ["refused", part, reason, sheet, row, harmless]
        case Far(share):
            return ["far", share]
        case End():
            return ["end"]


def _listed_row(row: Row) -> list[object]:
    notes = [(note.column, note.reason) for note in row.notes]
    listed: list[object] = [row.number, row.cells, row.hidden, notes]
    if row.merged or row.damage or row.struck:
        listed += [[(one.column, one.first_row, one.last_row) for one in row.merged], row.damage, row.struck]
    return listed


_TAGS: Mapping[type, str] = {datetime: "datetime", date: "date", time: "time"}


def _tagged(value: object) -> dict[str, object]:
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, date | time):
        return {_TAGS[type(value)]: value.isoformat()}
    raise TypeError(f"{type(value).__name__} is no cell")


_UNTAGGERS: Mapping[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=float(seconds)),
}


def _untagged(value: dict[str, str]) -> Cell:
    ((tag, text),) = value.items()
    return _UNTAGGERS[tag](text)


def _row(listed: list[object]) -> Row:
    number, cells, hidden, notes, *more = listed
    if not _CELL_TYPES.issuperset(map(type, _list(cells))):
        raise TypeError("no cell")
    found = tuple(CellNote(_whole(column), _text(reason)) for column, reason in _list(notes)) if notes else ()
    if not more:
        return Row(_whole(number), tuple(_list(cells)), _truth(hidden), found)
    merged, damage, struck = more
    down = tuple(MergedDown(*map(_whole, one)) for one in _list(merged))
    return Row(_whole(number), tuple(_list(cells)), _truth(hidden), found, down, _text(damage), _truth(struck))


def _form(values: list[object]) -> Form:
    part, fields, text, sheet, hidden, family = values
    listed = {
        _text(label): FormField(_text(value), float(sure), _text(note)) for label, value, sure, note in _list(fields)
    }
    rows = tuple(_row(_list(row)) for row in _list(family))
    return Form(_text(part), listed, _text(text), _text(sheet), _truth(hidden), rows)


def _refused(values: list[object]) -> RefusedPart:
    part, reason, sheet, row, harmless = values
    stopped = None if row is None else _whole(row)
    return RefusedPart(_text(part), _text(reason), _text(sheet), stopped, _truth(harmless))


def _table(values: list[object]) -> TableStart:
    part, sheet, hidden = values
    return TableStart(_text(part), _text(sheet), _truth(hidden))


def _letter(values: list[object]) -> Letter:
    part, title, text, note, titled, sent, doubted = values
    pieces = None if doubted is None else tuple(map(_text, _list(doubted)))
    return Letter(_text(part), _text(title), _text(text), _text(note), _truth(titled), _text(sent), pieces)


_READERS: Mapping[str, Callable[[list[object]], Message]] = {
    "rows": lambda values: Rows([_row(_list(row)) for row in _list(*values)]),
    "begin": lambda values: Begin(*map(_text, values)),
    "table": _table,
    "letter": _letter,
    "form": _form,
    "refused": _refused,
    "far": lambda values: Far(*map(_share, values)),
    "end": lambda values: End(*values),
}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("no whole number")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _share(value: object) -> float:
    if not isinstance(value, float) or not 0 <= value <= 1:
        raise TypeError("no share")
    return value


def _list(value: object) -> list:  # type: ignore[type-arg]  # what it holds is checked where it is read
    if not isinstance(value, list):
        raise TypeError("no list")
    return value
