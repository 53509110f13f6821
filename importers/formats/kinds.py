"""What a member is, by its content; the ending only breaks ties."""

from enum import Enum, auto

from importers.formats.source import Source


class Kind(Enum):
    """One for each reader."""

    WORKBOOK = auto()
    TEXT = auto()


def kind_of(source: Source) -> Kind:
    """The kind of the member."""
    head = source.head(8)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return Kind.WORKBOOK
    return Kind.TEXT
