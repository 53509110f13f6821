"""Merged cells of binary workbooks and of ruled tables in PDF."""

from pathlib import Path

import pytest

from importers.formats.parts import MergedDown, Row
from tests.importers.formats.delivery import parts_of
from tests.importers.formats.office_files import pdf, words, xlsb

ROWS = [("编号", "姓名", "内容"), ("X1", "张三", "药费负担不起"), ("", "李四", ""), ("X2", "王五", "窑洞裂缝")]


def rows_of(folder: Path, name: str, content: bytes) -> list[Row]:
    (table,) = parts_of(folder, name, content)
    assert isinstance(table, tuple)
    return list(table[2])


def test_merged_cells_of_a_binary_workbook_are_told(tmp_path: Path) -> None:
    found = rows_of(tmp_path, "台账.xlsb", xlsb(ROWS, merges=[(1, 2, 0, 0), (1, 2, 2, 2), (3, 3, 0, 1)]))

    both = (MergedDown(0, 2, 3), MergedDown(2, 2, 3))
    assert [row.merged for row in found] == [(), both, both, ()]


@pytest.mark.parametrize("damage", [b"\xff" * 40, b"\xb0\x01\x10\x00", b"\x80"])
def test_damage_behind_the_cells_costs_nothing_but_the_merged_cells(tmp_path: Path, damage: bytes) -> None:
    content = xlsb(ROWS)
    changed = xlsb(ROWS, behind=damage)

    assert [row.cells for row in rows_of(tmp_path, "一.xlsb", changed)] == [
        row.cells for row in rows_of(tmp_path, "二.xlsb", content)
    ]


def ruling(left: float, top: float, width: float, height: float, text: str = "") -> str:
    return f"{left} {top - height} {width} {height} re S\n" + (words(text, left + 4, top - 17) if text else "")


def test_a_cell_whose_ruling_encloses_two_rows_of_a_page_is_merged(tmp_path: Path) -> None:
    page = "".join(ruling(40 + 120 * at, 800, 120, 24, text) for at, text in enumerate(("编号", "姓名", "内容")))
    page += ruling(40, 776, 120, 48, "X1") + ruling(160, 776, 120, 24, "张三") + ruling(160, 752, 120, 24, "李四")
    page += ruling(280, 776, 120, 48, "药费负担不起")
    page += "".join(ruling(40 + 120 * at, 728, 120, 24, text) for at, text in enumerate(("X2", "王五", "窑洞裂缝")))

    found = rows_of(tmp_path, "台账.pdf", pdf([page]))

    both = (MergedDown(0, 2, 3), MergedDown(2, 2, 3))
    assert [row.cells for row in found] == [tuple(cells) for cells in ROWS]
    assert [row.merged for row in found] == [(), both, both, ()]
