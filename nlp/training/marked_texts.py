"""The texts in which persons and their roles are marked by hand: what the models of names and roles learn from."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from domain.errors import FileError
from domain.mention import PersonRole
from nlp.training.mention_markup import ROLES, MarkedText, Span, read_marked

FOLDER = Path(str(files("nlp.training").joinpath("mentions")))
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


def referred(path: Path) -> Iterator[MarkedText]:
    """The texts of `nlp/training/authored` that a file marks, one a line: the id, then `name|role` for each person.

    All places of a name in the text are meant. FileError when a text lacks a name.
    """
    known = _authored_records()
    for line in path.read_text(encoding="utf-8").splitlines():
        text_id, *marks = line.split()
        record = known[text_id]
        title, text = record["title"], record["text"]
        content = f"{title}\n{text}" if title else text
        yield MarkedText(record["genre"], title, text, _everywhere(text_id, content, marks), [], {})


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
    content = f"{text.title}\n{text.text}" if text.title else text.text
    persons = {(int(one["start"]), int(one["end"])): PersonRole(str(one["role"])) for one in text.persons}
    places = tuple((int(one["start"]), int(one["end"])) for one in text.places)
    return TrainingText(file, number, content, persons, places)


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
