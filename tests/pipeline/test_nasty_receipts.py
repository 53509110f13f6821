"""Nasty files on the whole way: the receipt that is stored and printed is the one that the clerk should get.

The files that repeat, correct or refuse something; all the others are read in tests/importers/nasty.
"""

import json
from pathlib import Path

import pytest

from domain.receipt import Origin, RowOutcome, Way
from pipeline.import_petitions import import_petitions
from pipeline.receipt_record import receipt_json
from pipeline.receipt_workbook import write_receipt_workbook
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.nasty import merged, whose
from tests.importers.nasty.cases import Nasty, Problem
from tests.importers.nasty.test_nasty import CASES
from tests.importers.registers import COUNTY, NOW

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
