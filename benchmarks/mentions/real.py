"""How well persons and their roles are found in real messages, which stay outside the repository.

`python -m benchmarks.mentions.real --texts FILE…` prints tables and holds the floors; it writes nothing.
`messages.jsonl` says where a reader saw persons in 504 messages, by their ids; the files `--texts` hold the messages
(JSON lines of `id` or `pid`, `title`, `text`, plain or .xz). No message of these is learned from. They were drawn
among those in which a finder of before saw a name or nearly one, so what looks like a name and is none is far
more frequent than in messages as they come. Only counts are printed, for these texts name real people.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from benchmarks.mentions.gold import HERE
from benchmarks.mentions.run import COUNTY, GAZETTEER, roles_table
from importers.places.gazetteer import read_gazetteer
from nlp.mention_evaluation import Finder, GoldPerson, GoldText, MentionScore, evaluate_mentions
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from nlp.training.marked_texts import ReadMessage, read_readings

_KINDS = ("persons", "persons_with_role")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 when a floor is missed."""
    given = _arguments().parse_args(arguments)
    finder = MentionFinder(Gazetteer(read_gazetteer(given.gazetteer, COUNTY).places, COUNTY))
    texts = list(map(gold_text, read_readings(HERE / "messages.jsonl", given.texts)))
    # Every table asks for the same texts.
    find = cache(finder.find)
    print("\n".join([*by_source(texts, find), "", *roles_table("messages", texts, find)]))
    floors = json.loads((HERE.parent / "floors.json").read_text(encoding="utf-8"))["mentions_in_messages"]
    figures = {f"{score.kind}_f1": score.f1 for score in evaluate_mentions(texts, find)}
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def gold_text(message: ReadMessage) -> GoldText:
    """The message as evaluation takes it; its genre is where it comes from."""
    content = message.content
    persons = tuple(
        GoldPerson(name=content[start:end], role=role, start=start, end=end)
        for (start, end), role in message.persons.items()
    )
    source = message.id.rpartition("-")[0]
    return GoldText(id=message.id, genre=source, title=message.title, text=message.text, persons=persons)


def by_source(texts: Sequence[GoldText], find: Finder) -> list[str]:
    """A table of persons and of persons with their roles for every source and for all."""
    sources = {source: [text for text in texts if text.genre == source] for source in {text.genre for text in texts}}
    rows = [
        row
        for name, part in (*sorted(sources.items()), ("all", texts))
        for row in (_row(name, len(part), score) for score in evaluate_mentions(part, find) if score.kind in _KINDS)
    ]
    return ["| source | texts | what | marked | precision | recall | F1 |", "|---|---|---|---|---|---|---|", *rows]


def _row(source: str, texts: int, score: MentionScore) -> str:
    figures = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
    return f"| {source} | {texts} | {score.kind} | {score.expected} | {figures} |"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="the messages, JSON lines, plain or .xz")
    parser.add_argument("--gazetteer", type=Path, nargs="+", default=GAZETTEER)
    return parser


if __name__ == "__main__":
    sys.exit(main())
