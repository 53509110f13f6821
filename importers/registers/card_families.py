"""The table of the family directly below a household's card in a document: it belongs to the card."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from domain.register.household import Relation
from importers.formats.forms.family_table import header_and_members, is_relation
from importers.formats.forms.form_labels import is_of_a_household
from importers.formats.forms.forms import LARGEST_FORM
from importers.formats.parts import Form, Part, Row, Table
from importers.headers.register_layouts import PERSONS, register_layouts
from importers.headers.vocabulary import plain
from importers.registers.row_checks import bare
from importers.words.register_words import register_words


def with_families(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, a card without a family and the table of one right below it as one card."""
    card: Form | None = None
    for part in parts:
        if card is not None and isinstance(part, Table) and part.part == card.part:
            head = list(islice((row for row in part.rows if not row.is_blank), LARGEST_FORM + 1))
            family = header_and_members(head) if len(head) <= LARGEST_FORM else ()
            if family and _is_of(card, part, family):
                yield replace(card, family=family)
                card = None
                continue
            part = replace(part, rows=chain(head, part.rows))
        if card is not None:
            yield card
        card = part if isinstance(part, Form) and not part.family and is_of_a_household(part.fields) else None
        if card is None:
            yield part
    if card is not None:
        yield card


def _is_of(card: Form, table: Table, family: tuple[Row, ...]) -> bool:
    """True for a family on the card's own sheet that names a head, who is the card's, by his ID number too."""
    if card.sheet and card.sheet != table.sheet:
        return False
    own = _said_of(card, "head_name")
    header = [plain(str(cell)) for cell in family[0].cells]
    relations = [at for at, text in enumerate(header) if is_relation(text)]
    heads = [row for row in family[1:] if any(_is_head(cell) for cell in _cells(row, relations))]
    names = {bare(cell) for row in heads for cell in _cells(row, _columns(header, "name"))}
    numbers = {cell for row in heads for cell in _cells(row, _columns(header, "id_number"))}
    of_card = _said_of(card, "head_id_number") or _said_of(card, "id_number")
    return bool(names) and names == own and not (numbers and of_card and numbers.isdisjoint(of_card))


def _said_of(card: Form, field: str) -> set[str]:
    known = _texts_of(field)
    return {bare(one.text) for label, one in card.fields.items() if plain(label) in known and one.text.strip()}


def _columns(header: Sequence[str], field: str) -> list[int]:
    known = _texts_of(field)
    return [at for at, text in enumerate(header) if text in known]


def _texts_of(field: str) -> set[str]:
    return set(map(plain, register_layouts()[PERSONS].fields[field]))


def _cells(row: Row, columns: Sequence[int]) -> list[str]:
    found = ("".join(str(row.cells[at]).split()) for at in columns if at < len(row.cells))
    return [text for text in found if text]


def _is_head(cell: str) -> bool:
    return register_words().relation(cell) is Relation.HEAD
