"""A bounded memory of the petition numbers of one delivered file."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

_MOST = 50_000
"""Numbers that are remembered, about 15 MB; storage knows every number whatever the file's length."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """Where a number stood, and what its row said."""

    place: str
    row: int
    document: str
    name: str
    """The petitioner's name as a mark, "" where none was written."""
    matter: str
    """Title and text as a mark."""

    def is_of_another(self, name: str) -> bool:
        """True when both rows name a petitioner, and not the same."""
        return bool(self.name and name) and self.name != name


class SeenNumbers:
    """What stood last with a number."""

    def __init__(self) -> None:
        """Nothing seen."""
        self._seen: OrderedDict[bytes, SeenRow] = OrderedDict()

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


def _key(source: str, number: str) -> bytes:
    return hashlib.sha256(f"{source}\x1f{number}".encode()).digest()[:8]
