"""Workbooks in Office Open XML."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from domain.failures.errors import FileError
from importers.formats.opening import open_parts
from importers.formats.parts import RefusedPart
from importers.formats.workbooks.serial_dates import NumberKind, kind_of_format, value_of
from tests.importers.formats.delivery import cells_of, parts_of, rows_of
from tests.importers.formats.office_files import archive, compound, xlsx, xlsx_of_markup


def test_cells_come_as_what_they_are(tmp_path: Path) -> None:
    cells = ["X1", 3, 2.5, True, datetime(2024, 3, 5), datetime(2024, 3, 5, 14, 30), time(8, 15), timedelta(hours=30)]
    rows = rows_of(tmp_path, "台账.xlsx", xlsx({"Sheet1": [cells]}))
    assert rows[0].cells == (*cells[:4], date(2024, 3, 5), *cells[5:])


def test_sheets_come_in_the_order_of_their_tabs_and_hidden_ones_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx({"来信": [["甲"]], "来访": [["乙"]]}, hidden=["来访"]))
    with open_parts(path) as parts:
        found = [(part.sheet, part.hidden, [row.cells for row in part.rows]) for part in parts]  # type: ignore[union-attr]
    assert found == [("来信", False, [("甲",)]), ("来访", True, [("乙",)])]


def test_rows_left_unread_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx({"一": [[n] for n in range(3000)], "二": [["乙"]]}))
    with open_parts(path) as parts:
        first = next(parts)
        assert next(first.rows).cells == (0,)  # type: ignore[union-attr]
        assert [row.cells for row in next(parts).rows] == [("乙",)]  # type: ignore[union-attr]


def test_hidden_rows_are_marked_and_numbers_are_the_sheets_own(tmp_path: Path) -> None:
    content = xlsx_of_markup(
        '<sheetData><row r="2"><c r="B2"><v>1</v></c></row>'
        '<row r="5" hidden="1"><c r="A5"><v>2</v></c></row></sheetData>'
    )
    rows = rows_of(tmp_path, "台账.xlsx", content)
    assert [(row.number, row.cells, row.hidden) for row in rows] == [(2, ("", 1), False), (5, (2,), True)]


def test_cells_and_rows_without_their_places_stand_where_the_last_left_off(tmp_path: Path) -> None:
    content = xlsx_of_markup(
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    )
    assert [(row.number, row.cells) for row in rows_of(tmp_path, "a.xlsx", content)] == [(1, (1, 2)), (2, (3,))]


def test_a_formula_gives_its_stored_value_and_says_when_it_has_none(tmp_path: Path) -> None:
    content = xlsx_of_markup(
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*2</f></c>'
        '<c r="C1" t="str"><f>"a"</f><v>甲</v></c><c r="D1" t="e"><f>A9</f><v>#REF!</v></c></row></sheetData>'
    )
    (row,) = rows_of(tmp_path, "台账.xlsx", content)
    assert row.cells == (2, "", "甲", "#REF!")
    assert [note.column for note in row.notes] == [1]
    assert "公式" in row.notes[0].reason


def test_formulas_that_openpyxl_writes_have_no_value(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "台账.xlsx", xlsx({"Sheet1": [["甲", "=1+1"]]}))
    assert row.cells[0] == "甲"
    assert [note.column for note in row.notes] == [1]


def test_rich_phonetic_and_escaped_strings(tmp_path: Path) -> None:
    strings = (
        "<si><r><t>张</t></r><r><t>三</t></r><rPh sb='0' eb='1'><t>zhang</t></rPh></si>"
        "<si><t>第一行_x000D_\n第二行</t></si>"
    )
    sheet = (
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
        '<c t="inlineStr"><is><r><t>李</t></r><r><t>四</t></r></is></c></row></sheetData>'
    )
    rows = rows_of(tmp_path, "台账.xlsx", xlsx_of_markup(sheet, strings=strings))
    assert rows[0].cells == ("张三", "第一行\r\n第二行", "李四")


def test_a_prefix_for_the_main_namespace_changes_nothing(tmp_path: Path) -> None:
    sheet = "<x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData>"
    assert cells_of(rows_of(tmp_path, "a.xlsx", xlsx_of_markup(sheet, prefix="x"))) == [(7,)]


def test_merged_cells_are_as_delivered(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["合并", None, "右"])
    sheet.merge_cells("A1:B1")
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert cells_of(rows_of(tmp_path, "a.xlsx", path.read_bytes())) == [("合并", "", "右")]


def test_a_sheet_that_breaks_off_gives_what_was_read_and_refuses_the_rest(tmp_path: Path) -> None:
    cut = "<sheetData>" + "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 41)) + "<row r='41'><c><v>"
    table, refused = parts_of(tmp_path, "a.xlsx", xlsx_of_markup(cut))
    assert isinstance(table, tuple)
    assert cells_of(table[2]) == [(n,) for n in range(1, 41)]
    assert isinstance(refused, RefusedPart)
    assert (refused.sheet, refused.row) == ("Sheet1", 41)


def test_one_cell_far_to_the_right_costs_itself_and_is_named(tmp_path: Path) -> None:
    sheet = (
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="7"><c r="A7"><v>7</v></c><c r="XFD7"><v>1</v></c></row>'
        '<row r="8"><c r="A8"><v>8</v></c></row></sheetData>'
    )
    (table,) = parts_of(tmp_path, "a.xlsx", xlsx_of_markup(sheet))
    assert isinstance(table, tuple)
    assert cells_of(table[2]) == [(1,), (7,), (8,)]
    assert [[note.column for note in row.notes] for row in table[2]] == [[], [16383], []]


def test_a_row_with_much_content_far_to_the_right_is_refused(tmp_path: Path) -> None:
    far = "".join(f"<c><v>{n}</v></c>" for n in range(20))
    sheet = (
        f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="7"><c r="XFA7"><v>1</v></c>{far}</row></sheetData>'
    )
    table, refused = parts_of(tmp_path, "a.xlsx", xlsx_of_markup(sheet))
    assert isinstance(table, tuple)
    assert cells_of(table[2])[0] == (1,)
    assert isinstance(refused, RefusedPart)
    assert "第7行" in refused.reason


def test_empty_styled_cells_far_to_the_right_harm_nobody(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'
        '<row r="2"><c r="A2" s="1"/></row></sheetData>'
    )
    assert cells_of(rows_of(tmp_path, "a.xlsx", xlsx_of_markup(sheet))) == [(1,)]


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    prolog = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    content = xlsx_of_markup('<sheetData><row><c t="str"><v>&c;</v></c></row></sheetData>', prolog=prolog)
    _, refused = parts_of(tmp_path, "a.xlsx", content)
    assert isinstance(refused, RefusedPart)
    assert "为安全没有读取" in refused.reason


def test_a_workbook_of_another_name_is_found_by_what_points_to_it(tmp_path: Path) -> None:
    members = {}
    with zipfile.ZipFile(io.BytesIO(xlsx_of_markup("<sheetData><row><c><v>7</v></c></row></sheetData>"))) as package:
        for name in package.namelist():
            members[name.replace("workbook.xml", "workbook2.xml")] = package.read(name)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    members["_rels/.rels"] = (
        f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="xl/workbook2.xml"/></Relationships>'
    ).encode()
    assert cells_of(rows_of(tmp_path, "a.xlsx", archive(members))) == [(7,)]


def test_a_password_is_asked_to_be_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(compound(["EncryptionInfo", "EncryptedPackage"]))
    with pytest.raises(FileError, match="密码"), open_parts(path):
        pass


def test_a_compound_file_that_is_damaged_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)
    with pytest.raises(FileError, match=r"a\.xlsx: .*另存"), open_parts(path):
        pass


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", NumberKind.DATE),
        ('yyyy"年"m"月"d"日"', NumberKind.DATE),
        ("[$-804]yyyy/m/d;@", NumberKind.DATE),
        ("mmm", NumberKind.DATE),
        ("h:mm", NumberKind.TIME),
        ("mm:ss", NumberKind.TIME),
        ("[h]:mm", NumberKind.DURATION),
        ('0"元"', NumberKind.NUMBER),
        ('[Red]0.00;"d"0', NumberKind.NUMBER),
        ("General", NumberKind.NUMBER),
        ("@", NumberKind.NUMBER),
        ("_ * #,##0_ ", NumberKind.NUMBER),
    ],
)
def test_number_formats_say_what_is_a_date(code: str, kind: NumberKind) -> None:
    assert kind_of_format(200, code) is kind


@pytest.mark.parametrize("number", [14, 22, 27, 31, 57, 58])
def test_built_in_formats_of_chinese_excel_are_dates(number: int) -> None:
    assert kind_of_format(number, None) is NumberKind.DATE


def test_serial_numbers_count_from_1900_or_1904() -> None:
    assert value_of(45356, NumberKind.DATE) == date(2024, 3, 5)
    assert value_of(45356 - 1462, NumberKind.DATE, since_1904=True) == date(2024, 3, 5)
    assert value_of(1, NumberKind.DATE) == date(1900, 1, 1)
    assert value_of(61, NumberKind.DATE) == date(1900, 3, 1)
    assert value_of(0.25, NumberKind.TIME) == time(6)
    assert value_of(-1, NumberKind.DATE) == -1
    assert value_of(1e12, NumberKind.DATE) == 1e12
