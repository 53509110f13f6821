"""A changed row of a receipt as a version of the record that was made of it: what its cells do not tell stays."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise

from domain.texts.document import Petitioner, RawDocument, document_id
from importers.values.identifiers import is_scientific
from pipeline.deliveries.letter_cells import ADDRESS, DAY, ID_NUMBER, NAME, PHONE, TEXT, TITLE
from pipeline.deliveries.untouched_parts import NUMBER, mixed_ditto, untouched_parts
from pipeline.deliveries.written_cells import delivered_cells, plain_cell
from pipeline.text_cells import CHARACTERS_OF_A_CELL

_CUT = "回执里只有这一格的前一部分, 没有改动; 要改请在原文件里改好后重新提交"
_MIXED = "这一格的「同上」和改过的一格合起来才是内容, 没有改动; 要改请把「同上」改成写全的内容后重新提交"
_EMPTY = "内容删空了, 没有改动; 要改请把内容写在这一格里后重新提交"
_TELLING = 10
"""Characters from which on a cell that stands in a matter is part of it; a name or phone stands there by chance."""
_SAME_MATTER = 0.5
"""Of the pairs of characters of a matter so many stay where somebody mends it."""


def amended(
    raw: RawDocument, earlier: RawDocument, given: Mapping[str, str], told_in: Mapping[str, Collection[str]]
) -> RawDocument:
    """The changed row, read as `raw`, as a version of the earlier record; the workbook held its cells as `given`.

    A letter is read by its columns alone: what was not touched in them stays as it was read of the letter. Of any other
    row what stood beside its cells stays: a letter below a form, a day above it; and what its untouched cells told.
    """
    said = _row(raw, earlier, given, told_in) if earlier.fields else _letter(raw, earlier, given)
    # Another number than the record's own makes another petition of the row: see `is_another`.
    gains_number = bool(raw.number) and not earlier.number
    key = raw.external_key if gains_number else earlier.external_key
    mark = f"{earlier.external_key}\x1f{key}" if gains_number else key
    return replace(
        said,
        id=document_id(earlier.source, mark, said.title, said.text),
        channel=earlier.channel,
        source=earlier.source,
        external_key=key,
        unnumbered_key=raw.unnumbered_key if earlier.fields and not earlier.has_no_number else "",
        corrects_key=earlier.external_key if gains_number else "",
        url=earlier.url,
        origin=earlier.origin,
        region=earlier.region,
    )


def unreadable_cell(
    earlier: RawDocument,
    given: Mapping[str, str],
    cells: Mapping[str, str],
    told_in: Mapping[str, Collection[str]],
) -> tuple[str, str] | None:
    """The first changed cell that cannot be taken for what it was, by its header, and why; None where there is none."""
    changed = _changed(given, cells)
    if earlier.fields and (ditto := mixed_ditto(told_in, cells, changed)) is not None:
        return ditto, _MIXED
    for name in sorted(changed):
        if len(given.get(name, "")) > CHARACTERS_OF_A_CELL:
            return name, _CUT
        if name == TEXT and not earlier.fields and not plain_cell(cells.get(name, "")):
            return name, _EMPTY
    return None


def is_another(raw: RawDocument, version: RawDocument, earlier: RawDocument) -> bool:
    """True where the row is another petition than the earlier record, written over it or sorted under its mark.

    `raw` is the row as it was read. What looks like two is two: one that is lost nobody finds again.
    """
    if raw.number and earlier.number and not _is_one_number(raw.number, earlier.number):
        # What is kept under a number stays there: whoever got that number next would correct it.
        return True
    was, now = earlier.petitioner, version.petitioner
    is_known = any(one and one == other for one, other in ((was.phone, now.phone), (was.id_number, now.id_number)))
    other_name = now.name != was.name
    if earlier.fields and was.name and now.name and other_name and not is_known:
        # Offices write the matters of many in the same words: a name alone is mended, a person is another.
        told = (raw.number or earlier.number, version.text, version.published_at, now.phone, now.id_number)
        if told != (earlier.number, earlier.text, earlier.published_at, was.phone, was.id_number):
            return True
    other_number = not _is_one_number(raw.number, earlier.number) and (bool(earlier.fields) or raw.number != "")
    other_day = version.published_at != earlier.published_at
    if not (other_name or other_number or other_day) and (was.name or is_known):
        return False
    before, after = _pairs(f"{earlier.title}\n{earlier.text}"), _pairs(f"{version.title}\n{version.text}")
    return len(before & after) < _SAME_MATTER * min(len(before), len(after))


def with_number_of(
    raw: RawDocument, earlier: RawDocument, given: Mapping[str, str], told_in: Mapping[str, Collection[str]]
) -> RawDocument:
    """The row under the number of the record where nobody touched it: 同上 may stand below another number by now."""
    cells = delivered_cells(raw.fields)
    changed = mended_cells(given, cells)
    is_added_since = not raw.number and not any(one in changed for one in told_in.get(NUMBER, ()))
    if not earlier.fields or not (is_added_since or NUMBER in untouched_parts(told_in, raw, changed)):
        return raw
    return replace(raw, external_key=earlier.external_key, unnumbered_key=earlier.unnumbered_key)


def _is_one_number(one: str, other: str) -> bool:
    """True for equal numbers, also where a table program took the zeros from one's beginning."""
    shorn = one.isdecimal() and other.isdecimal() and one.lstrip("0") == other.lstrip("0")
    return one == other or shorn


