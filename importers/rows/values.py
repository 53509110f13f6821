"""The values of one row by field: the first filled column of each field, what repeats the row above, what is merged."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from importers.formats.pages.radicals import with_unified_characters
from importers.formats.parts import Cell, Row
from importers.headers.header import Header
from importers.rows.own_names import own_name, persons_of
from importers.rows.petitioner_names import is_group
from importers.values.cells import damage_of, text_of
from importers.values.leftover_markup import without_markup
from importers.words.letter_words import is_name, is_surname, letter_words
from importers.words.table_words import table_words

_LINES = re.compile("_x000[dD]_|\r\n?|\u2028|\u2029")
_LINES_OF_A_WORKBOOK = "_x000"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\u200b]")
_WHOLE_MATTER = ("number", "occurred_on", "title", "summary", "purpose", "category")
"""What rows of several persons of one matter have in common."""
_NEEDED = frozenset({*_WHOLE_MATTER, "year", "month", "day"})
"""Fields of which a row must not say that they are those of the row above where that has none."""
_MATTER = ("summary", "title")
_NAMELESS = ("phone", "id_number")
_TEXTS = frozenset({"name", "address", "title", "summary"})
_FIRST_CLAUSE = re.compile(r"([^,\uff0c。;\uff1b:\uff1a、\n]{2,8})[,\uff0c。;\uff1b:\uff1a、\n](.*)", re.DOTALL)
_BEFORE_BRACKET = re.compile(r"([^()\uff08\uff09]{1,8})[(\uff08]([^()\uff08\uff09]+)[)\uff09][\u3002.]?")
"""同上（第二封）"""
_WHOLE = re.compile(r"(?<=\d)\.0$")
"""What programs of tables put behind a number: 20260002.0."""
_CLOCK = re.compile(r"\d{1,2}[:\uff1a时点]\d{0,2}(?:[:\uff1a分]\d{0,2}秒?)?")
_WITH_A_CLOCK = re.compile("[:\uff1a时点]")
_OCCASION = re.compile(r"\s*(?:日期|时间|时刻|日|时)$")
"""The end of a header of days or clocks; what stands before it says of what."""
_BRACKET = re.compile(r"[(\uff08\[【]")
_SINGLE = re.compile(r"\w(?:\s+\w)+")


class NothingAbove(Exception):
    """A cell repeats the row above, and there is none; carries the field."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class RowValues:
    """One row as fields."""

    row: int
    cells: Mapping[str, Cell]
    """Field to cell, what repeats the row above filled in; the matter is what all of its columns say."""
    by_column: Mapping[int, Cell]
    """The same column by column, for the row below that repeats this one."""
    texts: Mapping[str, str]
    same_matter: bool = False
    """True when the row only adds a person to the matter of the row above."""
    continued: str = ""
    """Where the matter goes on behind 同上: what was written there."""
    of_name: str = ""
    """What is to be said of a name that another column told, or that nobody tells."""
    persons: Mapping[int, str] | None = None
    """Whom columns name that tell who 本人 is."""

    @property
    def person(self) -> str:
        """What tells the row's person from another: the name, else phone and ID number; "" when nothing does.

        Phones and ID numbers beside a name come damaged and are mended later; the person stays the same.
        """
        return self.texts.get("name", "") or "\x1f".join(self.texts.get(field, "") for field in _NAMELESS).strip("\x1f")

    @property
    def matter(self) -> tuple[str, str]:
        """Title and text."""
        return self.texts.get("title", ""), self.texts.get("summary", "")


