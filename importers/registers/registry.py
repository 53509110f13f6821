"""A delivered household register, whatever its format and layout, gathered into households."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.deliveries.receipt import RowProblem
from domain.failures.errors import FileError
from domain.places.place import Place
from domain.register.household import Household, HouseholdId
from domain.register.register_entry import HouseholdEntry
from importers.entries import Warned
from importers.fingerprint import sha256_of
from importers.formats.limits import Limits
from importers.formats.opening import open_parts
from importers.formats.parts import Form, Letter, Part, RefusedPart, Table
from importers.places.village_names import VillageNames
from importers.profiles import NO_PROFILES, Profiles
from importers.progress import Far, Progress, unseen, unseen_far
from importers.registers.card_families import with_families
from importers.registers.cards import (
    BESIDE_NUMBER,
    MEMBER_LEFT_OUT,
    beside_number,
    members_left_out,
    remark_on_card,
    table_of_card,
)
from importers.registers.facts import column_of
from importers.registers.households import Gathering
from importers.registers.row import RefusedRow, RegisterRow
from importers.registers.tables import RegisterTables
from importers.table_place import TablePlace, told_headers
from importers.table_remarks import told_once
from importers.values.ticked_options import NONE_TICKED

_TOLD_EVERY = 500
"""Rows between two words to whoever watches."""
_NO_REGISTER = "请确认交的是户籍台账"
_NO_NUMBERS = (
    "交的应是户籍台账: 每户要有全县唯一的户编号(国家系统导出的台账里有), 请补上「户编号」一列, "
    "一户各人写同一个号, 以后不再改, 再重新提交"
)
_TWO_VILLAGES = "这个户编号在两个村各有一户, 不能并成一户, 都没有导入; 请给各户填全县唯一的户编号后重新提交"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryFile:
    """Everything a delivered register says."""

    file: str
    sha256: str
    entries: tuple[HouseholdEntry, ...]
    refused: tuple[RefusedRow, ...]
    warnings: tuple[RowProblem, ...]
    sheets: tuple[str, ...]
    """Labels of its tables in their order."""

    @property
    def households(self) -> tuple[Household, ...]:
        """The households alone."""
        return tuple(entry.household for entry in self.entries)

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """Why rows were refused."""
        return tuple(row.problem for row in self.refused)

    @property
    def partly_read(self) -> frozenset[HouseholdId]:
        """Households of which a row was refused: the file does not say all about them."""
        return frozenset(HouseholdId(row.household_id) for row in self.refused if row.household_id)

    @property
    def unnumbered_rows(self) -> int:
        """Refused rows without a household number: whose they are is not known."""
        return sum(not row.household_id for row in self.refused)

    @property
    def is_of_monitored(self) -> bool:
        """True for a ledger of monitored households: it does not say who else lives in their villages."""
        return bool(self.entries) and all(map(_is_of_monitored, self.entries))


def _is_of_monitored(entry: HouseholdEntry) -> bool:
    return entry.only_head or bool(entry.household.monitoring) or entry.several_categories


def read_registry(
    path: Path,
    *,
    places: Sequence[Place],
    today: date,
    profiles: Profiles = NO_PROFILES,
    limits: Limits | None = None,
    progress: Progress = unseen,
    far: Far = unseen_far,
) -> RegistryFile:
    """The households of a register; villages without a code are found by name among `places`.

    A day of removal up to `today` is past. The whole of it is held in memory, about 1 kB a person. `progress` is told
    how many further rows were read, `far` how much of the file.

    Raises:
        FileError: when the file cannot be read to its end, or no table of it has the columns of a household register.
    """
    with open_parts(path, limits) as parts:
        sha256 = sha256_of(path)

        def tell(rows: int) -> None:
            progress(rows)
            if (share := parts.share_read()) is not None:
                far(share)

        delivered = _Delivered(path.name, VillageNames(places), profiles, tell, today)
        for part in with_families(parts):
            delivered.take(part)
    return delivered.registry_file(sha256)


class _Delivered:
    """Grows part by part."""

    def __init__(self, file: str, villages: VillageNames, profiles: Profiles, progress: Progress, today: date) -> None:
        self._file = file
        self._progress = progress
        self._tables = RegisterTables(villages, profiles)
        self._gathering = Gathering(today)
        self._refused: list[RefusedRow] = []
        self._warnings: list[RowProblem] = []
        self._sheets: dict[str, None] = {}
        self._other: list[RowProblem] = []
        """Remarks on what is no table and refuses nobody."""

    def take(self, part: Part) -> None:
        place = TablePlace(part.part, "" if isinstance(part, Letter) else part.sheet)
        is_card = isinstance(part, Form)
        if isinstance(part, Form):
            if said := remark_on_card(part):
                self._other.append(place.problem(1, None, said, ""))
            self._other += (place.problem(1, None, MEMBER_LEFT_OUT, line) for line in members_left_out(part))
            if beside := beside_number(part):
                self._other.append(place.problem(1, None, BESIDE_NUMBER, beside))
            part = table_of_card(part)
        if isinstance(part, Table):
            self._sheets.setdefault(place.label)
            count = 0
            for count, entry in enumerate(self._tables.read(part, is_card=is_card), start=1):
                self._take_row(entry)
                if count % _TOLD_EVERY == 0:
                    self._progress(_TOLD_EVERY)
            self._progress(count % _TOLD_EVERY)
        elif isinstance(part, RefusedPart):
            if part.row is not None:
                where = f" {place.label}" if place.label else ""
                raise FileError(
                    f"{self._file}{where} 第{part.row}行起读不下去: {part.reason}。"
                    "没有导入任何内容, 因为不知道后面还有哪些人; 请修好文件后重新提交"
                )
            self._sheets.setdefault(place.label)
            if part.harmless:
                self._other.append(place.problem(1, None, part.reason, ""))
                return
            self._refused.append(RefusedRow(place.problem(1, None, part.reason, ""), "", {}))
        elif part.text.strip():
            reason = "这段文字不是户籍台账的表, 没有导入; 如果里面有户的信息, 请做成表格再提交"
            self._other.append(place.problem(1, None, reason, part.text.strip()))

    def registry_file(self, sha256: str) -> RegistryFile:
        if not self._tables.understood:
            if self._tables.of_left and not self._tables.strangers:
                raise FileError(f"{self._file}: {self._tables.of_left[0].reason}")
            lacks_number = self._tables.missing == column_of("household_id")
            raise FileError(f"{self._file}{self._why_not()}; {_NO_NUMBERS if lacks_number else _NO_REGISTER}")
        self._refuse_shared_numbers()
        entries: list[HouseholdEntry] = []
        for entry, problems in self._gathering.households():
            entries.append(entry)
            self._warnings.extend(problems)
        self._warnings = told_once(self._warnings, NONE_TICKED)
        self._warnings.extend((*self._tables.of_left, *self._tables.strangers, *self._other))
        return RegistryFile(
            file=self._file,
            sha256=sha256,
            entries=tuple(entries),
            refused=tuple(self._refused),
            warnings=tuple(self._warnings),
            sheets=tuple({**self._sheets, **dict.fromkeys(one.sheet for one in self._warnings)}),
        )

    def _refuse_shared_numbers(self) -> None:
        column = column_of("household_id")
        for number, places in self._gathering.of_two_villages():
            for at in places:
                problem = TablePlace("", at.sheet).problem(at.row, column, _TWO_VILLAGES, number)
                self._refused.append(RefusedRow(problem, number, {}))

    def _take_row(self, entry: RegisterRow | RefusedRow | Warned) -> None:
        if isinstance(entry, Warned):
            self._warnings.append(entry.problem)
        elif isinstance(entry, RefusedRow):
            self._refused.append(entry)
        else:
            self._warnings.extend(entry.problems)
            again = self._gathering.add(entry)
            if again is not None:
                self._warnings.append(again)

    def _why_not(self) -> str:
        if self._tables.strangers:
            first = self._tables.strangers[0]
            where = f" 工作表 {first.sheet}" if first.sheet else ""
            return f"{where}: 没有找到「{self._tables.missing}」这一列{told_headers(first.value.split('、'))}"
        return f": {self._refused[0].problem.reason}" if self._refused else ": 没有表格, 或没有任何内容"
