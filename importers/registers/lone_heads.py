"""Heads below whose row others of the family were refused: nobody may take them for the whole household."""

from collections.abc import Mapping

from domain.register.household import Relation
from importers.words.register_words import register_words

LEFT_ALONE = "这一户只收到这一行, 下面没有户编号的行已退回, 家里可能还有人没有收, 请补填户编号后重新提交"


class LoneHeads:
    """Looks at one row after the other."""

    def __init__(self) -> None:
        """None yet."""
        self._row = 0
        self._number = ""

    def accepted(self, row: int, number: str) -> None:
        """A person of the household is in; with a second one the head is alone no more."""
        self._row, self._number = (0, number) if number == self._number else (row, number)

    def refused(self, values: Mapping[str, str]) -> tuple[int, str] | None:
        """The row and the number of the household that is left with its head, told once."""
        relation = register_words().relation(values.get("relation", ""))
        is_member = "name" in values and "household_id" not in values and relation is not Relation.HEAD
        alone = (self._row, self._number) if is_member and self._row else None
        if not is_member or alone is not None:
            self._row = 0
        return alone
