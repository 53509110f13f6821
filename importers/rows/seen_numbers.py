"""A bounded memory of the petition numbers of one delivered file."""

from collections import OrderedDict
from dataclasses import dataclass

_MOST = 50_000
"""Numbers that are remembered, about 22 MB; storage knows every number whatever the file's length."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """Where a number stood, and what its row said."""

    place: str
    row: int
    document: str
    name: int | None
    """Hash of the petitioner's name, None where none was written: the texts themselves would fill the memory."""
    matter: int
    """Hash of title and text."""

    def is_of_another(self, name: str) -> bool:
        """True when both rows name a petitioner, and not the same."""
        return self.name is not None and bool(name) and self.name != hash(name)


class SeenNumbers:
    """What stood last with a number."""

    def __init__(self) -> None:
        """Nothing seen."""
        self._seen: OrderedDict[int, SeenRow] = OrderedDict()

    def find(self, source: str, number: str) -> SeenRow | None:
        """The row in which the number stood last, None when it is new or long ago."""
        return self._seen.get(_key(source, number))

    def note(self, source: str, number: str, seen: SeenRow) -> SeenRow | None:
        """Remember the row; the one in which the number stood before with another document, None when there is none."""
        key = _key(source, number)
        earlier = self._seen.get(key)
        self._seen[key] = seen
        if len(self._seen) > _MOST:
            self._seen.popitem(last=False)
        return None if earlier is None or earlier.document == seen.document else earlier


def _key(source: str, number: str) -> int:
    return hash((source, number))
