"""Records of a text that stand one below the other, each begun by the same labels: 时间: …, 来电人: …, 内容: …."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from importers.letters.labels import is_labelled, label_at
from importers.letters.signatures import is_dated_line, is_strokes
from importers.letters.vocabulary import field_of
from importers.words.letter_words import is_name, letter_words
from importers.words.table_words import table_words

_MATTER, _NAME, _PHONE, _DAY = "summary", "name", "phone", "occurred_on"
_WHO = frozenset({"name", "phone"})
_FEWEST_LABELS, _FEWEST_RECORDS = 2, 2
_MOST_BLANK, _LONGEST_OF_HEADS = 4, 15
_SHORTEST_TEXT = 10
"""Characters below the labels of a record without a label for its matter."""
_COUNTED = re.compile(
    r"\s*[(\uff08【]?第?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[封件份条例号]?(?:来信|信访)?[)\uff09】:\uff1a、.]?\s*"
)
"""第二封 above a record."""
_BEHIND_NAME = re.compile(r"[\s(\uff08\[【,\uff0c、;\uff1b|/]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with a label at its beginning."""

    at: int
    label: str
    field: str | None
    value: str


def records_in(lines: Sequence[str]) -> list[int]:
    """Where the records begin; empty for other texts.

    Each says who brought which matter: behind a label, or, where all of them name somebody else, in words below.
    """
    labelled = [_line(at, line) for at, line in enumerate(lines)]
    found = [one for one in labelled if one is not None]
    first = next((one for one in found if one.field is not None), None)
    if first is None:
        return []
    begins = [one.at for one in found if one.field == first.field]
    records = _records(begins, found, len(lines))
    if not all(_MATTER in fields and fields & _WHO for fields in ({one.field for one in record} for record in records)):
        begins = [one.at for one in found if one.label == first.label]
        begins = _begins_of_others(lines, begins, found) if len(begins) >= _FEWEST_RECORDS else []
        if len(begins) < _FEWEST_RECORDS or _is_dated_once(lines, begins):
            return []
    return _with_lines_above(lines, begins)


def _line(at: int, line: str) -> _Line | None:
    label, value = label_at(line)
    return _Line(at, label, field_of(label), value) if label else None


def _records(begins: Sequence[int], found: Sequence[_Line], end: int) -> list[Sequence[_Line]]:
    places = [one.at for one in found]
    cuts = [bisect_left(places, at) for at in [*begins, end]]
    return [found[a:b] for a, b in pairwise(cuts)]


def _begins_of_others(lines: Sequence[str], begins: Sequence[int], found: Sequence[_Line]) -> list[int]:
    """Where a record of somebody else begins; empty unless each names somebody, with a matter below its labels.

    One of the same name without another phone, and one that points back (我们两家也是), go on with the record above,
    and so does a list of his family.
    """
    kept: list[int] = []
    name, phones = "", set[str]()
    records = _records(begins, found, len(lines))
    for (start, end), record in zip(pairwise([*begins, len(lines)]), records, strict=True):
        head = [one for one in record if one.at < start + len(record) and one.field is not None]
        named = next((_BEHIND_NAME.split(one.value, maxsplit=1)[0] for one in head if one.field == _NAME), "")
        text = [lines[at].strip() for at in range(start, end) if not (is_labelled(lines[at]) or is_strokes(lines[at]))]
        is_told = len(head) >= _FEWEST_LABELS and sum(map(len, text)) >= _SHORTEST_TEXT
        if not is_told or not (is_name(named) or table_words().names_nobody(named)):
            return []
        said = {one.value for one in head if one.field == _PHONE}
        is_same = is_name(named) and named == name and (said <= phones or not phones)
        if kept and _is_of_family(lines, start, record, records[0]):
            break
        if kept and (is_same or _points_back(text)):
            continue
        kept.append(start)
        name, phones = named, said
    return kept


def _is_of_family(lines: Sequence[str], start: int, record: Sequence[_Line], first: Sequence[_Line]) -> bool:
    """True below a line with 家庭成员, or where the record tells how one is related and the first does not."""
    words = letter_words()
    above = next((line for line in reversed(lines[max(start - _MOST_BLANK, 0) : start]) if line.strip()), "")
    own = {one.label for one in first}
    is_head = len(above.strip()) <= _LONGEST_OF_HEADS and any(word in above for word in words.family_heads)
    return is_head or any(word in one.label for one in record for word in words.kin_labels if one.label not in own)


def _points_back(text: Sequence[str]) -> bool:
    """True where the words begin with what stands above: 以上情况我也可以作证."""
    first = next(filter(None, text), "")
    return first.startswith(letter_words().pointing_back)


def _is_dated_once(lines: Sequence[str], begins: Sequence[int]) -> bool:
    """True where only the last of the records has a day: several petition together and date it below."""
    dated = [any(map(_says_day, lines[start:end])) for start, end in pairwise([*begins, len(lines)])]
    return dated[-1] and not any(dated[:-1])


def _says_day(line: str) -> bool:
    return is_dated_line(line) or field_of(label_at(line)[0]) == _DAY


def _with_lines_above(lines: Sequence[str], begins: Sequence[int]) -> list[int]:
    """The beginnings with what stands right above: 第二封, or a label that nobody knows above every one of them."""
    places = list(begins)
    while len(places) > 1 and places[0] and all(place - 1 > start for start, place in pairwise(places)):
        above = {label_at(lines[place - 1])[0] for place in places}
        if len(above) > 1 or "" in above:
            break
        places = [place - 1 for place in places]
    return [places[0], *(_with_count(lines, place) for place in places[1:])]


def _with_count(lines: Sequence[str], place: int) -> int:
    """The line above that only counts, also over a blank line, or `place` itself."""
    above = next((at for at in range(place - 1, max(place - 3, -1), -1) if lines[at].strip()), place)
    return above if above < place and _COUNTED.fullmatch(lines[above]) else place
