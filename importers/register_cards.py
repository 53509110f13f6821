"""Cards of households, one filled in for each: read as the row of a ledger that names the head alone."""

from importers.formats.parts import Form, Row, Table


def table_of_card(card: Form) -> Table:
    """The card as a table of one row below its labels; what else the household has is not told by a card."""
    labels = Row(0, tuple(card.fields))
    values = Row(1, tuple(field.text for field in card.fields.values()))
    return Table(card.part, card.sheet, iter((labels, values)), card.hidden)
