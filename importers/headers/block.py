"""One to three rows at the top of a table as the header that they may be: their texts by column."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from importers.formats.parts import Row
from importers.headers.header import Column, ForeignColumn, Header
from importers.headers.persons import of_header
from importers.headers.vocabulary import HeaderVocabulary, Likeness, plain
from importers.values.cells import filled_cells, text_of

FEWEST_TWICE = 3
"""Header texts that stand twice in tables side by side; a pair of columns of one name is common in one table."""
_LONGEST_END = 6
"""Characters of the rest of a word that a line of the header leaves for the next."""
LONGEST_GROUP = 12
"""Characters of the longest text that stands over a group of columns."""
_ABOVE = re.compile("[:：]|[0-9]{4}年|表$|台账|登记[表簿册]|单位|日期|第.页")
"""What stands in a line of titles, units and days above a table, and above no group of its columns."""
_LONGEST_TEXT = 100
"""Characters of a header's line that are read and kept: every row is stored with the texts above its cells."""


@dataclass(frozen=True, slots=True)
class Block:
    """One to three rows that may be a header together."""

    rows: tuple[Row, ...]
    lines: tuple[tuple[str, ...], ...]
    """Texts per row, merged cells of the upper rows carried on to the right."""
    texts: tuple[str, ...]
    """Per column the lowest text."""

    @property
    def full_texts(self) -> tuple[str, ...]:
        """Per column the texts of all lines, a group's above a column's."""
        return tuple(next(names_of(self, index), "").replace("\n", "") for index in range(len(self.texts)))

    def header(
        self,
        layout: str,
        found: Sequence[Column],
        doubtful: Sequence[Column] = (),
        foreign: Sequence[ForeignColumn] = (),
        vocabulary: HeaderVocabulary | None = None,
    ) -> Header:
        """The block as the header of a layout."""
        ordered = of_each_field(found)
        return Header(
            layout=layout,
            first_row=self.rows[0].number,
            last_row=self.rows[-1].number,
            columns={column.field: column.index for column in ordered},
            texts=self.texts,
            found=tuple(found),
            doubtful=tuple(doubtful),
            lines=tuple({index: plain(text) for index, text in filled_cells(row.cells).items()} for row in self.rows),
            places={column.field: tuple(one.index for one in found if one.field == column.field) for column in ordered},
            names=_distinct(_plain_names(self, found, foreign, vocabulary)),
            foreign=tuple(foreign),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block read by the vocabulary of one layout."""

    layout: str
    vocabulary: HeaderVocabulary
    block: Block
    known: tuple[Likeness | None, ...]
    """Per column what its header names as written."""

    @property
    def named(self) -> int:
        """How many fields the block names as written."""
        return len({one.field for one in self.known if one is not None and one.field is not None})


def continued(block: Block, row: Row) -> Block | None:
    """The block with the words that break off in its lowest line made whole by the row below: 联系 above 电话.

    None where the row says anything else, such as a record.
    """
    ends = filled_cells(row.cells)
    if not ends or not all(
        len(text) <= _LONGEST_END and text.isalpha() and index < len(block.texts) and block.texts[index]
        for index, text in ends.items()
    ):
        return None
    *upper, lowest = block.lines
    texts = tuple(text + ends.get(index, "") for index, text in enumerate(block.texts))
    whole = tuple(texts[index] if index in ends else text for index, text in enumerate(lowest))
    return Block((*block.rows, row), (*upper, whole), texts)


def block_at(head: Sequence[Row], first: int, count: int) -> Block | None:
    """So many rows from the first on as a block; None where they cannot be a header."""
    rows = tuple(head[first : first + count])
    if len(rows) < count or rows[0].is_blank or rows[-1].is_blank:
        return None
    width = max(len(row.cells) for row in rows)
    raw = [[text_of(cell)[:_LONGEST_TEXT] for cell in row.cells] + [""] * (width - len(row.cells)) for row in rows]
    if sum(bool(text) for text in raw[-1]) < 2:
        return None
    lines = tuple(tuple(_filled(texts)) if place < count - 1 else tuple(texts) for place, texts in enumerate(raw))
    lowest = (next((line[index] for line in reversed(lines) if line[index]), "") for index in range(width))
    return Block(rows, lines, tuple(text.replace("\n", "") for text in lowest))


def takes_a_row_along(block: Block) -> bool:
    """True where a line fills one of two tables that stand side by side: it is a row of it, none of their header."""
    return any(_fills_one_of_two(above, below) for above, below in pairwise(block.rows))


def _fills_one_of_two(above: Row, below: Row) -> bool:
    texts = [plain(text_of(cell)) for cell in above.cells]
    twice = {text for text, count in Counter(filter(None, texts)).items() if count > 1}
    if len(twice) < FEWEST_TWICE:
        return False
    first = next(texts.index(text) for text in texts if text in twice)
    begins = texts.index(texts[first], first + 1)
    return any(map(text_of, below.cells[:begins])) != any(map(text_of, below.cells[begins:]))


def heads_groups(row: Row) -> bool:
    """True for a row that may stand over groups of columns: several short texts, none of them a title or a unit."""
    texts = [text for cell in row.cells if (text := text_of(cell))]
    return len(texts) > 1 and all(len(text) <= LONGEST_GROUP and not _ABOVE.search(text) for text in texts)


def names_of(block: Block, index: int) -> Iterator[str]:
    """What may name the column: all lines joined, the lower two joined, the lowest."""
    texts = [line[index] for line in block.lines]
    for start in range(len(texts)):
        joined = "".join(texts[start:])
        if joined and (texts[-1] or start == len(texts) - 1 or not "".join(texts[start + 1 :])):
            yield joined


def _plain_names(
    block: Block, found: Sequence[Column], foreign: Sequence[ForeignColumn], vocabulary: HeaderVocabulary | None
) -> Iterator[tuple[int, str]]:
    """By column its lowest text; the full one where the lowest alone would be read as something else."""
    fields = {column.index: column.field for column in found}
    owners = {column.index: column.whose for column in foreign}
    for index, (text, full) in enumerate(zip(block.texts, block.full_texts, strict=True)):
        if index in owners:
            yield index, f"{owners[index]}{text}"
        elif text and vocabulary is not None and full != text:
            alone, whole = of_header(vocabulary, [text]), of_header(vocabulary, [full])
            misread = (alone.field if alone else None) != fields.get(index) or block.texts.count(text) > 1
            same = (whole.field if whole else None) == fields.get(index)
            yield index, full if misread and same else text
        elif text:
            yield index, text


def _distinct(texts: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Header text by column, a text that stands twice with its column behind it, so that nothing is overwritten."""
    seen: set[str] = set()
    names: dict[int, str] = {}
    for index, text in texts:
        names[index] = f"{text}(第{index + 1}列)" if text in seen else text
        seen.add(text)
    return names


def of_each_field(found: Sequence[Column]) -> list[Column]:
    """The first column of each field."""
    seen: dict[str, Column] = {}
    for column in found:
        seen.setdefault(column.field, column)
    return list(seen.values())


def _filled(texts: list[str]) -> list[str]:
    """A merged cell's text stands in its first column only; carry it over the empty ones to its right."""
    filled, last = [], ""
    for text in texts:
        last = text or last
        filled.append(last)
    return filled
