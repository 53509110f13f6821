"""Where a row stands, as receipts name it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.masking import mask_text
from domain.receipt import RowProblem

_SHOWN = 40
"""Characters of a value that a receipt shows."""
_SHOWN_HEADER = 12
_LONGEST_HEADER = 100
_NO_HEADER = re.compile(r"[\u3002\uff1b\uff01\uff1f]|[0-9\uff10-\uff19]{5}|[0-9]{4}[-/.][0-9]")
"""The end of a sentence, a number, a day."""
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


def may_be_headers(texts: Iterable[str]) -> bool:
    """False for a row with running text or numbers: a table without a header has one where it would stand."""
    return all(len(text) <= _LONGEST_HEADER and _NO_HEADER.search(text) is None for text in texts)


def shown_headers(texts: Iterable[str]) -> str:
    """What stands where a header would, for a message; persons stand there in a table without one."""
    return "、".join(mask_text(text[:_READ])[:_SHOWN_HEADER] for text in texts)
