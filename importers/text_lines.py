"""Texts delivered as JSON: the way large collections come in at once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.document import Petitioner, RawDocument, document_id
from domain.errors import FileError
from domain.invalid_value import invalid_value
from domain.masking import mask_text
from domain.receipt import RowProblem
from domain.vocabulary import Channel
from importers.cells import DateProblem, moment_of


class TextLine(BaseModel):
    """One delivered text; keys not named here are left aside."""

    model_config = ConfigDict(extra="ignore", frozen=True)

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


@dataclass(frozen=True, slots=True)
class TextLines:
    """What the file's lines became."""

    records: tuple[tuple[int, RawDocument], ...]
    problems: tuple[RowProblem, ...]


def read_text_lines(path: Path, content: bytes, *, received_at: datetime) -> TextLines:
    """The texts of a JSON list or of JSON lines, a problem for every line that is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeError as exc:
        raise FileError(f"{path.name}: 不是UTF-8编码的JSON, 请重新导出") from exc
    records, problems = [], []
    for number, line in _lines(path, text):
        try:
            records.append((number, _raw(TextLine.model_validate(_object(line)), received_at)))
        except (ValidationError, DateProblem, ValueError) as exc:
            problems.append(_problem(number, line, exc))
    return TextLines(tuple(records), tuple(problems))


def _lines(path: Path, text: str) -> Iterator[tuple[int, object]]:
    if path.suffix.lower() == ".json":
        try:
            listed = json.loads(text)
        except json.JSONDecodeError as exc:
            raise FileError(f"{path.name} 第{exc.lineno}行第{exc.colno}列: 不是JSON({exc.msg})") from exc
        yield from enumerate(listed if isinstance(listed, list) else [listed], start=1)
    else:
        yield from ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _object(line: object) -> object:
    return json.loads(line) if isinstance(line, str) else line


def _raw(line: TextLine, received_at: datetime) -> RawDocument:
    if not line.text.strip() and not line.title.strip():
        raise ValueError("没有内容, 请补填后重新提交")
    return RawDocument(
        id=document_id(line.source, line.id, line.title, line.text),
        channel=line.channel,
        source=line.source,
        external_key=line.id,
        title=line.title,
        text=line.text,
        published_at=moment_of(line.received_on),
        received_at=received_at,
        petitioner=Petitioner(name=line.name, phone=line.phone, id_number=line.id_number, address=line.address),
        category=line.category,
        purpose=line.purpose,
    )


def _problem(number: int, line: object, exc: ValueError) -> RowProblem:
    if isinstance(exc, ValidationError):
        found = invalid_value(exc.errors())
        value = "" if found.value is None else mask_text(str(found.value)[:40])
        return RowProblem(sheet="", row=number, column=found.field or None, reason=found.reason, value=value)
    reason = "这一行不是完整的JSON" if isinstance(exc, json.JSONDecodeError) else str(exc)
    return RowProblem(sheet="", row=number, column=None, reason=reason, value=mask_text(str(line)[:40]))
