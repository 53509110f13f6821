"""Compiles the marked texts into `gold.jsonl`, so that no offset is ever counted by hand.

`python -m benchmarks.mentions.gold`. `figures*.txt` (numbers beginning with m) are by the writer of the texts that the
rules were made by; `fresh.txt` (f) is by another writer, `further_*.txt` (v) half of the texts of three more, who
marked no values and whose other half is learned from (writer_8 to writer_10). All of them are only measured, never
looked at. `borders.txt` (b) holds pairs such as 李长安排了… and 李长安来了…, whose roles say nothing. What training
learns from lies in `nlp/training/mentions`.
`figures_authored.txt` marks texts of `nlp/training/authored`, one a line: the text's id, then `name|role` for each
person named, all of whose places in the text are meant; values and places are not marked there.
"""

import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from nlp.training.marked_texts import referred
from nlp.training.mention_markup import MarkedText, read_marked

HERE = Path(__file__).parent


def compile_gold() -> list[dict[str, Any]]:
    """The records of gold.jsonl: id, genre, title, text, persons, and places and each kind of value where marked."""
    figures = [*map(_record, _marked("figures")), *map(_named, referred(HERE / "figures_authored.txt"))]
    numbered = [(f"m{2 * place + 1:03}", record) for place, record in enumerate(figures)]
    numbered += [(f"f{place:03}", _record(text)) for place, text in enumerate(_marked("fresh"), start=1)]
    further = (_marked(path.stem) for path in sorted(HERE.glob("further_*.txt")))
    numbered += [
        (f"v{place:03}", _with_places(text)) for place, text in enumerate(chain.from_iterable(further), start=1)
    ]
    numbered += [(f"b{place:03}", _named(text)) for place, text in enumerate(_marked("borders"), start=1)]
    return [{"id": number} | record for number, record in numbered]


def _marked(part: str) -> Iterator[MarkedText]:
    return read_marked((HERE / f"{part}.txt").read_text(encoding="utf-8"))


def _record(text: MarkedText) -> dict[str, Any]:
    return _with_places(text) | dict(text.values)


def _with_places(text: MarkedText) -> dict[str, Any]:
    return _named(text) | {"places": text.places}


def _named(text: MarkedText) -> dict[str, Any]:
    return {"genre": text.genre, "title": text.title, "text": text.text, "persons": text.persons, "places": []}


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
