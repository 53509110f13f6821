"""Exports of posts and of message boards as raw documents, with a problem for every row that cannot be taken in.

Nobody crawls what needs a login or forbids it; what somebody who may read it has exported is read here. Comments are
dropped and who wrote a post is never read: people who match no lead leave no trace.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.document import CONTENT_KEY, Petitioner, RawDocument, document_id
from domain.errors import FileError
from domain.receipt import RowProblem
from importers.cells import DateProblem, moment_of, text_of
from importers.dates import is_ahead
from importers.entries import PetitionFile, PetitionRecord
from importers.formats.parts import Cell, Row
from importers.headers import Header, Layout, find_header
from importers.identifiers import phone_of
from importers.post_vocabulary import export_of, is_comment, network_of, vocabulary
from importers.row_values import mark_of
from importers.sheet import Sheet, fingerprint, read_bytes, read_sheets
from importers.table_place import TablePlace, shown_headers

_CHINA = ZoneInfo("Asia/Shanghai")
_BOARD = "message_board"
_SOURCE = {_BOARD: "message_board", "post": "post_export"}
_EPOCH_SECONDS = re.compile(r"1\d{9}")
_EPOCH_MILLISECONDS = re.compile(r"1\d{12}")
_WEB_ADDRESS = re.compile("https?://", re.IGNORECASE)
_MENTION = re.compile(r"@[^\s@,，。:：;；!！?？()（）]{1,30}")
_MENTIONED = "@网友"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands."""

    sheet: str
    row: int
    headers: Mapping[str, str]
    """Field to the header text or key."""

    def problem(self, field: str | None, reason: str, value: str) -> RowProblem:
        """What is wrong with the row, its value masked."""
        column = self.headers.get(field) if field else None
        return TablePlace("", self.sheet).problem(self.row, column, reason, _without_halves(value))


