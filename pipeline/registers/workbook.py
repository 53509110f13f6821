"""The report of a delivered register as a workbook: what the checks found, what changed, what was refused."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from domain.deliveries.receipt import RowProblem
from domain.places.region import RegionCode
from domain.register.register_change import HouseholdChange, PersonChange
from domain.register.register_finding import Finding
from pipeline.private_file import written_whole
from pipeline.text_cells import ROWS_OF_A_SHEET, begin_page, text_cell

FINDING_COLUMNS = ("规则", "级别", "村", "户编号", "工作表", "行", "问题", "台账上写的", "怎么办")
HOUSEHOLD_COLUMNS = ("变化", "户编号", "村", "相关户编号")
PERSON_COLUMNS = ("变化", "姓名", "原户编号", "现户编号")
PROBLEM_COLUMNS = ("结果", "工作表", "行", "列", "值", "原因和处理办法")

Rows = Iterable[Sequence[str]]
NameOf = Callable[[RegionCode], str]


def write_register_workbook(
    path: Path,
    *,
    findings: Iterable[Finding],
    households: Sequence[HouseholdChange],
    persons: Sequence[PersonChange],
    refused: Sequence[RowProblem],
    warnings: Sequence[RowProblem],
    village: NameOf,
) -> None:
    """Write the report as xlsx for its owner alone; every cell is text, names are masked, nothing is held in memory.

    Raises:
        FileError: when nothing can be written there.
    """
    with _saved(path) as book:
        _write(book, "检查结果", FINDING_COLUMNS, (finding_cells(one, village) for one in findings))
        _write_changes(book, households, persons, village)
        problems = chain((("退回", one) for one in refused), (("提示", one) for one in warnings))
        _write(book, "退回与提示", PROBLEM_COLUMNS, (_problem_cells(outcome, one) for outcome, one in problems))


def write_change_workbook(
    path: Path, *, households: Sequence[HouseholdChange], persons: Sequence[PersonChange], village: NameOf
) -> None:
    """Write what a version changed as xlsx in the same way; FileError when nothing can be written there."""
    with _saved(path) as book:
        _write_changes(book, households, persons, village)


def _write_changes(
    book: Workbook, households: Sequence[HouseholdChange], persons: Sequence[PersonChange], village: NameOf
) -> None:
    _write(book, "户的变化", HOUSEHOLD_COLUMNS, (_household_cells(one, village) for one in households))
    _write(book, "人的变化", PERSON_COLUMNS, (_person_cells(one) for one in persons))


@contextmanager
def _saved(path: Path) -> Iterator[Workbook]:
    """A workbook that is written to the path once it is whole; FileError when that cannot be."""
    with written_whole(path) as output:
        book = Workbook(write_only=True)
        yield book
        book.save(output)


def finding_cells(finding: Finding, village: NameOf) -> tuple[str, ...]:
    """One line of the report of the checks, under `FINDING_COLUMNS`."""
    return (
        finding.rule,
        finding.level.label,
        village(finding.village),
        finding.household_id,
        finding.place.sheet,
        str(finding.place.row),
        finding.wrong,
        finding.says,
        finding.advice,
    )


def _household_cells(change: HouseholdChange, village: NameOf) -> tuple[str, ...]:
    return change.kind.label, change.household_id, village(change.village), "、".join(change.related)


def _person_cells(change: PersonChange) -> tuple[str, ...]:
    return change.kind.label, change.masked_name, change.before or "", change.after or ""


def _problem_cells(outcome: str, problem: RowProblem) -> tuple[str, ...]:
    return outcome, problem.sheet, str(problem.row), problem.column or "整行", problem.value, problem.reason


def _write(book: Workbook, title: str, columns: Sequence[str], rows: Rows) -> None:
    """As many sheets as the rows need; one with the header alone where there are none."""
    for number, page_rows in zip(count(1), _pages(iter(rows)), strict=False):
        page: Any = begin_page(book, title if number == 1 else f"{title}({number})", columns)
        for cells in page_rows:
            page.append([text_cell(page, text) for text in cells])


def _pages(rows: Iterator[Sequence[str]]) -> Iterator[Iterator[Sequence[str]]]:
    yield islice(rows, ROWS_OF_A_SHEET)
    for first in rows:
        yield chain((first,), islice(rows, ROWS_OF_A_SHEET - 1))
