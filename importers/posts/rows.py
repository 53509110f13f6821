"""Rows of exports of posts and of message boards as raw documents, a problem for each that cannot be taken in.

Nobody crawls what needs a login or forbids it; what somebody who may read it has exported is read here. Comments are
dropped and who wrote a post is never read: people who match no lead leave no trace.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.deliveries.receipt import RowProblem
from domain.texts.document import CONTENT_KEY, Petitioner, RawDocument, document_id
from importers.entries import PetitionRecord
from importers.formats.parts import EITHER_CALENDAR, Cell, Row
from importers.headers.header import Header
from importers.headers.post_vocabulary import network_of, vocabulary
from importers.rows.values import mark_of
from importers.table_place import TablePlace
from importers.values.cells import DateProblem, moment_of, text_of
from importers.values.dates import is_ahead
from importers.values.identifiers import phone_of

_CHINA = ZoneInfo("Asia/Shanghai")
_BOARD = "message_board"
_SOURCE = {_BOARD: "message_board", "post": "post_export"}
_DAYS = frozenset({"published_at", "replied_at"})
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

    def take_object(self, sheet: str, row: int, export: str, item: Mapping[str, Cell]) -> None:
        """Read one object of JSON that is of this kind of export; `item` has only keys with a value."""
        names = vocabulary().exports[export].fields
        chosen = {field: key for field, keys in names.items() if (key := next((k for k in keys if k in item), ""))}
        values = {field: _plain(item[key]) for field, key in chosen.items()}
        self._take(export, _Place(sheet, row, chosen), values)

    def take_row(self, sheet: str, header: Header, row: Row) -> None:
        """Read one row below the header."""
        values = {
            field: _plain(row.cells[index])
            for field, index in header.columns.items()
            if index < len(row.cells) and text_of(row.cells[index])
        }
        texts = {field: header.texts[index] for field, index in header.columns.items()}
        place = _Place(sheet, row.number, texts)
        fields = {index: field for field, index in header.columns.items()}
        self.warnings.extend(
            place.problem(fields[note.column], note.reason, "") for note in row.notes if note.column in fields
        )
        doubtful = next((fields[at] for at in row.of_either_calendar if fields.get(at) in _DAYS), None)
        if doubtful is not None:
            self.problems.append(place.problem(doubtful, EITHER_CALENDAR, text_of(values[doubtful])))
            return
        self._take(header.layout, place, values)

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
            self.warnings.append(
                place.problem(
                    "number", "没有编号和链接, 只能看内容是不是和以前的一样来判断重复; 以后导出时请带上编号", ""
                )
            )
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
            raise _Refused(
                place.problem(field, "日期在今天之后, 这一行没有导入; 请对照原件改正日期后重新提交", text_of(value))
            )
        return moment


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