class _Refused(Exception):
    """The row cannot be taken in."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def read_posts(path: Path, *, received_at: datetime) -> PetitionFile:
    """The records of an export; FileError when the file is none. The comments in it are counted in one warning."""
    content = read_bytes(path)
    reader = PostReader(received_at)
    if path.suffix.lower() in {".json", ".jsonl"}:
        reader.read_objects(path, content)
    else:
        reader.read_tables(path, read_sheets(path, content))
    return PetitionFile(
        file=path.name,
        sha256=fingerprint(content),
        records=tuple(reader.records),
        problems=tuple(reader.problems),
        warnings=tuple(reader.warnings),
    )


class PostReader:
    """Reads rows one by one and keeps what became of each."""

    def __init__(self, received_at: datetime) -> None:
        self._received_at = received_at
        self.records: list[PetitionRecord] = []
        self.problems: list[RowProblem] = []
        self.warnings: list[RowProblem] = []

    def clear(self) -> None:
        """Forget what became of the rows so far."""
        for kept in (self.records, self.problems, self.warnings):
            kept.clear()

    def read_objects(self, path: Path, content: bytes) -> None:
        """Read a JSON list or JSON lines."""
        comments = understood = 0
        for number, item in _objects(path, content):
            place = _Place("", number, {})
            if not isinstance(item, Mapping):
                self.problems.append(place.problem(None, "这一行不是完整的JSON对象", str(item)))
                continue
            keys = [str(key) for key in item]
            if is_comment(keys):
                comments += 1
                continue
            export = export_of(keys)
            if export is None:
                self.problems.append(place.problem(None, "认不出这是哪一种导出, 没有需要的字段", "、".join(keys[:8])))
                continue
            understood += 1
            fields = vocabulary().exports[export].fields
            chosen = {
                field: key for field, names in fields.items() if (key := next((n for n in names if item.get(n)), ""))
            }
            values = {field: _plain(item[key]) for field, key in chosen.items()}
            self._take(export, _Place("", number, chosen), values)
        if not (comments or understood):
            raise FileError(f"{path.name}: 没有一条是认得的帖子或留言, 请确认交的是内容导出(contents), 不是其他文件")
        self._dropped(comments)

    def read_tables(self, path: Path, sheets: Sequence[Sheet]) -> None:
        """Read every table of a workbook or CSV file."""
        layouts = {
            name: Layout(required=export.required, fields=export.fields)
            for name, export in vocabulary().exports.items()
        }
        understood = False
        for sheet in sheets:
            if any(is_comment([text_of(cell) for cell in row.cells]) for row in sheet.rows[:3]):
                self._dropped(sum(not row.is_blank for row in sheet.rows) - 1, sheet.name)
                understood = True
                continue
            header = find_header(sheet.rows, layouts)
            if header is None:
                continue
            understood = True
            for row in sheet.rows:
                if row.number > header.last_row and not row.is_blank:
                    self.take_row(sheet.name, header, row)
        if not understood:
            raise FileError(_no_table(path, sheets))

    def take_row(self, sheet: str, header: Header, row: Row) -> None:
        """Read one row below the header."""
        values = {
            field: _plain(row.cells[index])
            for field, index in header.columns.items()
            if index < len(row.cells) and text_of(row.cells[index])
        }
        texts = {field: header.texts[index] for field, index in header.columns.items()}
        self._take(header.layout, _Place(sheet, row.number, texts), values)

    def _take(self, export: str, place: _Place, values: Mapping[str, Cell]) -> None:
        try:
            raw = self._raw(export, place, values)
        except _Refused as exc:
            self.problems.append(exc.problem)
        else:
            self.records.append(PetitionRecord(sheet=place.sheet, row=place.row, raw=raw))

    def _raw(self, export: str, place: _Place, values: Mapping[str, Cell]) -> RawDocument:
        texts = {field: text_of(value) for field, value in values.items()}
        title, text = _without_mentions(texts.get("title", "")), _without_mentions(texts.get("text", ""))
        if not text and not title:
            raise _Refused(place.problem("text", "没有内容, 请补填后重新提交", ""))
        published_at = self._moment(place, values, "published_at")
        replied_at = self._moment(place, values, "replied_at")
        whole = _with_reply(text, texts, replied_at) if export == _BOARD else text
        url = texts.get("url", "")
        key = texts.get("number") or url or CONTENT_KEY + mark_of(title, text)
        if not (texts.get("number") or url):
            self.warnings.append(place.problem("number", "没有编号和链接, 以内容识别是否重复", ""))
        phone, problem = phone_of(texts.get("phone", ""))
        if problem:
            self.warnings.append(place.problem("phone", problem, texts["phone"]))
        return RawDocument(
            id=document_id(_SOURCE[export], key, title, whole),
            channel=vocabulary().exports[export].channel,
            source=_SOURCE[export],
            external_key=key,
            title=title,
            text=whole,
            published_at=published_at,
            received_at=self._received_at,
            url=url if _WEB_ADDRESS.match(url) else "",
            origin=texts.get("addressee", "") if export == _BOARD else network_of(url),
            petitioner=Petitioner(name=texts.get("name", ""), phone=phone),
            category=texts.get("category", ""),
            fields={"办理状态": texts["status"]} if "status" in texts else {},
        )

    def _moment(self, place: _Place, values: Mapping[str, Cell], field: str) -> datetime | None:
        value = values.get(field, "")
        try:
            moment = _instant(value)
        except DateProblem as exc:
            raise _Refused(place.problem(field, str(exc), text_of(value))) from exc
        if is_ahead(moment, self._received_at):
            raise _Refused(place.problem(field, "日期在今天之后, 请核对", text_of(value)))
        return moment

    def _dropped(self, comments: int, sheet: str = "") -> None:
        if comments > 0:
            reason = f"{comments}条评论没有导入: 评论和评论人不入库"
            self.warnings.append(RowProblem(sheet=sheet, row=1, column=None, reason=reason, value=""))


def _with_reply(text: str, texts: Mapping[str, str], replied_at: datetime | None) -> str:
    """The message and the office's answer as one text, each marked as what it is, as the crawled boards have them."""
    if not texts.get("reply"):
        return f"【留言】\n{text}" if text else ""
    day = replied_at.astimezone(_CHINA).date().isoformat() if replied_at else ""
    about = " ".join(part for part in (texts.get("replied_by", ""), day) if part)
    return f"【留言】\n{text}\n【答复】{about}\n{_without_mentions(texts['reply'])}"


def _without_mentions(text: str) -> str:
    return _MENTION.sub(_MENTIONED, text)


def _instant(value: Cell) -> datetime | None:
    """Seconds or milliseconds since 1970, as programs write them, or a date as offices do."""
    text = text_of(value)
    if _EPOCH_MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    if _EPOCH_SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    return moment_of(value)


def _plain(value: object) -> Cell:
    if isinstance(value, int | float | datetime) and not isinstance(value, bool):
        return value
    return _without_halves(str(value))


def _without_halves(text: str) -> str:
    """The text with a mark for each half of a character, which programs leave that cut texts."""
    return _SURROGATE.sub("\ufffd", text)


def _objects(path: Path, content: bytes) -> Iterator[tuple[int, object]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeError as exc:
        raise FileError(f"{path.name}: 不是UTF-8编码的JSON, 请重新导出") from exc
    if path.suffix.lower() == ".jsonl":
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield number, _loaded(line)
        return
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise FileError(f"{path.name}: 不是完整的JSON, 请重新导出({exc})") from exc
    yield from enumerate(listed if isinstance(listed, list) else [listed], start=1)


def _loaded(line: str) -> object:
    try:
        found: object = json.loads(line)
    except (ValueError, RecursionError):
        return line
    return found


def _no_table(path: Path, sheets: Sequence[Sheet]) -> str:
    first = next((row for sheet in sheets for row in sheet.rows if not row.is_blank), None)
    seen = shown_headers(text for cell in first.cells if (text := text_of(cell))) if first else ""
    wanted = "; ".join(
        "、".join(export.fields[field][0] for field in export.required) for export in vocabulary().exports.values()
    )
    return f"{path.name}: 没有认得的表头, 看到的是: {seen}; 留言板或帖子的导出至少要有这些列: {wanted}"
