"""A bounded memory of the petition numbers of one delivered file."""

import hashlib
from collections import OrderedDict

_MOST = 50_000
"""Numbers that are remembered, about 10 MB; storage knows every number whatever the file's length."""


class SeenNumbers:
    """Where a number was seen last, and with which document."""

    def __init__(self) -> None:
        """Nothing seen."""
        self._seen: OrderedDict[bytes, tuple[str, int, str]] = OrderedDict()

    def note(self, source: str, number: str, *, place: str, row: int, document: str) -> tuple[str, int] | None:
        """Remember the number; the sheet and row where it stood before with another document, None when nowhere."""
        key = hashlib.sha256(f"{source}\x1f{number}".encode()).digest()[:8]
        earlier = self._seen.get(key)
        self._seen[key] = (place, row, document)
        if len(self._seen) > _MOST:
            self._seen.popitem(last=False)
        return None if earlier is None or earlier[2] == document else earlier[:2]
