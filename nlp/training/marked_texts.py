"""The texts in which persons and their roles are marked by hand: what the models of names and roles learn from."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.failures.errors import ConfigError, FileError
from domain.links.mention import PersonRole
from nlp.training.labelled_texts import read_records, texts_by_id
from nlp.training.mention_markup import ROLES, MarkedText, Span, read_marked

FOLDER = Path(str(files("nlp.training").joinpath("mentions")))
READINGS = FOLDER / "readings.jsonl"
"""Where persons stand in real messages, by the ids of the messages, which are not ours and not here."""
FURTHER_READINGS = FOLDER / "further_readings.jsonl"
"""The same of messages that were read later, once and quickly."""
_REFERRING = "authored.txt"
"""Ends the names of files that mark texts of `nlp/training/authored` by their id."""
_WRITER = re.compile(r"writer_\d+")
_NEIGHBOURS = 5
"""So many texts in a row, which one sitting wrote, stay on one side of a split."""


@dataclass(frozen=True)
class TrainingText:
    """One text with its persons."""

    file: str
    """Who wrote it: writer_5 of writer_5_city.txt and writer_5_news.txt, which have one voice."""
    number: int
    """Its place in the file."""
    content: str
    persons: Mapping[tuple[int, int], PersonRole]
    """By where the name begins and ends."""
    places: tuple[tuple[int, int], ...]
    """Where places begin and end, in texts in which they are marked."""

    def fold(self, count: int) -> int:
        """Which of so many parts it belongs to; neighbours are in the same."""
        return (self.number // _NEIGHBOURS) % count


def read_training_texts(folder: Path = FOLDER) -> list[TrainingText]:
    """Every text of the folder's files; FileError names the file and the text whose marks are broken."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        marked = referred(path) if path.name.endswith(_REFERRING) else _marked(path)
        writer = _WRITER.match(path.stem)
        voice = writer[0] if writer else path.stem
        found += [_training_text(voice, number, text) for number, text in enumerate(marked)]
    return found


class PersonReading(BaseModel):
    """Whom a reader saw in a message that is told by its id alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    persons: tuple[tuple[int, int, Literal["p", "s", "r", "o", "x"]], ...]
    """Where each name begins and ends, counted over title, line break and text, and the letter of the role."""


@dataclass(frozen=True)
class ReadMessage:
    """A message with the persons that a reader saw in it."""

    id: str
    title: str
    text: str
    persons: Mapping[tuple[int, int], PersonRole]

    @property
    def content(self) -> str:
        """Title, line break and text, or the text alone."""
        return _content(self.title, self.text)


def read_readings(path: Path, texts: Sequence[Path]) -> list[ReadMessage]:
    """The messages that a file of readings names, looked up by their ids in the files `texts`.

    Raises:
        ConfigError: names file, line and field, or the message that is nowhere or too short for what was read in it.
    """
    known = texts_by_id(texts)
    return [_read_message(path, reading, known.get(reading.id)) for reading in read_records(path, PersonReading)]


def training_texts(messages: Sequence[ReadMessage]) -> list[TrainingText]:
    """Messages as training takes them: one voice, no places marked."""
    return [TrainingText(READINGS.stem, number, one.content, one.persons, ()) for number, one in enumerate(messages)]


def _read_message(path: Path, reading: PersonReading, record: Mapping[str, object] | None) -> ReadMessage:
    if record is None:
        raise ConfigError(f"{path}: 在所给的文本文件里找不到编号 {reading.id}")
    persons = {(start, end): PersonRole(ROLES[letter]) for start, end, letter in reading.persons}
    found = ReadMessage(reading.id, str(record.get("title") or ""), str(record.get("text") or ""), persons)
    if any(not 0 <= start < end <= len(found.content) for start, end in persons):
        raise ConfigError(f"{path}: 编号 {reading.id} 的文本与标注时不同, 标注的位置超出了正文")
    return found


def referred(path: Path) -> Iterator[MarkedText]:
    """The texts of `nlp/training/authored` that a file marks, one a line: the id, then `name|role` for each person.

    All places of a name in the text are meant. FileError when a text lacks a name.
    """
    known = _authored_records()
    for line in path.read_text(encoding="utf-8").splitlines():
        text_id, *marks = line.split()
        record = known[text_id]
        title, text = record["title"], record["text"]
        yield MarkedText(record["genre"], title, text, _everywhere(text_id, _content(title, text), marks), [], {})


def _everywhere(text_id: str, content: str, marks: list[str]) -> list[Span]:
    roles = {name: ROLES[letter] for name, _, letter in (mark.rpartition("|") for mark in marks)}
    if missing := [name for name in roles if name not in content]:
        raise FileError(f"{text_id}: 正文里没有 {'、'.join(missing)}")
    if not roles:
        return []
    names = re.compile("|".join(map(re.escape, sorted(roles, key=len, reverse=True))))
    return [
        {"name": match[0], "role": roles[match[0]], "start": match.start(), "end": match.end()}
        for match in names.finditer(content)
    ]


def _marked(path: Path) -> Iterator[MarkedText]:
    try:
        yield from read_marked(path.read_text(encoding="utf-8"))
    except FileError as exc:
        raise FileError(f"{path.name} {exc}") from exc


def _training_text(file: str, number: int, text: MarkedText) -> TrainingText:
    persons = {(int(one["start"]), int(one["end"])): PersonRole(str(one["role"])) for one in text.persons}
    places = tuple((int(one["start"]), int(one["end"])) for one in text.places)
    return TrainingText(file, number, _content(text.title, text.text), persons, places)


def _content(title: str, text: str) -> str:
    """What offsets count in."""
    return f"{title}\n{text}" if title else text


@cache
def _authored_records() -> dict[str, dict[str, str]]:
    """By id; the lines of these files end with a line feed only, for texts hold other separators."""
    folder = files("nlp.training").joinpath("authored")
    return {
        record["id"]: record
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.name.endswith(".jsonl")
        for record in map(json.loads, filter(str.strip, file.read_text(encoding="utf-8").split("\n")))
    }