def says_the_same(raw: RawDocument, earlier: RawDocument) -> bool:
    """True where nothing that a version may change is changed."""
    return _content(raw) == _content(earlier) and raw.number == earlier.number


def _letter(raw: RawDocument, earlier: RawDocument, given: Mapping[str, str]) -> RawDocument:
    changed = mended_cells(given, raw.fields)
    now = {column: (raw if column in changed else earlier) for column in (NAME, PHONE, ID_NUMBER, ADDRESS)}
    petitioner = Petitioner(
        name=now[NAME].petitioner.name,
        phone=now[PHONE].petitioner.phone,
        id_number=now[ID_NUMBER].petitioner.id_number,
        address=now[ADDRESS].petitioner.address,
    )
    return replace(
        raw,
        title=raw.title if TITLE in changed else earlier.title,
        text=raw.text if TEXT in changed else earlier.text,
        published_at=raw.published_at if DAY in changed else earlier.published_at,
        petitioner=petitioner,
        category=raw.category or earlier.category,
        purpose=raw.purpose or earlier.purpose,
        fields={},
    )


def _row(
    raw: RawDocument, earlier: RawDocument, given: Mapping[str, str], told_in: Mapping[str, Collection[str]]
) -> RawDocument:
    cells = delivered_cells(raw.fields)
    changed = mended_cells(given, cells)
    stays = untouched_parts(told_in, raw, changed)
    touched = {plain_cell(text) for name in changed for text in (given.get(name, ""), cells.get(name, ""))} - {""}

    def told(part: str, now: str, before: str) -> str:
        return before if part in stays else _told(now, before, touched)

    was, now = earlier.petitioner, raw.petitioner
    petitioner = Petitioner(
        name=told("name", now.name, was.name),
        phone=told("phone", now.phone, was.phone),
        id_number=told("id_number", now.id_number, was.id_number),
        address=told("address", now.address, was.address),
    )
    return replace(
        raw,
        title=earlier.title if "title" in stays else raw.title,
        text=earlier.text if "text" in stays else _matter(raw.text, earlier.text, touched),
        published_at=(None if "published_at" in stays else raw.published_at) or earlier.published_at,
        petitioner=petitioner,
        category=told("category", raw.category, earlier.category),
        purpose=told("purpose", raw.purpose, earlier.purpose),
        fields={
            name: _whole(text, earlier.fields.get(name, "")) if name in changed else earlier.fields.get(name, text)
            for name, text in cells.items()
        },
    )


def _whole(now: str, before: str) -> str:
    """The cell now; as it was delivered before where a workbook could not hold all of it."""
    return before if plain_cell(now) == plain_cell(before) else now


def _told(now: str, before: str, touched: Collection[str]) -> str:
    """What the row says now; what it said before where it says nothing and none of the touched cells told it."""
    return now or ("" if any(plain_cell(before) in one for one in touched) else before)


def _matter(now: str, before: str, touched: Collection[str]) -> str:
    """The matter now; the one before where that says more than the row's cells do, none of which was touched."""
    short, long = plain_cell(now), "".join(before.split())
    parts = (one for one in touched if len(one) >= _TELLING or one == short)
    return now if short not in long or any(one in long or one in short for one in parts) else before


def mended_cells(given: Mapping[str, str], cells: Mapping[str, str]) -> set[str]:
    """The changed cells without those whose number a table program wrote short: nobody mended these."""
    return {one for one in _changed(given, cells) if not is_scientific(cells.get(one, ""))}


def _changed(given: Mapping[str, str], cells: Mapping[str, str]) -> set[str]:
    now = delivered_cells(cells)
    return {one for one in given.keys() | now.keys() if plain_cell(given.get(one, "")) != plain_cell(now.get(one, ""))}


def _content(raw: RawDocument) -> tuple[object, ...]:
    return raw.title, raw.text, raw.published_at, raw.petitioner, raw.category, raw.purpose


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise("".join(text.split())))
