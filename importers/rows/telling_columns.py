"""Which columns of a table tell which part of a record."""

from collections.abc import Collection, Mapping

from importers.headers.header import Header

_FIELDS: Mapping[str, Collection[str]] = {
    "number": ("number",),
    "name": ("name",),
    "phone": ("phone",),
    "id_number": ("id_number",),
    "address": ("address", "village", "town", "group", "natural_village"),
    "published_at": ("occurred_on", "year", "month", "day"),
    "title": ("title",),
    "text": ("summary",),
    "category": ("category",),
    "purpose": ("purpose",),
}
"""By the part's own name in a record the fields of a header."""


def columns_that_tell(header: Header) -> Mapping[str, Collection[str]]:
    """The parts that the table has columns for, with the names under which a row's cells are delivered."""
    found: dict[str, Collection[str]] = {}
    for part, fields in _FIELDS.items():
        places = {at for field in fields for at in header.places.get(field, ()) if at in header.names}
        if places:
            found[part] = frozenset(header.names[at] for at in places)
    return found
