"""What a header means that stands in no vocabulary: told by headers like it, and by what stands below it.

The stretches of one to four characters of a header are counted in examples of every field (naive Bayes; Maron 1961),
and so are the kinds of values below headers of every field. Nothing is trained: the examples are counted when the first
unknown table comes.
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from importers.headers.column_kinds import Kind
from importers.headers.vocabulary import load_layouts, plain
from importers.words.table_words import table_words

UNREAD = "unread"
"""What is no field: a column of somebody else, of another day, of what an office did."""
_HEADERS = Path(__file__).parent / "header_examples.csv"
_KINDS = Path(__file__).parent / "column_kinds.csv"
_BY_VOCABULARY = frozenset({"year", "month", "day", "form", "unit", "building", "entrance", "room"})
"""Fields that only a header as written names."""
_LONGEST_STRETCH = 4
_DOUBT = 4.0
"""So many examples of no field in particular stand beside those of every field."""
_DEPENDENCE = 0.35
"""Weight of the stretches, which overlap; chosen on the tables that the kinds were counted in."""
_KINDS_DOUBT = 2.0
_OPEN = 0.5
"""Weight of how common a field is."""


class TableKind(StrEnum):
    """Two kinds of tables, whose headers mean different things."""

    PETITIONS = "petitions"
    HOUSEHOLDS = "households"


class HeaderExamples:
    """The examples of one kind of table, counted."""

    def __init__(self, headers: Mapping[str, set[str]], kinds: Mapping[str, Mapping[Kind, int]]) -> None:
        """Of every field the headers, and how many columns of each kind were seen."""
        self.fields = tuple(sorted(headers))
        self._numbers = {field: len(headers[field]) for field in self.fields}
        self._counts = {field: Counter(g for text in headers[field] for g in stretches(text)) for field in self.fields}
        self._everywhere: Counter[str] = sum(self._counts.values(), Counter())
        self._kinds = {field: Counter(kinds.get(field, {})) for field in self.fields}
        self._columns: Counter[Kind] = sum(self._kinds.values(), Counter())

    def fields_of(self, texts: Sequence[str], kind: Kind) -> Mapping[str, float]:
        """Of every field the probability that the column with these header texts and this kind of values holds it."""
        heard = [self._by_header(text) for text in texts]
        odds = {
            field: sum(one[field] for one in heard) / len(heard) + self._by_kind(field, kind) + self._common(field)
            for field in self.fields
        }
        return _shares(odds)

    def knows(self, text: str) -> bool:
        """True where the header is an example, or has two characters beside each other that stand in one."""
        known = (one for one in stretches(text) if one in self._everywhere and not any(map(str.isdecimal, one)))
        return any(len(one.strip("^$")) > 1 or one == f"^{one.strip('^$')}$" for one in known)

    def _by_header(self, text: str) -> dict[str, float]:
        known = [one for one in stretches(text) if one in self._everywhere]
        total = sum(self._numbers.values())
        heard = {}
        for field in self.fields:
            counts, examples = self._counts[field], self._numbers[field] + _DOUBT
            likely = ((counts[one] + _DOUBT * self._everywhere[one] / total) / examples for one in known)
            heard[field] = _DEPENDENCE * sum(map(math.log, likely))
        return heard

    def _by_kind(self, field: str, kind: Kind) -> float:
        seen = self._kinds[field]
        usual = (self._columns[kind] + 1) / (self._columns.total() + len(Kind))
        return math.log((seen[kind] + _KINDS_DOUBT * usual) / (seen.total() + _KINDS_DOUBT))

    def _common(self, field: str) -> float:
        return _OPEN * math.log((self._kinds[field].total() + 1) / (self._columns.total() + len(self.fields)))


def stretches(text: str) -> set[str]:
    """The stretches of one to four characters of a header, its beginning and end marked."""
    marked = f"^{plain(text).lower()}$"
    found = {
        marked[start : start + length]
        for length in range(1, _LONGEST_STRETCH + 1)
        for start in range(len(marked) - length + 1)
    }
    return found - {"^", "$"}


@cache
def header_examples(kind: TableKind) -> HeaderExamples:
    """The examples as they are shipped, those of the vocabulary among them."""
    headers: dict[str, set[str]] = defaultdict(set)
    written = ((row["field"], row["header"]) for row in _rows(_HEADERS, kind))
    for field, text in (*_of_vocabulary(kind), *written):
        headers[field].add(text)
    kinds: dict[str, dict[Kind, int]] = defaultdict(dict)
    for row in _rows(_KINDS, kind):
        kinds[row["field"]][Kind(row["kind"])] = int(row["columns"])
    return HeaderExamples(headers, kinds)


def _of_vocabulary(kind: TableKind) -> Iterator[tuple[str, str]]:
    layouts = load_layouts()
    if kind is TableKind.HOUSEHOLDS:
        yield from ((field, text) for field, texts in layouts["household_register"].fields.items() for text in texts)
        return
    yield from ((UNREAD, text) for text in table_words().others)
    for name in ("petition_register", "hotline_12345"):
        fields = layouts[name].fields.items()
        yield from ((field, text) for field, texts in fields if field not in _BY_VOCABULARY for text in texts)


def _rows(path: Path, kind: TableKind) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from (row for row in csv.DictReader(lines) if row["table"] == kind)


def _shares(odds: Mapping[str, float]) -> dict[str, float]:
    most = max(odds.values())
    weights = {field: math.exp(value - most) for field, value in odds.items()}
    whole = sum(weights.values())
    return {field: weight / whole for field, weight in weights.items()}