def read_values(
    row: Row, filled: Mapping[int, str], header: Header, above: RowValues | None, covered: Collection[int] = ()
) -> RowValues:
    """The row's values; `filled` are the texts of its cells by column, `above` is the record read last.

    `covered` are the columns whose cells are merged with the row above and say what it says.

    Raises:
        NothingAbove: a cell says 同上 where nothing stands above.
    """
    by_column: dict[int, Cell] = {}
    repeated: set[str] = set()
    continued = ""
    for field, places in header.places.items():
        for index in places:
            if index not in filled:
                continue
            text = filled[index]
            if field == "phone" and _means_own_phone(text, places, filled, header, above):
                continue
            if table_words().is_ditto(text):
                by_column[index] = _repeated(field, index, header, above)
                repeated.add(field)
            elif field == "summary" and (more := _behind_ditto(text)):
                by_column[index] = f"{_repeated(field, index, header, above)}\n{more}"
                continued = text
            else:
                by_column[index] = row.cells[index]
                repeated |= {field} if index in covered else set()
    cells = _of_fields(header, by_column)
    near = above is not None and (row.number == above.row + 1 or bool(covered))
    same = near and _adds_a_person(header, cells, repeated)
    if same and above is not None:
        cells = {field: cell for field, cell in above.cells.items() if field in _WHOLE_MATTER} | cells
    texts = {field: normal_text(field, text_of(cell)) for field, cell in cells.items()}
    if table_words().says_no_number(texts.get("number", "")):
        texts.pop("number", None)
    name = texts.get("name", "")
    if table_words().names_nobody(name) or is_group(name):
        texts.pop("name", None)
    persons = (above.persons or {}) if above is not None else {}
    own = own_name(name, header, filled, persons)
    if own is not None:
        texts["name"] = own.name
    return RowValues(
        row.number,
        cells,
        by_column,
        texts,
        same,
        continued,
        own.remark if own else "",
        persons_of(header, filled, persons),
    )


def day_of(values: RowValues) -> Cell:
    """The row's day: its own cell, or year, month and day of three columns; empty where it has none."""
    parts = [text_of(values.cells[field]) for field in ("year", "month", "day") if field in values.cells]
    written = "-".join(part.rstrip("年月日号") for part in parts) if len(parts) == len(("year", "month", "day")) else ""
    return values.cells.get("occurred_on", written)


def _repeated(field: str, index: int, header: Header, above: RowValues | None) -> Cell:
    """What the cell above says; that of another column of the field where the cell above is empty.

    An address or a phone that nobody wrote above is empty here too; a matter or a day is not.
    """
    if above is not None:
        for place in (index, *header.places[field]):
            if above.by_column.get(place, "") != "":
                return above.by_column[place]
        if field in above.cells:
            return above.cells[field]
        if field not in _NEEDED:
            return ""
    raise NothingAbove(field)


def _behind_ditto(text: str) -> str:
    """What stands behind 同上 and a comma, or in a bracket; "" where the text does not begin so."""
    found = _BEFORE_BRACKET.fullmatch(text.strip()) or _FIRST_CLAUSE.match(text)
    more = found[2].strip() if found else ""
    return more if found and table_words().is_ditto(found[1]) else ""


def _of_fields(header: Header, by_column: Mapping[int, Cell]) -> dict[str, Cell]:
    """The first filled column of each field; of the matter all columns, none of which is to be lost."""
    cells: dict[str, Cell] = {}
    for field, places in header.places.items():
        found = [by_column[index] for index in places if index in by_column]
        if field == "summary" and len(found) > 1:
            cells[field] = _together([by_column[index] for index in sorted(places) if index in by_column])
        elif field == "occurred_on" and len(found) > 1:
            cells[field] = _day_and_clock(header, by_column)
        elif field == "phone" and len(found) > 1:
            cells[field] = _first_number(found)
        elif found:
            cells[field] = found[0]
    return cells


def _first_number(found: Sequence[Cell]) -> Cell:
    """The first cell with a number, behind those that only say that there is no other: -, 无, 同来电号码, 本机."""
    return next((cell for cell in found if _has_number(text_of(cell))), found[0])


def _has_number(text: str) -> bool:
    return any(map(str.isdecimal, text)) and not table_words().says_no_number(text)


