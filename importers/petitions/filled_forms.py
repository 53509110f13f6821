"""A filled-in registration form as a petition, by the same rules as a row of a register."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from importers.entries import Accepted, Entry, Rejected, Warned
from importers.formats.parts import Form, Row
from importers.headers.finding import find_header
from importers.headers.header import Header
from importers.headers.petition_layouts import OFFICE_LAYOUTS, petition_layouts
from importers.headers.register_layouts import IS_REGISTER, is_register
from importers.headers.vocabulary import Layout, header_vocabulary
from importers.letters.labels import labelled_fields
from importers.petitions.form_surroundings import NO_DAY, DayBeside
from importers.rows.petitions import PetitionRows
from importers.rows.seen_numbers import SeenNumbers
from importers.rows.values import normal_text
from importers.table_place import TablePlace
from importers.table_remarks import HIDDEN_SHEET
from importers.values.cells import text_of
from importers.values.matters import says_nothing
from importers.words.letter_words import letter_words

_NO_MATTER = "登记表里没有找到「反映内容」这一栏, 没有导入; 请补上这一栏后重新提交, 或在网页「登记一件」里录入"

_OF_A_LIST = (
    "这一栏里写的是另一栏的表头, 像是一行一件的表被当成了登记表, 没有导入; "
    "请去掉表头里括号中的说明, 再重新提交, 或在网页「登记一件」里录入"
)
_WHOLE = ("name", "phone", "occurred_on")
"""What a form says for itself before a letter goes with it."""
_TELLING = ("number", "name", "occurred_on")
_WITH_ANNEX = "表后面的来信已接在内容后面一并接收; 是另一件的请单独提交"
_DAY_OF_ANOTHER = (
    "表里没有日期, 表外面的日期看不出是不是登记的日期, 没有采用, 已按收到的日子接收; "
    "是登记日期的请在它前面写上「登记日期：」后重新提交"
)
_MATTER = "summary"
_NUMBER = "编号"
"""The column under which a number above the table is kept with the record."""
_DAY = "登记日期"
"""The column under which a day beside such a number is kept where the table has none."""
DAY_BESIDE = "登记时间"
"""The column under which a day behind a label beside the table is kept; every kind of form knows it."""
_DAYS = frozenset({"occurred_on", "year", "month", "day"})
_FAMILY = "家庭成员情况"
"""The column under which the table of the family is kept with the record."""
_LONGEST_LINE = 60
"""Characters of a line beside a form that may say its number."""


def petitioner_of(form: Form) -> str | None:
    """Whom a form with a matter names; None where it leaves out the matter, the name, the phone or the day.

    A letter below it may be the only one to say these.
    """
    header, values = _as_table({label: field.text for label, field in form.fields.items()}, _layouts())
    if header is None or not all(_has(header, values, field) for field in (_MATTER, *_WHOLE)):
        return None
    return normal_text("name", str(values.cells[header.columns["name"]]))


def read_form(form: Form, annex: str = "", beside: DayBeside = NO_DAY, *, received_at: datetime) -> Iterator[Entry]:
    """The form as one petition in row 1; what was read from an image without certainty is named, label by label.

    `annex` is the petitioner's letter below it, which is added to the matter; `beside` the day around the only
    form of a document, which is its own where the table has none.
    """
    place = TablePlace(form.part, form.sheet)
    if form.hidden:
        yield Warned(place.problem(1, None, HIDDEN_SHEET, form.sheet))
    said = {label: field.text for label, field in form.fields.items()}
    if form.family:
        said[_FAMILY] = "\n".join(" ".join(str(cell) for cell in row.cells if cell) for row in form.family)
    layouts = _layouts()
    header, values = _as_table(said, layouts)
    if header is not None and "number" not in header.columns and (numbered := _number_beside(form)):
        is_dated = "occurred_on" in header.columns
        said = {_NUMBER: numbered.number, **({} if is_dated else numbered.day)} | said
        header, values = _as_table(said, layouts)
    former = ""
    if header is not None and beside.day and not _DAYS & header.columns.keys():
        former = _key_of(_rows(header, layouts, place, received_at).read(values))
        header, values = _as_table({DAY_BESIDE: beside.day} | said, layouts)
    elif header is not None and beside is not NO_DAY and not any(_has(header, values, field) for field in _DAYS):
        yield Warned(place.problem(1, None, _DAY_OF_ANOTHER, beside.day or beside.doubtful))
    if header is None:
        reason = IS_REGISTER if is_register([Row(0, tuple(said)), values]) else _NO_MATTER
        yield Rejected(place.problem(1, None, reason, "、".join(form.fields)))
        return
    misread = _header_as_value(header, values, layouts[header.layout])
    if misread is not None:
        yield Rejected(place.problem(1, header.texts[misread], _OF_A_LIST, text_of(values.cells[misread])))
        return
    for label, field in form.fields.items():
        if field.note:
            yield Warned(place.problem(1, label, field.note, field.text))
        elif field.text and field.confidence < letter_words().sure_reading:
            reason = (
                f"这一栏是从图上认出来的, 把握{field.confidence:.0%}, 已接收; 请对照原件核对, 认错的请改正后重新提交"
            )
            yield Warned(place.problem(1, label, reason, field.text))
    if annex:
        yield Warned(place.problem(1, header.text(_MATTER), _WITH_ANNEX, annex.split("\n", 1)[0]))
        values = _with_annex(values, header.columns[_MATTER], annex)
    for entry in _rows(header, layouts, place, received_at).read(values):
        yield _with_former_key(entry, former) if isinstance(entry, Accepted) else entry


def _rows(header: Header, layouts: Mapping[str, Layout], place: TablePlace, received_at: datetime) -> PetitionRows:
    layout = layouts[header.layout]
    return PetitionRows(header, layout, place, received_at=received_at, numbers=SeenNumbers(), alone=True)


def _key_of(entries: Iterable[Entry]) -> str:
    """The key of the only petition among the entries; "" without one."""
    return next((one.record.raw.external_key for one in entries if isinstance(one, Accepted)), "")


def _with_former_key(entry: Accepted, former: str) -> Accepted:
    """The petition known again by the key under which earlier releases, which saw no day beside it, kept it.

    A number identifies it in both.
    """
    raw = entry.record.raw
    return Accepted(replace(entry.record, raw=replace(raw, former_key=former))) if raw.has_no_number else entry


def _layouts() -> Mapping[str, Layout]:
    return {name: petition_layouts()[name] for name in OFFICE_LAYOUTS}


def _has(header: Header, values: Row, field: str) -> bool:
    return field in header.columns and bool(text_of(values.cells[header.columns[field]]))


def _with_annex(values: Row, column: int, annex: str) -> Row:
    """The values with the annex below the matter; instead of it where that only points there."""
    matter = str(values.cells[column])
    whole = annex if says_nothing(matter) else f"{matter}\n{annex}"
    return replace(values, cells=(*values.cells[:column], whole, *values.cells[column + 1 :]))


def _as_table(said: Mapping[str, str], layouts: Mapping[str, Layout]) -> tuple[Header | None, Row]:
    """The header that the labels are, None where it is one of no petition, and the row of values below it."""
    labels, values = Row(0, tuple(said)), Row(1, tuple(said.values()))
    return find_header([labels, values], layouts), values


def _header_as_value(header: Header, values: Row, layout: Layout) -> int | None:
    """The column of number, name or day whose value begins with the header of another field: 信访日期（年/月/日）.

    信访人 beside 姓名 is none of another field; a form that says it names nobody.
    """
    vocabulary = header_vocabulary(header.layout, layout)
    for field in _TELLING:
        for index in header.places.get(field, ()):
            first = text_of(values.cells[index]).partition("\n")[0]
            known = vocabulary.exact(first)
            if known is not None and known.field not in (None, field) and len(first) > 1:
                return index
    return None


class _Beside(NamedTuple):
    number: str
    day: Mapping[str, str]
    """The day under its column; empty where none stands in the same line or the next."""


def _number_beside(form: Form) -> _Beside | None:
    """The office's number where it stands outside the table: 编号：来访〔2026〕118号 above or below it."""
    within = {line for field in form.fields.values() for line in field.text.splitlines()}
    outside = [line for line in form.text.splitlines() if line not in within and len(line) <= _LONGEST_LINE]
    told = [labelled_fields(line).fields for line in outside]
    place = next((at for at, fields in enumerate(told) if fields.get("number")), None)
    if place is None:
        return None
    day = next((day for fields in told[place : place + 2] if (day := fields.get("occurred_on"))), "")
    return _Beside(told[place]["number"], {_DAY: day} if day else {})
