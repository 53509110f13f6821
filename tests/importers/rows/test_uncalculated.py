"""Rows of formulas whose results the file does not hold."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.failures.errors import FileError
from importers.formats.parts import NOT_CALCULATED
from importers.registers.registry import read_registry
from importers.rows.uncalculated import ONLY_FORMULAS, PREPARED_ROWS, ROWS_OF_FORMULAS
from tests.importers.formats.office_files import xlsx_of_markup
from tests.importers.office_files import read, write_xlsx

_HEADER = ("序号", "信访件编号", "信访日期", "信访人姓名", "反映内容", "办理期限")
_ROW = (1, "Q-1", "2026-09-01", "李一", "家中老人患病住院, 请求救助。", "")
_FORMULAS = ("=A2", "=B2", "=C2", "=D2", "=E2", "")


def said(count: int, reason: str = ROWS_OF_FORMULAS) -> str:
    """What is said of so many rows of formulas."""
    return reason.format(count=count)


def refused(*rows: Sequence[object], folder: Path) -> list[tuple[int, str | None, str]]:
    """Row, column and reason of what is refused below the header and one petition that is taken in."""
    delivered = read(write_xlsx(folder / "台账.xlsx", [_HEADER, _ROW, *rows]))
    assert delivered.records[0].raw.external_key == "Q-1"
    return [(one.row, one.column, one.reason) for one in delivered.problems]


def test_rows_of_formulas_alone_are_refused_once_for_all(tmp_path: Path):
    assert refused(_FORMULAS, ("", *_FORMULAS[1:]), (4, *_FORMULAS[1:]), folder=tmp_path) == [(3, None, said(3))]


@pytest.mark.parametrize(("at", "reason"), [(5, ROWS_OF_FORMULAS), (3, PREPARED_ROWS)])
@pytest.mark.parametrize("counter", ["=ROW()-1", 9])
def test_formulas_that_were_filled_down_are_said_once_with_the_first_rows(
    tmp_path: Path, at: int, reason: str, counter: object
):
    filled_down = [counter, "", "", "", "", ""]
    filled_down[at] = '=IF(Z9="","",Z9)'

    delivered = read(write_xlsx(tmp_path / "t.xlsx", [_PREPARED, _WRITTEN, *[filled_down] * 300]))

    told = [one for one in (*delivered.problems, *delivered.warnings) if one.row > 1]
    assert [(one.row, one.reason, one.value) for one in told] == [
        (3, said(300, reason), "3、4、5、6、7、8、9、10、11、12…")
    ]
    assert len(delivered.problems) == (reason == ROWS_OF_FORMULAS)


def test_each_of_two_tables_tells_of_its_own_rows(tmp_path: Path):
    second = ("信访件编号", "来信日期", "来信人", "信访内容")

    found = refused(_FORMULAS, second, ("=A1", "=B1", "=C1", "=D1"), folder=tmp_path)

    assert found == [(3, None, said(1)), (5, None, said(1))]


def test_rows_of_formulas_in_an_export_of_a_board_are_said_once(tmp_path: Path):
    header = ("留言编号", "留言标题", "留言内容", "留言时间")
    written = ("L-1", "房子漏雨", "家中房子漏雨, 没有人管, 请求帮助。", "2026-09-01")
    rows = [("=A2", "=B2", "=C2", "=D2"), ("=A2", "=B2", "=C2", "=D2"), ("=A2", "", "", "")]

    delivered = read(write_xlsx(tmp_path / "t.xlsx", [header, written, *rows]))

    assert [(one.row, one.reason) for one in delivered.problems] == [(3, said(2))]
    assert (5, said(1, PREPARED_ROWS)) in [(one.row, one.reason) for one in delivered.warnings]


@pytest.mark.parametrize(
    "row",
    [
        ("", "=1", "=TODAY()", "李二", '="a"', ""),
        ("", "", "", "李二", '="a"', ""),
    ],
)
def test_what_is_written_beside_formulas_does_not_make_a_note_of_the_row(tmp_path: Path, row: tuple[object, ...]):
    assert refused(row, folder=tmp_path) == [(3, "反映内容", NOT_CALCULATED)]


@pytest.mark.parametrize(
    "row",
    [
        ("合计", "", "", "", "=COUNTA(E2:E2)", ""),
        ("填表人：王五", "=TODAY()", "=TODAY()", "", "", ""),
        ("庞家庄村", "=COUNTA(B2:B2)", "", "", "", ""),
        ("", "", "", "", "", "=C3+15"),
        ("=ROW()-1", "", "", "", "", "=C3+15"),
        (2, "", "", "", "", "=C3+15"),
    ],
)
def test_sums_notes_and_rows_that_were_only_prepared_are_refused_no_more_than_before(
    tmp_path: Path, row: tuple[object, ...]
):
    assert refused(row, folder=tmp_path) == []
    assert 3 in [one.row for one in read(tmp_path / "台账.xlsx").warnings]


def test_formulas_with_a_stored_empty_result_are_nothing(tmp_path: Path):
    cells = "".join(
        f'<c r="{letter}{number}" t="str"><f>IF(Z{number}="","",Z{number})</f><v></v></c>'
        for number in (3, 4)
        for letter in "ABC"
    )
    texts = (("A1", "编号"), ("B1", "姓名"), ("C1", "反映内容"), ("A2", "Q-1"), ("B2", "李一"), ("C2", "请求救助。"))
    written = "".join(f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in texts)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(
        xlsx_of_markup(
            f'<sheetData><row r="1">{written[: written.index("<c r=" + chr(34) + "A2")]}</row>'
            f'<row r="2">{written[written.index("<c r=" + chr(34) + "A2") :]}</row>'
            f'<row r="3">{cells[: len(cells) // 2]}</row><row r="4">{cells[len(cells) // 2 :]}</row></sheetData>'
        )
    )

    delivered = read(path)

    assert (len(delivered.records), delivered.problems) == (1, ())
    assert not [one for one in delivered.warnings if one.row > 2]


def test_nothing_is_repeated_from_above_a_row_of_formulas(tmp_path: Path):
    found = refused(_FORMULAS, ("3", "Q-3", "2026-09-03", "李三", "同上", ""), folder=tmp_path)

    assert [row for row, _, _ in found] == [4, 3]
    assert "没有可以照抄的内容" in found[0][2]


@pytest.mark.parametrize("titles", [[], [("某村信访登记表",)]])
def test_a_sheet_of_nothing_but_formulas_says_so(tmp_path: Path, titles: list[tuple[object, ...]]):
    delivered = read(write_xlsx(tmp_path / "汇总.xlsx", [*titles, _FORMULAS, _FORMULAS]))

    assert [(one.row, one.reason) for one in delivered.problems] == [(len(titles) + 1, ONLY_FORMULAS)]


_PERSONS = ("户编号", "村代码", "姓名", "与户主关系")
_HEAD = ("14112410420001", "141124104200", "庞甲甲", "户主")


def test_a_person_of_a_register_whose_row_is_formulas_alone_is_refused(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [_PERSONS, _HEAD, ("=A2", "=B2", "=C2", "=D2"), ("", "", "", "=D3")])

    delivered = read_registry(path, places=[], today=date(2026, 11, 24))

    assert [(one.problem.row, one.problem.reason) for one in delivered.refused] == [(3, said(1))]
    assert (4, said(1, PREPARED_ROWS)) in [(one.row, one.reason) for one in delivered.warnings]
    assert len(delivered.entries) == 1


@pytest.mark.parametrize("row", [("", "=A2", "=B2", "=C2", "=D2"), (2, "=A2", "=B2", "=C2", "=D2")])
def test_so_is_who_has_nothing_but_a_written_number_of_his_row(tmp_path: Path, row: tuple[object, ...]):
    rows = [("序号", *_PERSONS), (1, *_HEAD), *[row] * 1_200]

    delivered = read_registry(write_xlsx(tmp_path / "台账.xlsx", rows), places=[], today=date(2026, 11, 24))

    assert [(one.problem.row, one.problem.reason) for one in delivered.refused] == [(3, said(1_200))]
    assert (len(delivered.entries), delivered.unnumbered_rows) == (1, 1)


def test_a_name_beside_formulas_in_a_register_is_no_note(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [(*_PERSONS, "证件号码"), (*_HEAD, ""), ("=A2", "", "庞乙乙", "", "=E2")])

    delivered = read_registry(path, places=[], today=date(2026, 11, 24))

    assert [row.problem.row for row in delivered.refused] == [3]


def test_a_member_below_a_row_of_formulas_is_not_of_the_household_above_it(tmp_path: Path):
    member = ("", "", "李乙乙", "配偶")
    rows = [_PERSONS, _HEAD, member, ("=A2", "=B2", "=C2", "=D2"), ("", "", "薛丙丙", "之子")]

    delivered = read_registry(write_xlsx(tmp_path / "台账.xlsx", rows), places=[], today=date(2026, 11, 24))

    assert [person.name for person in delivered.households[0].persons] == ["庞甲甲", "李乙乙"]
    assert [row.problem.row for row in delivered.refused] == [5, 4]


def test_a_sum_without_a_result_parts_no_household(tmp_path: Path):
    header = (*_PERSONS, "家庭人口")
    rows = [header, (*_HEAD, ""), ("", "", "", "", "=SUM(E2)"), ("", "", "李乙乙", "配偶", "")]

    delivered = read_registry(write_xlsx(tmp_path / "台账.xlsx", rows), places=[], today=date(2026, 11, 24))

    assert [person.name for person in delivered.households[0].persons] == ["庞甲甲", "李乙乙"]


@pytest.mark.parametrize("counted", ["一组", "蔡家洼村", "户数", "总户数", "低保户"])
def test_counts_beside_the_name_of_a_group_or_village_or_what_is_counted_hide_nobody(tmp_path: Path, counted: str):
    header, counts = ("序号", *_PERSONS), (counted, "=COUNTA(B3:B9)", "", "=COUNTA(D3:D9)", "")
    rows = [header, counts, (1, *_HEAD), counts, ("", "", "", "李乙乙", "配偶")]
    path = write_xlsx(tmp_path / "台账.xlsx", rows)

    delivered = read_registry(path, places=[], today=date(2026, 11, 24))

    assert [person.name for person in delivered.households[0].persons] == ["庞甲甲", "李乙乙"]
    assert (len(delivered.entries), delivered.unnumbered_rows) == (1, 0)


def test_a_member_whose_number_is_one_cell_with_the_heads_stays_below_a_row_of_formulas(tmp_path: Path):
    book = Workbook()
    page = book.worksheets[0]
    for cells in [_PERSONS, _HEAD, ("", "", "=C1", "=D1"), ("", "", "李乙乙", "配偶")]:
        page.append(list(cells))
    at = _PERSONS.index("户编号") + 1
    page.merge_cells(start_row=2, end_row=4, start_column=at, end_column=at)
    book.save(tmp_path / "台账.xlsx")

    delivered = read_registry(tmp_path / "台账.xlsx", places=[], today=date(2026, 11, 24))

    assert [person.name for person in delivered.households[0].persons] == ["庞甲甲", "李乙乙"]


def test_so_many_prepared_rows_part_no_household(tmp_path: Path):
    header = (*_PERSONS, "家庭人口")
    rows = [header, (*_HEAD, ""), *[("", "", "", "", "=SUM(E2)")] * 1_500, ("", "", "李乙乙", "配偶", "")]

    delivered = read_registry(write_xlsx(tmp_path / "台账.xlsx", rows), places=[], today=date(2026, 11, 24))

    assert [person.name for person in delivered.households[0].persons] == ["庞甲甲", "李乙乙"]


def test_a_register_of_nothing_but_formulas_is_refused_with_what_to_do(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [("=A2", "=B2", "=C2", "=D2")])

    with pytest.raises(FileError, match="打开, 保存后再提交"):
        read_registry(path, places=[], today=date(2026, 11, 24))


_PREPARED = ("序号", "信访件编号", "信访日期", "信访人姓名", "联系电话", "反映内容")
_WRITTEN = (1, "Q-1", "2026-09-01", "李一", "13800000000", "家中老人患病住院, 请求救助。")


@pytest.mark.parametrize("counter", ["=ROW()-1", 2])
def test_rows_that_were_only_prepared_are_not_refused(tmp_path: Path, counter: object):
    lookup = '=IF(B3="","",VLOOKUP(B3,S!A:C,2,0))'
    delivered = read(write_xlsx(tmp_path / "t.xlsx", [_PREPARED, _WRITTEN, (counter, "", "", lookup, lookup, "")]))
    assert (len(delivered.records), delivered.problems) == (1, ())


@pytest.mark.parametrize(
    "row", [("=ROW()-1", "", "", "", "", "=1"), ("", "", "", "", "", "=SUM(F2:F2)", "=AVERAGE(G2)")]
)
def test_sums_and_prepared_rows_of_a_register_hide_nobody(tmp_path: Path, row: tuple[object, ...]):
    header = ("序号", "户编号", "村代码", "姓名", "与户主关系", "家庭人口", "年龄")
    head = (1, "14112410420001", "141124104200", "庞甲甲", "户主", 1, 60)
    path = write_xlsx(tmp_path / "台账.xlsx", [header, head, row])
    delivered = read_registry(path, places=[], today=date(2026, 11, 24))
    assert (len(delivered.entries), delivered.unnumbered_rows) == (1, 0)


def test_a_sheet_with_running_text_is_not_said_to_hold_formulas_only(tmp_path: Path):
    text = "我是某村村民, 家中老人患病住院, 请求救助, 房子去年夏天漏雨, 找过村委会三次, 都没有人管。"
    rows = [("尊敬的领导：",), (text,), ("=TODAY()", "=NOW()")]
    with pytest.raises(FileError) as told:
        read(write_xlsx(tmp_path / "t.xlsx", rows))
    assert ONLY_FORMULAS not in str(told.value)


def test_a_formula_in_a_further_column_of_days_refuses_no_row(tmp_path: Path):
    header = ("信访件编号", "姓名", "信访日期", "登记日期", "反映内容")
    delivered = read(write_xlsx(tmp_path / "t.xlsx", [header, ("Q2", "李二", "", "=TODAY()", "房子漏雨没人管。")]))
    assert (len(delivered.records), delivered.problems) == (1, ())
