"""Compiles the marked texts into `gold.jsonl`, so that no offset is ever counted by hand.

`python -m benchmarks.mentions.gold`. Texts of `development*.txt` get even numbers and may be looked at while the finder
is mended; texts of `figures*.txt` get odd numbers and are only measured. The files `*_authored.txt` mark texts of
`nlp/training/authored`, one a line: the text's id, then `name|role` for each person named, all of whose places in the
text are meant; values and places are not marked there.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.training.mention_markup import ROLES, Span, read_marked
from domain.errors import FileError

HERE = Path(__file__).parent


def compile_gold() -> list[dict[str, Any]]:
    """The records of gold.jsonl: id, genre, title, text, persons, places, and each kind of value where marked."""
    known = {record["id"]: record for record in _authored_records()}
    numbered = [
        (2 * place + first, record)
        for part, first in (("figures", 1), ("development", 2))
        for place, record in enumerate(_part(part, known))
    ]
    return [{"id": f"m{number:03}"} | record for number, record in sorted(numbered, key=lambda one: one[0])]


def _part(part: str, known: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in read_marked((HERE / f"{part}.txt").read_text(encoding="utf-8")):
        marked = {"genre": one.genre, "title": one.title, "text": one.text}
        yield marked | {"persons": one.persons, "places": one.places} | dict(one.values)
    for line in (HERE / f"{part}_authored.txt").read_text(encoding="utf-8").splitlines():
        text_id, *marks = line.split()
        record = known[text_id]
        content = f"{record['title']}\n{record['text']}" if record["title"] else record["text"]
        yield {
            "genre": record["genre"],
            "title": record["title"],
            "text": record["text"],
            "persons": _everywhere(text_id, content, marks),
            "places": [],
        }


def _everywhere(text_id: str, content: str, marks: list[str]) -> list[Span]:
    roles = {name: ROLES[letter] for name, _, letter in (mark.partition("|") for mark in marks)}
    if missing := [name for name in roles if name not in content]:
        raise FileError(f"{text_id}: 正文里没有 {'、'.join(missing)}")
    if not roles:
        return []
    names = re.compile("|".join(map(re.escape, sorted(roles, key=len, reverse=True))))
    return [
        {"name": match[0], "role": roles[match[0]], "start": match.start(), "end": match.end()}
        for match in names.finditer(content)
    ]


def _authored_records() -> Iterator[dict[str, Any]]:
    folder = files("nlp.training").joinpath("authored")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".jsonl"):
            for line in file.read_text(encoding="utf-8").split("\n"):
                if line.strip():
                    yield json.loads(line)


def main() -> int:
    """Write gold.jsonl and say how much it holds."""
    records = compile_gold()
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (HERE / "gold.jsonl").write_text("".join(lines), encoding="utf-8")
    persons = sum(len(record["persons"]) for record in records)
    places = sum(len(record["places"]) for record in records)
    unnamed = sum(not record["persons"] for record in records)
    print(f"{len(records)} texts, {persons} persons, {places} places, {unnamed} texts that name nobody")
    return 0


if __name__ == "__main__":
    sys.exit(main())
