"""Where a row stands, as receipts name it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.deliveries.receipt import RowProblem
from domain.privacy.masking import mask_text

_SHOWN = 40
"""Characters of a value that a receipt shows."""
_SHOWN_HEADER = 12
_FEW = 8
"""Texts that are told as headers; a row of more says nothing more to whoever typed it."""
_NO_HEADER = re.compile(r"[\d*,\uff0c\u3002;\uff1b]")
_READ = 200
"""Characters that are masked before the value is cut, so that no number is cut before it is known as one."""


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A sheet of a delivered file, or of a member of a delivered archive."""

    part: str
    sheet: str

    @property
    def label(self) -> str:
        """`台账`, inside an archive `member.xlsx/台账` or `member.csv`; empty for a file without sheets."""
        return "/".join(name for name in (self.part, self.sheet) if name)

    def problem(self, row: int, column: str | None, reason: str, value: str) -> RowProblem:
        """What is wrong in a row, its value shortened and masked; the keys of JSON (row 0) are shown as row 1."""
        shown = mask_text(value[:_READ])[:_SHOWN]
        return RowProblem(sheet=self.label, row=max(row, 1), column=column, reason=reason, value=shown)


def shown_headers(texts: Iterable[str]) -> str:
    """What stands where a header would, for a message; persons stand there in a table without one."""
    return "、".join(mask_text(text[:_READ])[:_SHOWN_HEADER] for text in texts)


def told_headers(texts: Sequence[str]) -> str:
    """The headers seen, for the end of a sentence; "" where running text or a number stands there: no header does."""
    if not all(0 < len(text) < _SHOWN_HEADER and text.isprintable() and not _NO_HEADER.search(text) for text in texts):
        return ""
    return f", 看到的表头是: {shown_headers(texts[:_FEW])}" if texts else ""
