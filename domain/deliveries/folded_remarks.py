"""Remarks that say the same of many rows, as one with its rows: so that a person sees the others too."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.deliveries.receipt import RowProblem

_NAMED = 12
"""Rows that are named; of more the number is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedRemark:
    """One remark about one column of one sheet."""

    sheet: str
    column: str | None
    reason: str
    value: str
    """Of the first row, masked."""
    rows: tuple[int, ...]
    """In the file's order, each once."""

    @property
    def named(self) -> str:
        """The rows: 3, or 3、5、9, or of many the first ones and how many there are."""
        named = "、".join(map(str, self.rows[:_NAMED]))
        return named if len(self.rows) <= _NAMED else f"{named}等{len(self.rows)}行"

    @property
    def where(self) -> str:
        """The rows in words: 第3行, 第3、5、9行."""
        return f"第{self.named}" if len(self.rows) > _NAMED else f"第{self.named}行"

    @property
    def shown(self) -> str:
        """The value, and that there are others."""
        return f"{self.value} 等" if self.value and len(self.rows) > 1 else self.value


def folded(problems: Iterable[RowProblem]) -> list[FoldedRemark]:
    """One remark for each sheet, column and reason, in the order in which each was said first."""
    found: dict[tuple[str, str | None, str], tuple[str, dict[int, None]]] = {}
    for one in problems:
        _, rows = found.setdefault((one.sheet, one.column, one.reason), (one.value, {}))
        rows[one.row] = None
    return [
        FoldedRemark(sheet=sheet, column=column, reason=reason, value=value, rows=tuple(rows))
        for (sheet, column, reason), (value, rows) in found.items()
    ]
