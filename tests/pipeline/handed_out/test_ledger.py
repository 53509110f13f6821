"""The leads as a workbook."""

from pathlib import Path

from openpyxl import load_workbook

from pipeline.handed_out.ledger import LEDGER_HEADERS, write_ledger
from tests.importers.formats.delivery import parts_of


def test_every_cell_is_the_text_that_it_was_given_and_none_a_formula(tmp_path: Path) -> None:
    row = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "", "待核实", "_x0041_", "2026-11-24", "x\x01")
    write_ledger(tmp_path / "a.xlsx", [row])

    [sheet] = load_workbook(tmp_path / "a.xlsx").worksheets
    [read] = parts_of(tmp_path, "b.xlsx", (tmp_path / "a.xlsx").read_bytes())
    header, cells = sheet.iter_rows()

    assert tuple(cell.value for cell in header) == LEDGER_HEADERS
    assert [cell.value or "" for cell in cells[:5]] == list(row[:5])
    assert isinstance(read, tuple)
    assert read[2][1].cells[8] == "_x0041_"
    assert (cells[6].value, cells[10].value) == (None, "x")
    assert "f" not in {cell.data_type for cell in cells}
    assert all(cell.quotePrefix for cell in cells[:6])
