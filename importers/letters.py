"""Free texts as petitions: one document each, the petitioner and the day from labels or from the letter's end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from domain.document import Petitioner, RawDocument, document_id
from domain.vocabulary import Channel
from importers.dates import DateProblem, read_date
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.formats.parts import Letter
from importers.header_vocabulary import header_vocabulary, load_layouts
from importers.identifiers import id_number_of, phone_of
from importers.row_values import mark_of, normal_text
from importers.table_place import TablePlace

SOURCE = "letter"
"""What letters are filed under; part of a record's identity."""
_WORDS = Path(__file__).parent / "letter_words.yml"
_REGISTER = "petition_register"
_FUTURE = timedelta(days=1)
_END_LINES = 8
_LONGEST_SIGNATURE = 30
_LABELLED = re.compile(
    r"(?P<label>[\u4e00-\u9fff/]{2,10})\s*[:\uff1a][ \t\u3000]*(?P<value>[^\s,\uff0c;\uff1b\u3002|]{1,60})"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_DAY = re.compile(r"\d{2,4}\s*[年./-].*|[〇零○一二三四五六七八九]{4}年.*|农历.*|阴历.*")
_READ_LABELS = ("name", "phone", "id_number", "address", "occurred_on", "number", "purpose", "category")


class LetterWords(BaseModel):
    """What `letter_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    closings: frozenset[str]
    signs: tuple[str, ...]
    groups: tuple[str, ...]
    sure_reading: float
    covering_note: int
    mail_heads: tuple[str, ...]


@cache
def letter_words() -> LetterWords:
    """The words as they are shipped."""
    return LetterWords.model_validate(yaml.safe_load(_WORDS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a letter, and when; empty where the letter does not say."""

    name: str = ""
    day: str = ""


def read_letter(letter: Letter, *, received_at: datetime) -> Iterator[Entry]:
    """The letter as one petition in row 1, with a warning for what could not be read; rejected when it says nothing."""
    place = TablePlace(letter.part, "")
    text, title = normal_text("summary", letter.text), normal_text("title", letter.title)
    if not text:
        yield Rejected(place.problem(1, None, "里面没有文字, 请换成能选中文字的文件, 或按扫描件重新提交", title))
        return
    if letter.note:
        yield Warned(place.problem(1, "内容", letter.note, ""))
    labelled = labelled_fields(text)
    signed = signature_of(text.split("\n"))
    phone, _ = phone_of(labelled.get("phone", ""))
    id_number, id_problem = id_number_of(labelled.get("id_number", ""))
    name = labelled.get("name") or signed.name
    if id_problem:
        yield Warned(place.problem(1, "证件号码", id_problem, labelled["id_number"]))
    moment, problem = _day(labelled.get("occurred_on") or signed.day, received_at)
    if problem:
        yield Warned(place.problem(1, "日期", problem, labelled.get("occurred_on") or signed.day))
    if not (name or phone):
        reason = "信里没有找到写信人的姓名和电话, 已按内容接收, 请对照原件核对"
        yield Warned(place.problem(1, "姓名", reason, ""))
    key = labelled.get("number") or "content:" + mark_of(title, "".join(text.split()))
    raw = RawDocument(
        id=document_id(SOURCE, key, title, text),
        channel=Channel.PETITION,
        source=SOURCE,
        external_key=key,
        title=title,
        text=text,
        published_at=moment,
        received_at=received_at,
        petitioner=Petitioner(name=name, phone=phone, id_number=id_number, address=labelled.get("address", "")),
        category=labelled.get("category", ""),
        purpose=labelled.get("purpose", ""),
    )
    yield Accepted(PetitionRecord(sheet=place.label, row=1, raw=raw, part=letter.part))


def words_of(letter: Letter) -> str:
    """The letter's own words on one line, without the head of a mail."""
    heads = tuple(f"{head}:" for head in letter_words().mail_heads)
    return " ".join(" ".join(line for line in letter.text.split("\n") if not line.startswith(heads)).split())


def is_covering_note(words: str) -> bool:
    """True for a text so short that beside a register it only says what comes with it."""
    return len("".join(words.split())) <= letter_words().covering_note


def labelled_fields(text: str) -> dict[str, str]:
    """Field to value where the text names it: 来访人: …, 联系电话: …; the first of each."""
    vocabulary = header_vocabulary(_REGISTER, load_layouts()[_REGISTER])
    found: dict[str, str] = {}
    for match in _LABELLED.finditer(text):
        known = vocabulary.exact(match["label"])
        if known is not None and known.field in _READ_LABELS:
            found.setdefault(known.field, normal_text(known.field, match["value"]))
    return found


def signature_of(lines: Sequence[str]) -> Signature:
    """The name and the day below the text, from the last lines; nothing where they are not alone on their lines."""
    last = [line.strip(" \t\u3000") for line in lines if line.strip(" \t\u3000")][-_END_LINES:]
    name = day = ""
    for line in reversed(last):
        if len(line) > _LONGEST_SIGNATURE:
            break
        written = _DAY.search(line)
        if written and not day:
            day, line = written[0], line[: written.start()]
        name = name or _signed_by(line)
        if name and day:
            break
    return Signature(name, day)


def _signed_by(line: str) -> str:
    words = letter_words()
    signs = "|".join(map(re.escape, words.signs))
    bare = re.sub(rf"^(?:{signs})\s*[:\uff1a]?\s*", "", line.strip(" \t\u3000:\uff1a"))
    parts = bare.split()
    token = "".join(parts) if all(len(part) == 1 for part in parts) else (parts[-1] if parts else "")
    if not _NAME.fullmatch(token) or token in words.closings or any(group in token for group in words.groups):
        return ""
    return token


def _day(written: str, received_at: datetime) -> tuple[datetime | None, str | None]:
    """The day, or why there is none; a letter is taken in all the same."""
    try:
        found = read_date(written)
    except DateProblem as exc:
        return None, f"{exc}; 已按收到的日子接收"
    if found.moment is not None and found.moment > received_at + _FUTURE:
        return None, "日期在今天之后, 已按收到的日子接收, 请核对"
    return found.moment, None
