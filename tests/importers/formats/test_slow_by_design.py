"""Small files that were made to take the square of their size, or to say the same without end."""

import io
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import xlwt

from domain.failures.errors import FileError
from importers.formats.limits import standard_limits
from importers.formats.opening import open_parts
from importers.formats.parts import Form, Letter, RefusedPart
from tests.importers.formats.delivery import parts_of, rows_of
from tests.importers.formats.ofd_files import line, ofd
from tests.importers.formats.office_files import archive, ods, pdf, words, xls, xlsb, xlsx_of_markup

CSV = "编号,姓名,内容\nX1,张三,甲\n".encode()
HEAD = b"From: a@mail.invalid\nMIME-Version: 1.0\n"
MANY = 300_000


@contextmanager
def in_seconds(most: float) -> Iterator[None]:
    """What was here before took minutes, so a slow machine fails no test."""
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < most


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_comments_before_a_page_are_told_apart_in_one_way(tmp_path: Path) -> None:
    with in_seconds(20):
        (letter,) = parts_of(tmp_path, "a.html", b"<!---->" * 500 + b"x")
    assert isinstance(letter, Letter)
    with in_seconds(20):
        (letter,) = parts_of(tmp_path, "b.txt", b"<!-- a --> <!-- b -->\n<html><body>" + "甲".encode())
    assert isinstance(letter, Letter)
    assert letter.text == "甲"


def test_quotes_that_nobody_closes_cost_their_lines_and_little_time(tmp_path: Path) -> None:
    lines = "".join(f'{number},x"y,"z\n' for number in range(MANY // 3))
    limits = replace(standard_limits(), cpu_seconds=5)  # it took eight, and now less than two
    rows = rows_of(tmp_path, "a.csv", f"编号,姓名,内容\n{lines}".encode(), limits)
    assert len(rows) == MANY // 3 + 1
    assert rows[-1].cells[:1] == (str(MANY // 3 - 1),)


def test_merged_cells_without_an_end_are_passed_over(tmp_path: Path) -> None:
    content = xlsx_of_markup(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>' + "<mergeCell a" * MANY
    )
    with in_seconds(30):
        table, refused = parts_of(tmp_path, "a.xlsx", content)
    assert isinstance(table, tuple)
    assert isinstance(refused, RefusedPart)


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: " + b"=?a?q? " * MANY,
        b"Content-Type: text/plain" + b";" * MANY,
        b'Content-Type: a; b="' + b";" * MANY,
    ],
    ids=["encoded words", "parameters", "quotes"],
)
def test_a_header_without_end_is_cut(tmp_path: Path, header: bytes) -> None:
    with in_seconds(30):
        (letter,) = parts_of(tmp_path, "a.eml", HEAD + header + "\n\n家里困难\n".encode())
    assert isinstance(letter, Letter)
    assert "家里困难" in letter.text


def test_a_mail_of_very_many_layers_is_refused_before_its_lines_are_compared_with_all_of_them(tmp_path: Path) -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(700))
    with in_seconds(30), pytest.raises(FileError, match="层数太多"):
        parts_of(tmp_path, "a.eml", HEAD + nested + b"\n" + b"a\n" * MANY)


def test_mails_in_mails_are_read_up_to_a_depth(tmp_path: Path) -> None:
    nested = b"Content-Type: message/rfc822\n\nFrom: a@mail.invalid\n" * 100
    with in_seconds(60):
        found = parts_of(tmp_path, "a.eml", HEAD + nested + b"\n" + "家里困难\n".encode() * 20_000)
    (refused,) = (part for part in found if isinstance(part, RefusedPart))
    assert "层数太多" in refused.reason


def test_a_cell_far_from_the_others_in_a_binary_workbook_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="第1048576行第16384列"):
        parts_of(tmp_path, "a.xlsb", xlsb([["编号", "内容"]], far=(1_048_575, 16_383)))