def _means_own_phone(
    text: str, places: Sequence[int], filled: Mapping[int, str], header: Header, above: RowValues | None
) -> bool:
    """True for 同上 as the further phone of somebody else than above, whose own stands in another column of the row.

    Who is not named is somebody else where his own phone is another.
    """
    own = {index: filled[index] for index in places if _has_number(filled.get(index, ""))}
    if not table_words().is_ditto(text) or not own:
        return False
    name = filled.get(header.columns.get("name", -1), "")
    if not name:
        return above is None or any(text_of(above.by_column.get(index, "")) != number for index, number in own.items())
    another = above is None or name != above.texts.get("name", "")
    return another and not table_words().is_ditto(name)


def _day_and_clock(header: Header, by_column: Mapping[int, Cell]) -> Cell:
    """The first column with a day, and the clock of the column that is headed like it: 来电日期 and 来电时间."""
    places = [index for index in header.places["occurred_on"] if index in by_column]
    day = next((index for index in places if not _is_clock(by_column[index])), places[0])
    written = text_of(by_column[day])
    clock = next((index for index in places if index != day and _is_clock(by_column[index])), None)
    if clock is None or _WITH_A_CLOCK.search(written) or written.isdecimal():
        return by_column[day]
    if _OCCASION.sub("", header.texts[day]) != _OCCASION.sub("", header.texts[clock]):
        return by_column[day]
    return f"{written} {text_of(by_column[clock])}"


def _is_clock(cell: Cell) -> bool:
    """True for 9:30, beside which another column has the day."""
    return isinstance(cell, time | timedelta) or (isinstance(cell, str) and _CLOCK.fullmatch(cell.strip()) is not None)


def _together(cells: Sequence[Cell]) -> str:
    """The texts in the order of the columns, none that another one says too; one that is destroyed stands for all."""
    texts = list(dict.fromkeys(text_of(cell) for cell in cells))
    destroyed = next((text for text in texts if damage_of(text)), "")
    kept = [text for text in texts if not any(text in other for other in texts if other != text)]
    return destroyed or "\n".join(kept)


def normal_text(field: str, text: str) -> str:
    """The text without what only the file's format put there."""
    # Most cells hold nothing of the kind, and a million rows have ten million cells.
    is_plain = text.isprintable() and _LINES_OF_A_WORKBOOK not in text
    clean = text.strip() if is_plain else _CONTROL.sub("", _LINES.sub("\n", text)).strip()
    if field == "number":
        return _WHOLE.sub("", "".join(unicodedata.normalize("NFKC", clean).split()))
    if field in _TEXTS:
        shown = without_markup(with_unified_characters(clean))
        # Entities hold what was taken out of the text itself: &#8238; turns its writing round.
        clean = clean if shown == clean else _CONTROL.sub("", shown).strip()
    if field == "name":
        return _without_blanks_in_name(" ".join(clean.split()))
    return clean


def _without_blanks_in_name(text: str) -> str:
    """高润生（五保） for 高 润 生（五保）; the text as it is where a blank may part two persons."""
    name = text[: found.start()] if (found := _BRACKET.search(text)) else text
    parts = name.split()
    is_one = _SINGLE.fullmatch(name.strip()) or _is_one_name(parts)
    return "".join(parts) + text[len(name.rstrip()) :] if is_one else text


def _is_one_name(parts: Sequence[str]) -> bool:
    """True for 高 憨憨, 欧阳 建国 and 高润 生: neither a surname alone nor the end of a name is a second person's."""
    match parts:
        case [surname, given] if is_surname(surname):
            return is_name(surname + given)
        case [begun, *ends] if ends and all(len(end) == 1 for end in ends):
            return ends[-1] not in letter_words().behind_names and is_name(begun + "".join(ends))
        case _:
            return False


def mark_of(*texts: str) -> str:
    """A short hash of the texts."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:24]


def _adds_a_person(header: Header, cells: Mapping[str, Cell], repeated: Collection[str]) -> bool:
    """True when a person is named and every cell that tells the matter repeats the row above or is empty.

    An empty matter may as well be forgotten: only 同上 or a merged cell says that it is shared.
    """
    told = [field for field in _WHOLE_MATTER if field in header.columns and field in cells]
    if "name" not in cells or "name" in repeated or any(field not in repeated for field in told):
        return False
    return any(field in repeated for field in _MATTER)
