"""How many of the persons found in real texts are persons; the texts stay outside the repository.

`python -m benchmarks.mentions.real FILE…` prints tables and writes nothing. Each line of a file is one text that a
reader has judged: `{"id","kind","title","text","persons","others","complete"}`. `persons` are the names that stand in
it, `others` says of what was found and is none which kind of error it is, and `complete` is true when the reader looked
for every name and not only at those that were found. Only counts are printed, for these texts name real people.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.mentions.run import COUNTY, GAZETTEER
from domain.mention import Mentions
from importers.gazetteer import read_gazetteer
from nlp.gazetteer import Gazetteer
from nlp.mentions import MentionFinder
from nlp.training.labelled_texts import read_records


class JudgedText(BaseModel):
    """A text with what a reader said of the names in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    """Kind of text: complaints of cities, news, ..."""
    title: str = ""
    text: str
    persons: tuple[str, ...]
    others: Mapping[str, str] = {}
    """What is no person, as it was found: the kind of error (place, company, word, border)."""
    complete: bool = False


@dataclass
class Tally:
    """Counts of one kind of text."""

    texts: int = 0
    right: int = 0
    """Places where a person was found who is one."""
    errors: Counter[str] = field(default_factory=Counter)
    """Places where something else was found, by the kind of error."""
    unread: int = 0
    """Places where something was found that no reader has judged."""
    named: int = 0
    """Names in the texts that were read for every name, each once a text."""
    recalled: int = 0

    def add(self, text: JudgedText, found: Sequence[str]) -> None:
        """Count one text with the names found in it, in one entry for each place."""
        self.texts += 1
        for name in found:
            if name in text.persons:
                self.right += 1
            elif name in text.others:
                self.errors[text.others[name]] += 1
            else:
                self.unread += 1
        if text.complete:
            names = set(text.persons)
            self.named += len(names)
            self.recalled += len(names & set(found))

    @property
    def wrong(self) -> int:
        """Places where something else than a person was found."""
        return self.errors.total()

    def merged(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            texts=self.texts + other.texts,
            right=self.right + other.right,
            errors=self.errors + other.errors,
            unread=self.unread + other.unread,
            named=self.named + other.named,
            recalled=self.recalled + other.recalled,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    given = _arguments().parse_args(arguments)
    finder = MentionFinder(Gazetteer(read_gazetteer(given.gazetteer, COUNTY).places, COUNTY))
    texts = [text for path in given.files for text in read_records(path, JudgedText)]
    print("\n".join(tables(tallies(texts, finder.find))))
    return 0


def tallies(texts: Iterable[JudgedText], find: Callable[[str, str], Mentions]) -> dict[str, Tally]:
    """The counts by kind of text."""
    found: dict[str, Tally] = {}
    for text in texts:
        names = [person.name for person in find(text.title, text.text).persons]
        found.setdefault(text.kind, Tally()).add(text, names)
    return found


def tables(counted: Mapping[str, Tally]) -> list[str]:
    """Precision by kind of text, and the kinds of error; what no reader has judged counts for neither side."""
    whole = Tally()
    for tally in counted.values():
        whole = whole.merged(tally)
    rows = [_row(kind, tally) for kind, tally in (*sorted(counted.items()), ("all", whole))]
    return [
        "| kind of text | texts | persons found | right | precision | not judged | names in texts read in full "
        "| of them found |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        "| what else was taken for a person | places |",
        "|---|---|",
        *(f"| {error} | {count} |" for error, count in whole.errors.most_common()),
    ]


def _row(kind: str, tally: Tally) -> str:
    judged = tally.right + tally.wrong
    precision = f"{tally.right / judged:.3f}" if judged else "–"
    return (
        f"| {kind} | {tally.texts} | {judged + tally.unread} | {tally.right} | {precision} "
        f"| {tally.unread} | {tally.named} | {tally.recalled} |"
    )


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="judged texts, JSON lines, plain or .xz")
    parser.add_argument("--gazetteer", type=Path, nargs="+", default=GAZETTEER)
    return parser


if __name__ == "__main__":
    sys.exit(main())