def test_a_spreadsheet_whose_elements_do_not_close_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods([("编号", "内容")]))) as whole, zipfile.ZipFile(content, "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, whole.read(name).replace(b"</table:table></", b"</table:table  /"))
    with in_seconds(30), pytest.raises(FileError, match="不完整或已损坏"):
        parts_of(tmp_path, "a.ods", content.getvalue())


def test_an_old_workbook_whose_folder_lies_in_itself_is_refused(tmp_path: Path) -> None:
    content = bytearray(xls({"台账": [("编号", "内容")]}))
    root = 512 * (1 + int.from_bytes(content[48:52], "little"))
    # The type of a folder, and the folder itself as what it holds ([MS-CFB] 2.6.1).
    content[root + 66] = 1
    content[root + 76 : root + 80] = bytes(4)
    with pytest.raises(FileError, match="请用WPS或Office打开, 另存为新格式"):
        parts_of(tmp_path, "a.xls", bytes(content))


def test_cells_far_apart_in_an_old_workbook_are_refused_in_words(tmp_path: Path) -> None:
    book, content = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("台账")
    for row, column in ((0, 0), (65_535, 255)):
        sheet.write(row, column, "内容")
    book.save(content)
    with pytest.raises(FileError, match="「台账」有内容写到了第65536行第256列"):
        parts_of(tmp_path, "a.xls", content.getvalue())


def test_a_document_of_very_many_pages_is_refused_before_they_are_held(tmp_path: Path) -> None:
    content = pdf([""] * 2_000)
    limits = replace(standard_limits(), memory_bytes=400_000_000)
    with pytest.raises(FileError, match="超过500页"):
        parts_of(tmp_path, "a.pdf", content, limits)


def test_a_page_that_draws_without_end_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    with in_seconds(60), pytest.raises(FileError, match="第2页画的线条"):
        parts_of(tmp_path, "a.pdf", pdf([words("信访登记反映内容", 60, 700), "0 0 m 9 9 l S " * 1_000_000]))


def test_a_sheet_that_a_workbook_names_again_is_not_read_again(tmp_path: Path) -> None:
    members = members_of(xlsx_of_markup('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'))
    again = b'<sheets><sheet name="again" sheetId="2" r:id="rId1"/>'
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(b"<sheets>", again)

    table, refused = parts_of(tmp_path, "a.xlsx", archive(members))

    assert isinstance(table, tuple)
    assert isinstance(refused, RefusedPart)
    assert (refused.sheet, "同一份内容" in refused.reason) == ("Sheet1", True)


def test_a_workbook_that_names_very_many_sheets_is_refused(tmp_path: Path) -> None:
    sheets = '<Worksheet ss:Name="a"><Table><Row/></Table></Worksheet>' * 500
    names = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    with in_seconds(20), pytest.raises(FileError, match="工作表有500个"):
        parts_of(tmp_path, "a.xls", f'<?xml version="1.0"?><Workbook {names}>{sheets}</Workbook>'.encode())


def test_one_cell_that_comes_again_and_again_is_one_remark(tmp_path: Path) -> None:
    cells = '<c r="A1"><f/></c>' * MANY
    content = xlsx_of_markup(f'<sheetData><row r="1">{cells}</row></sheetData>')
    (row,) = rows_of(tmp_path, "a.xlsx", content)
    assert len(row.notes) == 1


def test_a_row_number_of_thousands_of_digits_is_refused_in_words(tmp_path: Path) -> None:
    number = "9" * 5000
    content = xlsx_of_markup(f'<sheetData><row r="{number}"><c><v>1</v></c></row></sheetData>')
    _, refused = parts_of(tmp_path, "a.xlsx", content)
    assert isinstance(refused, RefusedPart)
    assert "行号" in refused.reason


def _pieces(page: bytes) -> bytes:
    return page.replace(b"</ofd:Content>", b"<ofd:A>" + b"x<ofd:b/>" * MANY + b"</ofd:A></ofd:Content>")


def _resources(page: bytes) -> bytes:
    return page.replace(b"</ofd:Content>", b"</ofd:Content>" + b"<ofd:PageRes>PublicRes.xml</ofd:PageRes>" * 20_000)


@pytest.mark.parametrize("changed", [_pieces, _resources])
def test_a_page_in_pieces_or_with_one_resource_ten_thousand_times_is_read_once(
    tmp_path: Path, changed: Callable[[bytes], bytes]
) -> None:
    members = members_of(ofd([line("信访登记反映内容如下", 20, 20)]))
    (page,) = (name for name in members if name.endswith("Content.xml"))
    assert changed(members[page]) != members[page]
    with in_seconds(30):
        (letter,) = parts_of(tmp_path, "a.ofd", archive({**members, page: changed(members[page])}))
    assert isinstance(letter, Letter)
    assert letter.text == "信访登记反映内容如下"


FORM = "".join(
    f"<w:tr><w:tc><w:p><w:t>{label}</w:t></w:p></w:tc><w:tc><w:p><w:t>{value}</w:t></w:p></w:tc></w:tr>"
    for label, value in (("姓名", "张三"), ("联系电话", "13800000000"), ("反映内容", "房子漏水"))
)


def test_very_many_forms_in_a_long_document_do_not_each_bear_all_of_it(tmp_path: Path) -> None:
    words = f"<w:p><w:t>{'字' * 1_000_000}</w:t></w:p>"
    document = f'<w:document xmlns:w="w"><w:body>{words}' + f"<w:tbl>{FORM}</w:tbl>" * 400
    with in_seconds(30):
        found = parts_of(
            tmp_path, "a.docx", archive({"word/document.xml": f"{document}</w:body></w:document>".encode()})
        )
    forms = [part for part in found if isinstance(part, Form)]
    assert len(forms) == 400
    assert sum(len(form.text) for form in forms) < 5_000_000


def test_what_is_read_of_one_file_has_an_end(tmp_path: Path) -> None:
    rows = '<row><c t="s"><v>0</v></c></row>' * 1000
    content = xlsx_of_markup(f"<sheetData>{rows}</sheetData>", strings=f"<si><t>{'困' * 30_000}</t></si>")
    limits = replace(standard_limits(), told_bytes=20_000_000)

    table, refused = parts_of(tmp_path, "a.xlsx", content, limits)

    assert isinstance(table, tuple)
    assert 0 < len(table[2]) < 1000
    assert isinstance(refused, RefusedPart)
    assert "合起来太多" in refused.reason


def test_behind_a_member_that_says_too_much_nothing_more_is_read(tmp_path: Path) -> None:
    content = archive({"1.csv": CSV, "长.csv": b"a,b,c\n" * 100_000, "3.csv": CSV})
    *_, blamed, rest = parts_of(tmp_path, "a.zip", content, replace(standard_limits(), told_bytes=500_000))
    assert isinstance(blamed, RefusedPart)
    assert isinstance(rest, RefusedPart)
    assert (blamed.part, rest.part) == ("长.csv", "")


@pytest.mark.parametrize("depth", [900, 950, 975, 985])
def test_a_record_nested_too_deep_costs_itself(tmp_path: Path, depth: int) -> None:
    deep = b'{"a":' + b"[" * depth + b"]" * depth + b"}\n"
    whole = '{"编号":"X1","内容":"甲"}\n'.encode()

    rows = rows_of(tmp_path, "a.jsonl", whole + deep + whole)

    assert [row.number for row in rows] == [0, 1, 2, 3]
    assert rows[3].cells[:2] == ("X1", "甲")
    assert "层" in rows[2].damage or "不是完整的JSON" in rows[2].damage or "[[" in str(rows[2].cells)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "台账.xlsx")
    with in_seconds(10), pytest.raises(FileError, match="管道"), open_parts(tmp_path / "台账.xlsx"):
        pass


@pytest.mark.parametrize(("path", "reason"), [("/dev/zero", "设备"), ("/tmp", "是文件夹")])
def test_what_is_no_file_is_refused_in_words(path: str, reason: str) -> None:
    with pytest.raises(FileError, match=reason), open_parts(Path(path)):
        pass


def test_a_null_byte_in_a_name_hides_no_way_out(tmp_path: Path) -> None:
    packed = archive({"aa/x.csv": CSV, "b.csv": CSV}).replace(b"aa/x.csv", b"..\x00/.csv")
    refused, table = parts_of(tmp_path, "a.zip", packed)
    assert isinstance(refused, RefusedPart)
    assert "名字不正常" in refused.reason
    assert isinstance(table, tuple)
