"""What a row below a header is: a record, a note, a sum, a hint on how to fill in, or the header printed once more."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from enum import Enum, auto
from functools import cache
from itertools import pairwise

from importers.headers.header import Header, matter_columns
from importers.headers.vocabulary import plain
from importers.rows.uncalculated import hides_a_record
from importers.rows.zero_reports import reports_nothing
from importers.values.column_contents import Content, share_of
from importers.words.letter_words import is_name
from importers.words.table_words import table_words
from importers.words.word_patterns import any_of

_LONGEST_NOTE = 60
"""Characters of a note that stands alone where a matter would."""
_LONGEST_SIGNATURE = 20
_LONGEST_LABEL = 8
_DAY = re.compile(r"(?:[\d〇零一二三四五六七八九十]{1,4}\s*[年月日号./\-]?\s*){2,3}")
_COUNT = re.compile(r"[共计约]{0,2}(?:[\d〇零一二三四五六七八九十百千]{0,8}[件批人次户个元条]{0,2}[,，、;；]?){0,6}")
_PLACE_OF_COLUMN = re.compile(r"[(（\[]?(?:\d{1,3}|[A-Z]{1,2}|[甲乙丙丁戊己庚辛壬癸])[)）\]]?")
_BUILDING = re.compile(r"(?:第?[\d一二三四五六七八九十A-Za-z]{1,3})号?(?:楼|栋|幢|号楼)")
_PERSON = ("name", "phone", "id_number")
_OF_PETITIONS = (*_PERSON, "number", "occurred_on", "day")


class RowKind(Enum):
    """Kinds of rows."""

    RECORD = auto()
    NOTE = auto()
    TOTAL = auto()
    HINT = auto()
    HEADER_AGAIN = auto()
    ZERO_REPORT = auto()
    """What says that nobody came."""
    BUILDING = auto()
    """The name of a building over the rows of its flats."""
    COUNTED = auto()
    """Only the number of a row that was never filled in."""


_MAY_HIDE = (RowKind.NOTE, RowKind.COUNTED, RowKind.ZERO_REPORT)
"""Kinds of rows in which formulas may hide a record."""


def kind_of(
    filled: Mapping[int, str],
    header: Header,
    *,
    below_record: bool,
    first: bool = False,
    uncalculated: Collection[int] = (),
) -> RowKind:
    """The kind of a row by the texts of its filled cells.

    `below_record` when the row above it is a record, `first` when no record stands between it and the header. What
    stands in the `uncalculated` columns nobody knows: where they hide a record it is one.
    """
    kind = _kind_of_texts(filled, header, below_record=below_record, first=first)
    if uncalculated and kind in _MAY_HIDE and hides_a_record(header, uncalculated):
        says_so = any(_is_note(text) or _is_total(text) for text in filled.values())
        return kind if says_so else RowKind.RECORD
    return kind


def only_counts(filled: Mapping[int, str], header: Header) -> bool:
    """True where nothing is written but the number of the row, or not even that."""
    return all(_counts(header, index, text) for index, text in filled.items())


def _kind_of_texts(filled: Mapping[int, str], header: Header, *, below_record: bool, first: bool) -> RowKind:
    if not filled:
        return RowKind.NOTE
    if is_header_again(filled, header):
        return RowKind.HEADER_AGAIN
    if only_counts(filled, header):
        return RowKind.COUNTED
    if first and _is_hint(filled):
        return RowKind.HINT
    if reports_nothing(filled, header):
        return RowKind.ZERO_REPORT
    matter = next((filled[index] for index in matter_columns(header) if index in filled), "")
    begins = next(iter(filled.values()))
    sums = _is_sum(filled, header, matter)
    if len(filled) == 1 and not matter and _BUILDING.fullmatch("".join(begins.split())):
        return RowKind.BUILDING
    if len(filled) == 1 and not (sums and matter):
        alone = not matter and not (below_record and _is_name(filled, header))
        return RowKind.NOTE if alone or (_is_note(begins) and len(begins) <= _LONGEST_NOTE) else RowKind.RECORD
    if sums or (_is_total(begins) and _COUNT.fullmatch("".join(matter.split()))):
        return RowKind.TOTAL
    return RowKind.NOTE if _says_only_notes(filled, header, has_matter=bool(matter)) else RowKind.RECORD


def _counts(header: Header, index: int, text: str) -> bool:
    return text.isdecimal() and index < len(header.texts) and plain(header.texts[index]) in _counters()


@cache
def _counters() -> frozenset[str]:
    return frozenset(map(plain, table_words().counters))


def _says_only_notes(filled: Mapping[int, str], header: Header, *, has_matter: bool) -> bool:
    """True for a line of notes and signatures; a row with a matter or a person beside them is a record."""
    if not _is_note(next(iter(filled.values()))):
        return False
    signers = {index for (_, label), (index, text) in pairwise(filled.items()) if _is_label(label) and _may_sign(text)}
    others = {index for index, text in filled.items() if not _is_note(text) and not _DAY.fullmatch(text)} - signers
    persons = {index for field in _PERSON for index in header.places.get(field, ())}
    return not others if has_matter else not persons & others


def _is_label(text: str) -> bool:
    """True for 审核： alone: who signs stands in the next cell."""
    return text.endswith((":", "\uff1a")) and len(text) <= _LONGEST_LABEL and _is_note(text)


def _may_sign(text: str) -> bool:
    name = "".join(text.split())
    return is_name(name) or share_of(Content.NAME, [name]) > 0


def _is_note(text: str) -> bool:
    words = table_words()
    signed = len(text) <= _LONGEST_SIGNATURE and words.signature.search(text) is not None
    return signed or words.note.match(text) is not None or plain(text) in words.notes


def _is_sum(filled: Mapping[int, str], header: Header, matter: str) -> bool:
    """True where any cell says 合计, and nothing tells a petition: no person, day or number, no matter but a count.

    Where the table has no column of persons, no petition has one: there 合计 is to stand first, or as the matter.
    """
    if any(index in filled for field in _OF_PETITIONS for index in header.places.get(field, ())):
        return False
    counted = _is_total(matter) or _COUNT.fullmatch("".join(matter.split())) is not None
    telling = [text for index, text in filled.items() if not _is_of_remarks(header, index)]
    if not any(header.places.get(field) for field in _PERSON):
        telling = [next(iter(filled.values())), matter]
    return counted and any(map(_is_total, telling))


def _is_of_remarks(header: Header, index: int) -> bool:
    return index < len(header.texts) and plain(header.texts[index]) in table_words().remarks_headers


def _is_total(text: str) -> bool:
    return _totals().fullmatch("".join(text.split())) is not None


@cache
def _totals() -> re.Pattern[str]:
    words = any_of(table_words().totals)
    periods = "|".join(table_words().total_periods)
    return re.compile(rf"[(（]?(?:{periods})?(?:{words})[)）]?[:：]?\d*[件批人次]{{0,2}}")


def _is_hint(filled: Mapping[int, str]) -> bool:
    """True for the numbers of the columns, for what is to be filled in, and for the example of a form."""
    texts = ["".join(unicodedata.normalize("NFKC", text).split()) for text in filled.values()]
    words = table_words()
    if plain(texts[0]) in words.examples:
        return True
    if len(texts) > 2 and all(map(_PLACE_OF_COLUMN.fullmatch, texts)) and _rises(texts):
        return True
    hints = sum(words.hint.match(text) is not None for text in texts)
    return len(texts) > 1 and hints * 3 >= len(texts) * 2


def _rises(texts: Collection[str]) -> bool:
    """True for 1 2 3, A B C, 甲 乙 丙, each within brackets or not."""
    kinds = "甲乙丙丁戊己庚辛壬癸"
    bare = [text.strip("()[]") for text in texts]
    places = [int(one) if one.isdecimal() else kinds.find(one) if one in kinds else ord(one[-1]) for one in bare]
    return all(later - earlier == 1 for earlier, later in pairwise(places))


def is_header_again(filled: Mapping[int, str], header: Header) -> bool:
    """True when every filled cell stands in one of the header's lines, and at least half of the line is there."""
    return any(
        len(filled) >= max(2, len(line) / 2) and all(line.get(index) == plain(text) for index, text in filled.items())
        for line in header.lines
    )


def _is_name(filled: Mapping[int, str], header: Header) -> bool:
    """True for a name alone below a record: a person whose matter was forgotten, or is merged with the row above."""
    ((index, text),) = filled.items()
    return index == header.columns.get("name") and share_of(Content.NAME, [text]) > 0
