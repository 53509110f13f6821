"""Merged cells row by row, and where an xlsx sheet names them."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats import merges as module
from importers.formats.limits import standard_limits
from importers.formats.merges import Merges, merges_of_sheet
from importers.formats.parts import MergedDown, Row
from importers.formats.source import Unreadable

LIMITS = standard_limits()


def rows(*numbers: int) -> list[Row]:
    return [Row(number, ("甲",)) for number in numbers]


def told(merges: Merges, *numbers: int) -> list[tuple[MergedDown, ...]]:
    return [row.merged for row in merges.marked(rows(*numbers))]


def sheet(ranges: str, *, prefix: str = "") -> io.BytesIO:
    return io.BytesIO(
        f"<{prefix}worksheet><{prefix}sheetData><row r='1'/></{prefix}sheetData>{ranges}</{prefix}worksheet>".encode()
    )


def test_each_row_is_told_of_the_merged_cells_that_it_has_a_part_in():
    merges = Merges(LIMITS)
    merges.add(2, 3, 1, 1)
    merges.add(4, 6, 0, 1)

    left, right = MergedDown(0, 4, 6), MergedDown(1, 4, 6)
    assert told(merges, 1, 2, 3, 4, 6, 7) == [
        (),
        (MergedDown(1, 2, 3),),
        (MergedDown(1, 2, 3),),
        (right, left),
        (right, left),
        (),
    ]


def test_a_row_that_is_not_stored_hides_no_merged_cell():
    merges = Merges(LIMITS)
    merges.add(2, 9, 0, 0)

    assert told(merges, 1, 5, 9) == [(), (MergedDown(0, 2, 9),), (MergedDown(0, 2, 9),)]


def test_cells_merged_over_columns_alone_are_not_told():
    merges = Merges(LIMITS)
    merges.add(1, 1, 0, 6)

    assert told(merges, 1, 2) == [(), ()]


def test_absurdly_many_merged_cells_are_refused():
    merges = Merges(replace(LIMITS, merges=2))
    merges.add(1, 2, 0, 0)
    merges.add(3, 4, 0, 0)

    with pytest.raises(Unreadable, match="合并单元格超过2处"):
        merges.add(5, 6, 0, 0)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_the_ranges_of_a_sheet_are_found_behind_its_cells(prefix: str):
    named = "".join(f'<{prefix}mergeCell ref="{reference}"/>' for reference in ("B2:B3", "A4:B6"))
    ranges = f'<{prefix}mergeCells count="2">{named}</{prefix}mergeCells>'
    merges = merges_of_sheet(sheet(ranges, prefix=prefix), LIMITS)

    assert [len(merged) for merged in told(merges, 1, 2, 3, 4, 5, 6, 7)] == [0, 1, 1, 2, 2, 2, 0]


def test_words_in_a_cell_are_no_merged_cells():
    content = b"<worksheet><sheetData>&lt;mergeCell ref='A1:A9'/></sheetData></worksheet>"

    assert told(merges_of_sheet(io.BytesIO(content), LIMITS), 1) == [()]


@given(st.integers(1, 60), st.integers(1, 30))
def test_pieces_may_end_anywhere(piece: int, count: int):
    ranges = "".join(f'<mergeCell ref="A{2 * place}:A{2 * place + 1}"/>' for place in range(1, count + 1))
    stream = sheet(f"<mergeCells>{ranges}</mergeCells>")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_PIECE", piece)
        merges = merges_of_sheet(stream, LIMITS)

    assert [len(merged) for merged in told(merges, *range(1, 2 * count + 3))] == [0, *[1] * (2 * count), 0]
