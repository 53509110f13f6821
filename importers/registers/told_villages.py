"""Villages of households that one sheet of a file tells, for another with their members and no word of the village."""

from collections.abc import Mapping, Sequence

from domain.places.region import RegionCode
from domain.register.household import HouseholdId, Relation
from importers.formats.parts import Row
from importers.headers.header import Header
from importers.registers.row import PLACE_FIELDS, RegisterRow
from importers.registers.row_checks import is_called
from importers.registers.rows import RowReader
from importers.words.register_words import register_words

BY_HOUSEHOLD = "表里没有村这一列, 已按前面写户主的表里同一户编号的村接收; 不对的请给表加上「村」一列并填写后重新提交"


class ToldVillages:
    """Grows with every sheet that has a household in each row."""

    def __init__(self) -> None:
        """Begin without any."""
        self._part = ""
        self._told: dict[HouseholdId, tuple[RegionCode, str]] = {}
        """By number the village and the head; of the file that is being read, one of an archive, alone."""
        self._doubtful: set[HouseholdId] = set()

    def begin(self, part: str) -> None:
        """Another file tells nothing of this one's households: each village may count its own from 1."""
        if part != self._part:
            self._part, self._told, self._doubtful = part, {}, set()

    def take(self, row: RegisterRow) -> None:
        """Remember where the household of the row is, if the row is its own; two villages or heads make it nobody's."""
        if not row.is_household:
            return
        told = self._told.setdefault(row.household_id, (row.village, row.person.name))
        if told[0] != row.village or not is_called(told[1], row.person.name):
            self._doubtful.add(row.household_id)

    def of_table(
        self, header: Header, head: Sequence[Row], reader: RowReader, sheet: str
    ) -> dict[HouseholdId, tuple[RegionCode, str]]:
        """The village and the head by number for a table of members without a column of it; empty for any other.

        Of the heads among the first rows most have to be those that were told: else the numbers are another village's.
        Who is on a sheet that may be of those that are gone (疑似死亡人员) is no member.
        """
        columns = header.columns.keys()
        if register_words().may_list_who_left(sheet):
            return {}
        if not self._told or {"name", "relation"} - columns or set(PLACE_FIELDS) & columns:
            return {}
        below = [reader.values(row) for row in head if row.number > header.last_row]
        heads = [values for values in below if register_words().relation(values.get("relation", "")) is Relation.HEAD]
        names = [(told[1], values.get("name", "")) for values in heads if (told := self._told_of(values)) is not None]
        if 2 * sum(is_called(told, name) for told, name in names) <= len(names):
            return {}
        return {number: told for number, told in self._told.items() if number not in self._doubtful}

    def _told_of(self, values: Mapping[str, str]) -> tuple[RegionCode, str] | None:
        return self._told.get(HouseholdId(values.get("household_id", "")))
