"""Old and foreign workbooks, HTML, XML and JSON."""

import json
from datetime import date
from pathlib import Path

import pytest

from importers.formats.parts import Form, Letter, RefusedPart
from tests.importers.formats.delivery import cells_of, parts_of, rows_of
from tests.importers.formats.office_files import ods, xls, xlsb, xlsx

ROWS = [("编号", "姓名"), ("X1", "张三"), ("X2", "李四")]


@pytest.mark.parametrize("name", ["台账.xls", "台账.xlsx", "台账.et", "台账"])
def test_an_old_workbook_is_read_whatever_its_ending(tmp_path: Path, name: str) -> None:
    assert cells_of(rows_of(tmp_path, name, xls({"Sheet1": ROWS}))) == ROWS


@pytest.mark.parametrize("name", ["台账.xls", "台账.csv"])
def test_a_new_workbook_is_read_whatever_its_ending(tmp_path: Path, name: str) -> None:
    assert cells_of(rows_of(tmp_path, name, xlsx({"Sheet1": ROWS}))) == ROWS


def test_a_csv_named_xls_is_read(tmp_path: Path) -> None:
    content = "\r\n".join("\t".join(row) for row in ROWS).encode("utf-16")
    assert cells_of(rows_of(tmp_path, "台账.xls", content)) == ROWS


def test_an_open_document_is_read(tmp_path: Path) -> None:
    assert cells_of(rows_of(tmp_path, "台账.ods", ods(ROWS))) == ROWS


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    assert cells_of(rows_of(tmp_path, "台账.xlsb", xlsb(ROWS))) == ROWS


HTML = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="gb2312"><style>td{}</style></head>'
    "<body><table><tr><th colspan=2>登记表</th><th>备注</th></tr>"
    "<tr><td rowspan=2>X1</td><td>张三<br>男</td><td>&nbsp;</td></tr>"
    "<tr><td>李四</td><td>甲&amp;乙</td></tr></table></body></html>"
)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_html_named_xls_is_read_with_its_merged_cells(tmp_path: Path, encoding: str) -> None:
    rows = rows_of(tmp_path, "台账.xls", HTML.encode(encoding))
    assert cells_of(rows) == [("登记表", "", "备注"), ("X1", "张三\n男", ""), ("", "李四", "甲&乙")]


def test_words_behind_a_table_stay(tmp_path: Path) -> None:
    content = "<html><body><table><tr><td>1</td><td>2</td></tr></table>以上属实</body></html>"
    _, letter = parts_of(tmp_path, "来信.html", content.encode())
    assert letter == Letter("", "来信", "以上属实")


@pytest.mark.parametrize("start", ["BM", "MZ", "ID3", "RIFF"])
def test_a_table_whose_first_letters_are_another_formats_sign_is_a_table(tmp_path: Path, start: str) -> None:
    rows = rows_of(tmp_path, "台账.csv", f"{start}编号,姓名\nX1,张三\n".encode("gb18030"))
    assert cells_of(rows) == [(f"{start}编号", "姓名"), ("X1", "张三")]


def test_html_without_a_table_is_a_letter(tmp_path: Path) -> None:
    content = "<html><head><title>t</title></head><body><p>领导好</p><script>x()</script><p>我家困难</p></body></html>"
    assert parts_of(tmp_path, "来信.html", content.encode()) == [Letter("", "来信", "领导好\n我家困难")]


def test_spreadsheet_xml_of_2003_is_read(tmp_path: Path) -> None:
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    content = f"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="{namespace}" xmlns:ss="{namespace}"><Worksheet ss:Name="空"><Table/></Worksheet>
    <Worksheet ss:Name="登记"><Table><Row ss:Index="2">
    <Cell ss:MergeAcross="1"><Data ss:Type="String">编号</Data></Cell>
    <Cell><Data ss:Type="String">日期</Data></Cell></Row>
    <Row ss:Hidden="1"><Cell><Data ss:Type="Number">7</Data></Cell>
    <Cell ss:Index="3"><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell></Row>
    <Row><Cell ss:Formula="=R2C1"/><Cell ss:Formula="=R2C2"><Data ss:Type="String"></Data></Cell></Row>
    </Table></Worksheet>
    </Workbook>"""
    _, table = parts_of(tmp_path, "台账.xls", content.encode())
    assert isinstance(table, tuple)
    assert [(row.number, row.cells, row.hidden) for row in table[2]] == [
        (2, ("编号", "", "日期"), False),
        (3, (7, "", date(2024, 3, 5)), True),
        (4, ("",), False),
    ]
    assert [row.uncalculated for row in table[2]] == [set(), set(), {0}]


def test_json_lines_are_a_table_with_the_keys_in_row_0(tmp_path: Path) -> None:
    content = '{"id": "X1", "text": "甲"}\n\n{"id": "X2", "name": null, "more": [1]}\n坏的\n[1]\n"字"\n'
    rows = rows_of(tmp_path, "清单.jsonl", content.encode("gb18030"))
    assert [(row.number, row.cells) for row in rows] == [
        (0, ("id", "text", "name", "more")),
        (1, ("X1", "甲", "", "")),
        (3, ("X2", "", "", "[1]")),
        (4, ("坏的",)),
        (5, ("[1]",)),
        (6, ('["字"]',)),
    ]
    assert [bool(row.damage) for row in rows] == [False, False, False, True, True, True]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_list_is_read_in_pieces(tmp_path: Path, indent: int | None) -> None:
    records = [{"id": f"X{n}", "text": "很长的内容" * 60, "n": n} for n in range(5000)]
    rows = rows_of(tmp_path, "清单.json", json.dumps(records, indent=indent, ensure_ascii=False).encode())
    assert len(rows) == 5001
    assert (rows[-1].number, rows[-1].cells) == (5000, ("X4999", "很长的内容" * 60, 4999))


def test_one_json_object_over_several_lines_is_one_record(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "一件.json", json.dumps({"id": "X1", "text": "甲"}, indent=2).encode())
    assert [(row.number, row.cells) for row in rows] == [(0, ("id", "text")), (1, ("X1", "甲"))]


def test_a_json_list_that_breaks_off_says_where(tmp_path: Path) -> None:
    table, refused = parts_of(tmp_path, "清单.json", b'[{"id": 1}, {"id": 2}, {"id"')
    assert isinstance(table, tuple)
    assert cells_of(table[2]) == [("id",), (1,), (2,)]
    assert isinstance(refused, RefusedPart)
    assert "第3条" in refused.reason


def test_a_form_in_html_is_a_form(tmp_path: Path) -> None:
    content = (
        "<html><body><table><tr><td>姓 名:</td><td>张三</td><td>性别</td><td>男</td></tr>"
        "<tr><td>联系电话</td><td colspan=3>13800000000</td></tr>"
        "<tr><td>反映内容</td><td colspan=3>房子漏水</td></tr></table></body></html>"
    )
    (form,) = parts_of(tmp_path, "登记表.html", content.encode())
    assert isinstance(form, Form)
    assert {label: field.text for label, field in form.fields.items()} == {
        "姓名": "张三",
        "性别": "男",
        "联系电话": "13800000000",
        "反映内容": "房子漏水",
    }
