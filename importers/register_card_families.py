"""The table of the family directly below a household's card in a document: it belongs to the card."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from domain.household import Relation
from importers.formats.family_table import header_and_members
from importers.formats.form_labels import is_of_a_household
from importers.formats.forms import LARGEST_FORM
from importers.formats.parts import Form, Part, Row, Table
from importers.header_vocabulary import load_layouts, plain
from importers.register_row_checks import bare
from importers.register_words import register_words

_PERSONS = "household_register"


def with_families(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, a card without a family and the table of one right below it as one card."""
    card: Form | None = None
    for part in parts:
        if card is not None and isinstance(part, Table) and part.part == card.part:
            head = list(islice((row for row in part.rows if not row.is_blank), LARGEST_FORM + 1))
            family = header_and_members(head) if len(head) <= LARGEST_FORM else ()
            if family and _is_of(card, family):
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


def _is_of(card: Form, family: tuple[Row, ...]) -> bool:
    """False for a family with another head than the card's."""
    fields = load_layouts()[_PERSONS].fields
    heads = set(map(plain, fields["head_name"]))
    own = {bare(field.text) for label, field in card.fields.items() if plain(label) in heads}
    header = [plain(str(cell)) for cell in family[0].cells]
    names = [at for at, text in enumerate(header) if text in set(map(plain, fields["name"]))]
    told = {
        bare(str(row.cells[at]))
        for row in family[1:]
        for at in names
        if at < len(row.cells) and any(register_words().relation(str(cell)) is Relation.HEAD for cell in row.cells)
    }
    return bool(own) and told <= own
