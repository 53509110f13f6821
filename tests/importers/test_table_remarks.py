"""What is said of rows that hold nothing but a cell too far to the right."""

from importers.formats.parts import CellNote, Row
from importers.table_place import TablePlace
from importers.table_remarks import StrayRows


def test_of_one_table_a_hundred_are_told_however_often_records_stand_between():
    astray = StrayRows(TablePlace("", "台账"))
    far = [Row(number=number, cells=(), notes=(CellNote(column=600, reason="太靠右"),)) for number in range(1, 301)]
    rows = [one for row in far for one in (row, Row(number=row.number + 1000, cells=("张三",)))]

    told = [remark for _ in astray.written(rows) for remark in astray.remarks()]

    assert [one.problem.row for one in told] == list(range(1, 101))
