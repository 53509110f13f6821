"""Word documents, PDF, images, and documents that must be converted."""

import os
import shutil
import stat
import zlib
from pathlib import Path

import pytest

from domain.failures.errors import FileError
from importers.formats.opening import open_parts
from importers.formats.parts import Form, Letter, RefusedPart
from tests.importers.formats.delivery import cells_of, parts_of
from tests.importers.formats.office_files import archive, docx_of, pdf, ruled, words

LIST = [["编号", "姓名", "内容"], ["X1", "张三", "家里困难"], ["X2", "李四", "房子漏水"]]
FORM = [["姓名", "张三", "性别", "男"], ["联系电话", "13800000000", "住址", "某村"], ["反映内容", "房子漏水", "", ""]]


def test_a_document_gives_its_tables_and_then_its_words(tmp_path: Path) -> None:
    table, letter = parts_of(tmp_path, "材料.docx", docx_of(["尊敬的领导", "我家困难"], [LIST]))
    assert isinstance(table, tuple)
    assert table[1] == "表格1"
    assert cells_of(table[2]) == [tuple(row) for row in LIST]
    assert letter == Letter("", "材料", "尊敬的领导\n我家困难")


def test_a_form_in_a_document_is_a_form(tmp_path: Path) -> None:
    form, letter = parts_of(tmp_path, "登记表.docx", docx_of(["信访登记表"], [FORM]))
    assert isinstance(form, Form)
    assert {label: field.text for label, field in form.fields.items()} == {
        "姓名": "张三",
        "性别": "男",
        "联系电话": "13800000000",
        "住址": "某村",
        "反映内容": "房子漏水",
    }
    assert form.text.startswith("信访登记表\n姓名 张三")
    assert letter == Letter("", "登记表", "信访登记表")


def test_deleted_words_are_not_read_and_merged_cells_are(tmp_path: Path) -> None:
    body = (
        '<w:document xmlns:w="w" xmlns:mc="mc"><w:body><w:p><w:r><w:t>留下</w:t></w:r>'
        "<w:del><w:r><w:t>删去</w:t></w:r></w:del><mc:AlternateContent><mc:Choice><w:t>框</w:t></mc:Choice>"
        "<mc:Fallback><w:t>框</w:t></mc:Fallback></mc:AlternateContent>"
        '</w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:t>宽</w:t></w:p></w:tc>'
        '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:t>高</w:t></w:p></w:tc></w:tr>'
        "<w:tr><w:tc><w:p><w:t>1</w:t></w:p><w:p><w:t>2</w:t></w:p></w:tc><w:tc><w:p/></w:tc>"
        "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:t>x</w:t></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    table, letter = parts_of(tmp_path, "a.docx", archive({"word/document.xml": body.encode()}))
    assert isinstance(table, tuple)
    assert cells_of(table[2]) == [("宽", "", "高"), ("1\n2", "", "")]
    assert letter == Letter("", "a", "留下框")


def test_a_pdf_gives_ruled_tables_and_the_words_around_them(tmp_path: Path) -> None:
    page = words("某县信访登记", 60, 800) + ruled(LIST, 60, 780) + words("以上属实", 60, 600)
    table, letter = parts_of(tmp_path, "台账.pdf", pdf([page]))
    assert isinstance(table, tuple)
    assert table[1] == "第1页表格1"
    assert cells_of(table[2]) == [tuple(row) for row in LIST]
    assert letter == Letter("", "台账", "某县信访登记\n以上属实")


def test_a_full_line_of_a_pdf_goes_on_in_the_next_one_and_no_other(tmp_path: Path) -> None:
    full, rest = "我家去年遭了灾，儿子看病花了三万多元，全部是向亲戚借的，一", "时还不上，请求救助。"
    page = words("求助信", 200, 800) + words(full, 60, 760) + words(rest, 60, 740)
    page += words("写信人：张三", 300, 720) + words("电话 13800000000 家里", 60, 700) + words("某村", 60, 680)

    (letter,) = parts_of(tmp_path, "来信.pdf", pdf([page]))

    assert letter == Letter("", "来信", f"求助信\n{full}{rest}\n写信人：张三\n电话 13800000000 家里\n某村")


def test_a_form_in_a_pdf_is_a_form(tmp_path: Path) -> None:
    form, letter = parts_of(
        tmp_path, "登记表.pdf", pdf([words("信访登记表", 60, 800) + ruled(FORM, 20, 780, width=140)])
    )
    assert isinstance(form, Form)
    assert form.fields["联系电话"].text == "13800000000"
    assert letter == Letter("", "登记表", "信访登记表")


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\n" + os.urandom(500))
    with pytest.raises(FileError, match="PDF"), open_parts(path):
        pass


@pytest.mark.parametrize("side", [(30_000, 30_000), (30_000, 10)])
def test_an_absurd_image_is_refused_by_its_head(tmp_path: Path, side: tuple[int, int]) -> None:
    head = side[0].to_bytes(4, "big") + side[1].to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    chunk = len(head).to_bytes(4, "big") + b"IHDR" + head + zlib.crc32(b"IHDR" + head).to_bytes(4, "big")
    path = tmp_path / "大图.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT" + zlib.crc32(b"IDAT").to_bytes(4, "big"))
    with pytest.raises(FileError, match="300dpi"), open_parts(path):
        pass


def test_an_old_document_says_what_to_do_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileError, match="另存为docx"):
        parts_of(tmp_path, "来信.rtf", b"{\\rtf1 x}")


def _soffice(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_an_old_document_is_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = tmp_path / "ready.docx"
    ready.write_bytes(docx_of(["我家困难"]))
    _soffice(tmp_path, f'while [ "$1" != --outdir ]; do shift; done; cat {ready} > "$2/given.docx"')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert parts_of(tmp_path, "来信.rtf", b"{\\rtf1 x}") == [Letter("", "来信", "我家困难")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_itself_works_within_the_limits(tmp_path: Path) -> None:
    text = "".join(f"\\u{ord(character)}?" for character in "家里困难")
    table_row = "\\trowd\\cellx2000\\cellx4000\\intbl X1\\cell X2\\cell\\row"
    content = f"{{\\rtf1\\ansi {text}\\par{table_row}\\pard end\\par}}"
    table, letter = parts_of(tmp_path, "来信.doc", content.encode())
    assert isinstance(table, tuple)
    assert cells_of(table[2]) == [("X1", "X2")]
    assert letter == Letter("", "来信", "家里困难\nend")
    assert not list(Path("/tmp").glob("OSL_PIPE_*"))


def test_a_converter_that_fails_costs_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _soffice(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    packed = archive({"a.rtf": b"{\\rtf1 x}", "b.txt": "编号\t内容\nX1\t甲\n".encode()})
    refused, table = parts_of(tmp_path, "a.zip", packed)
    assert isinstance(refused, RefusedPart)
    assert (refused.part, "读不出来" in refused.reason) == ("a.rtf", True)
    assert isinstance(table, tuple)
