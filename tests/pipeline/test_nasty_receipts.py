"""Nasty files on the whole way: the receipt that is stored and printed is the one that the clerk should get.

The files that repeat, correct or refuse something; all the others are read in tests/importers/nasty.
"""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from domain.deliveries.receipt import Origin, Receipt, RowOutcome, Way
from domain.texts.document import DocumentId
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.receipt_record import receipt_json, receipt_rows
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from pipeline.text_cells import text_cell
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.nasty import merged, whose
from tests.importers.nasty.cases import Nasty, Problem
from tests.importers.nasty.test_nasty import CASES
from tests.importers.office_files import COUNTY, NOW

_CLERK = Origin(way=Way.COMMAND, who="clerk")
_TELLING = [
    case for case in CASES if not case.refused and (case.duplicates or len(case.rejected) + len(case.warnings) > 1)
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in _TELLING])
def test_the_printed_receipt_is_exact_and_the_same_file_again_adds_nothing(
    case: Nasty, sqlite_store: Store, tmp_path: Path
):
    path = case.build(tmp_path)
    clock = FakeClock(NOW)

    receipt = import_petitions(sqlite_store, path, county=COUNTY, clock=clock, origin=_CLERK)

    printed = json.loads("".join(receipt_json(sqlite_store, receipt)))
    assert (printed["accepted"], printed["duplicates"]) == (case.accepted, case.duplicates)
    assert [_problem(one) for one in printed["rejected"]] == list(case.rejected)
    assert [_problem(one) for one in printed["warnings"]] == list(case.warnings)

    again = import_petitions(sqlite_store, path, county=COUNTY, clock=clock, origin=_CLERK)

    assert again.accepted == 0


def _problem(printed: dict[str, object]) -> Problem:
    return tuple(printed[key] for key in ("sheet", "row", "column", "reason", "value"))  # type: ignore[return-value]


_OF_ONE_TABLE = [case for case in [*merged.CASES, *whose.CASES] if not case.refused]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in _OF_ONE_TABLE])
def test_a_receipt_that_comes_back_as_it_is_adds_and_changes_nothing(case: Nasty, sqlite_store: Store, tmp_path: Path):
    clock = FakeClock(NOW)
    receipt = import_petitions(sqlite_store, case.build(tmp_path), county=COUNTY, clock=clock, origin=_CLERK)
    write_receipt_workbook(tmp_path / "回执.xlsx", sqlite_store, receipt)

    again = import_petitions(sqlite_store, tmp_path / "回执.xlsx", county=COUNTY, clock=clock, origin=_CLERK)

    assert (again.accepted, again.count(RowOutcome.DUPLICATE)) == (0, case.accepted + case.duplicates)
    assert again.count(RowOutcome.REJECTED) == len(case.rejected)


_TAKEN = (RowOutcome.ACCEPTED, RowOutcome.CORRECTED, RowOutcome.DUPLICATE)
_ONCE_READ_OTHERWISE = frozenset(
    {
        "date: a bare number where days are counted from 1904",
        "date: a formula without its result",
        "form: without its matter",
        "header: none above the phones",
        "same above: address, day and purpose",
    }
)
_NOTHING_IN_IT = "tables: a header and nothing below"
_EVERY = 10
"""Of some 650 files so many make one that is tried: each starts a process of its own."""
_TRIED = [
    case
    for at, case in enumerate(CASES)
    if not case.refused and case.name != _NOTHING_IN_IT and (at % _EVERY == 0 or case.name in _ONCE_READ_OTHERWISE)
]


def test_receipts_of_all_kinds_of_files_that_come_back_as_they_are_add_and_change_nothing(
    sqlite_store: Store, tmp_path: Path
):
    clock, book = FakeClock(NOW), Workbook(write_only=True)
    receipts = []
    for at, case in enumerate(_TRIED):
        (tmp_path / str(at)).mkdir()
        path = case.build(tmp_path / str(at))
        receipts.append(import_petitions(sqlite_store, path, county=COUNTY, clock=clock, origin=_CLERK))
        write_receipt_workbook(tmp_path / "一份.xlsx", sqlite_store, receipts[-1])
        _add_sheets(book, tmp_path / "一份.xlsx")
    book.save(tmp_path / "回执.xlsx")

    again = import_petitions(sqlite_store, tmp_path / "回执.xlsx", county=COUNTY, clock=clock, origin=_CLERK)

    known = sum(one.accepted + one.count(RowOutcome.DUPLICATE) for one in receipts)
    assert (again.accepted, again.count(RowOutcome.DUPLICATE)) == (0, known)
    assert again.count(RowOutcome.REJECTED) == sum(one.count(RowOutcome.REJECTED) for one in receipts)
    assert _documents(sqlite_store, again) == [one for each in receipts for one in _documents(sqlite_store, each)]
    assert _reasons(sqlite_store, again) == [one for each in receipts for one in _reasons(sqlite_store, each)]


def _add_sheets(book: Workbook, path: Path) -> None:
    for sheet in load_workbook(path, read_only=True).worksheets:
        page = book.create_sheet()
        for row in sheet.iter_rows(values_only=True):
            page.append([text_cell(page, str(cell or "")) for cell in row])


def _documents(store: Store, receipt: Receipt) -> list[DocumentId | None]:
    return [row.document_id for row in receipt_rows(store, receipt.id, _TAKEN)]


def _reasons(store: Store, receipt: Receipt) -> list[str]:
    return [row.problem.reason for row in receipt_rows(store, receipt.id, [RowOutcome.REJECTED]) if row.problem]
