"""Pictures in xls, xlsb, ods and PDF with text: told of like those in xlsx, and never in the way of the cells."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlwt
from PIL import Image
from xlwt.CompoundDoc import XlsDoc

from importers.formats.limits import standard_limits
from importers.formats.packages.pasted import Pasted
from importers.formats.pages import pdf as reader
from importers.formats.parts import Letter, RefusedPart
from importers.formats.sink import Sink
from importers.formats.workbooks.old_workbook import stream_of
from importers.formats.workbooks.workbook_pictures import pictures_of_old_workbook
from tests.importers.formats.delivery import parts_of, source_of
from tests.importers.formats.office_files import archive, ods, pdf, words, xls, xlsb, xlsx

_ROWS = [("编号", "内容"), ("X1", "房子漏雨")]
_LARGE = bytes(5000)
_SENTENCE = "我家的房子漏雨, 请求帮扶。"


def _with(content: bytes, members: dict[str, bytes], replaced: tuple[str, str] = ("", "")) -> bytes:
    """The package with these members besides, and a text of its content.xml replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(written, "w") as changed:
        for name in packed.namelist():
            member = packed.read(name)
            if name == "content.xml":
                member = member.decode().replace(*replaced).encode()
            changed.writestr(name, member)
        for name, member in members.items():
            changed.writestr(name, member)
    return written.getvalue()


def _ods() -> bytes:
    frames = (
        '<table:shapes><x:frame xmlns:x="urn:draw" xmlns:l="urn:link"><x:image l:href="Pictures/scan.png"/>'
        '<x:image l:href="./Pictures/logo.png"/><x:image l:href="Pictures/gone.png"/>'
        '<x:image l:href="./ObjectReplacements/chart"/></x:frame></table:shapes></table:table>'
    )
    members = {"Pictures/scan.png": _LARGE, "Pictures/logo.png": b"small", "ObjectReplacements/chart": _LARGE}
    return _with(ods(_ROWS), members, ("</table:table>", frames))


def _xlsb() -> bytes:
    relations = "<Relationships>{}</Relationships>"
    pointing = '<Relationship Id="r" Type="x/{}" Target="{}"/>'
    return _with(
        xlsb(_ROWS),
        {
            "xl/worksheets/_rels/sheet1.bin.rels": relations.format(pointing.format("drawing", "../d.xml")).encode(),
            "xl/d.xml": b"<d/>",
            "xl/_rels/d.xml.rels": relations.format(pointing.format("image", "media/scan.png")).encode(),
            "xl/media/scan.png": _LARGE,
        },
    )


def _xls_of_xlwt() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (60, 60)).save(picture, "BMP")
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("登记")
    for row, cells in enumerate(_ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.insert_bitmap_data(picture.getvalue(), 4, 4)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _xls_of_excel(size: int, features: list[int]) -> bytes:
    """The records of [MS-XLS] that tell of pictures: one stored of this size, and an object of these features."""
    stored = struct.pack("<HHI", 2, 0xF007, 36) + bytes(20) + struct.pack("<I", size) + bytes(12)
    group = struct.pack("<HHI", 15, 0xF001, len(stored)) + stored
    group = struct.pack("<HHI", 15, 0xF000, len(group)) + group
    drawn = _record(0xEB, group[:20]) + _record(0x3C, group[20:])
    name = "登记".encode("utf-16-le")
    begin = _record(0x809, bytes(16))
    before = len(begin) + 4 + 8 + len(name) + len(drawn) + 4
    sheet = _record(0x85, struct.pack("<IBBBB", before, 0, 0, 2, 1) + name)
    common = struct.pack("<HHHH", 0x15, 18, 8, 1) + bytes(14)
    anchored = _record(0x5D, common + b"".join(struct.pack("<HH", kind, 0) for kind in features))
    written = io.BytesIO()
    XlsDoc().save(written, begin + sheet + drawn + _record(0x0A) + begin + anchored + _record(0x0A))
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("台账.ods", _ods()), ("台账.xlsb", _xlsb()), ("台账.xls", _xls_of_xlwt())],
    ids=["ods", "xlsb", "xls"],
)
def test_a_picture_beside_the_cells_is_told_of(tmp_path: Path, name: str, content: bytes) -> None:
    table, pictures = parts_of(tmp_path, name, content)

    assert isinstance(table, tuple)
    assert [row.cells for row in table[2]] == _ROWS
    assert isinstance(pictures, RefusedPart)
    assert (pictures.sheet, pictures.harmless) == ("登记", True)
    assert "里面有1张图片" in pictures.reason


def _remark(content: bytes, path: str, kind: str, words: str) -> bytes:
    """The package with a part of this kind that the one at `path` points to."""
    folder, name = path.rsplit("/", 1)
    relations = f'<Relationships><Relationship Id="aside" Type="x/{kind}" Target="aside.xml"/></Relationships>'
    return _with(content, {f"{folder}/_rels/{name}.rels": relations.encode(), f"{folder}/aside.xml": words.encode()})


_SAID = "<x:a xmlns:x='x'><x:t>我家的房子漏雨</x:t></x:a>"
_REMARKS = {
    "a remark in xlsx": ("台账.xlsx", _remark(xlsx({"登记": _ROWS}), "xl/worksheets/sheet1.xml", "comments", _SAID)),
    "a box in xlsx": ("台账.xlsx", _remark(xlsx({"登记": _ROWS}), "xl/worksheets/sheet1.xml", "drawing", _SAID)),
    "a remark in xlsb": ("台账.xlsb", _remark(xlsb(_ROWS), "xl/worksheets/sheet1.bin", "comments", _SAID)),
    "a remark in ods": (
        "台账.ods",
        _with(ods(_ROWS), {}, ("</table:table>", "<o:annotation xmlns:o='o'>漏雨</o:annotation></table:table>")),
    ),
}


@pytest.mark.parametrize(("name", "content"), _REMARKS.values(), ids=_REMARKS.keys())
def test_words_beside_the_cells_are_told_of(tmp_path: Path, name: str, content: bytes) -> None:
    table, aside = parts_of(tmp_path, name, content)

    assert isinstance(table, tuple)
    assert [row.cells for row in table[2]] == _ROWS
    assert isinstance(aside, RefusedPart)
    assert (aside.sheet, aside.harmless, "批注" in aside.reason) == ("登记", True, True)


@pytest.mark.parametrize(("words", "told"), [(_SAID, True), ("<x><t> </t><u>x</u></x>", False), ("<damaged", False)])
def test_notes_of_a_document_are_told_of_where_there_are_any(tmp_path: Path, words: str, told: bool) -> None:
    content = archive({"word/document.xml": b'<w:document xmlns:w="w"><w:p><w:t>x</w:t></w:p></w:document>'})
    letter, *more = parts_of(tmp_path, "来信.docx", _remark(content, "word/document.xml", "footnotes", words))

    assert isinstance(letter, Letter)
    assert bool(more) == told


def _pictures_of(folder: Path, content: bytes) -> Mapping[str, Pasted]:
    return pictures_of_old_workbook(stream_of(source_of(folder, "台账.xls", content)))


def test_a_box_of_text_on_an_old_sheet_is_told_of(tmp_path: Path) -> None:
    name = "登记".encode("utf-16-le")
    begin = _record(0x809, bytes(16))
    sheet = _record(0x85, struct.pack("<IBBBB", len(begin) + 12 + len(name) + 4, 0, 0, 2, 1) + name)
    said = _record(0x1B6, bytes(10) + struct.pack("<H", 6) + bytes(6))
    written = io.BytesIO()
    XlsDoc().save(written, begin + sheet + _record(0x0A) + begin + said + _record(0x0A))

    assert _pictures_of(tmp_path, written.getvalue())["登记"].words_aside


def test_a_sheet_of_pictures_alone_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    picture = io.BytesIO()
    Image.new("RGB", (60, 60)).save(picture, "BMP")
    book.add_sheet("扫描").insert_bitmap_data(picture.getvalue(), 4, 4)
    written = io.BytesIO()
    book.save(written)

    refused = [part for part in parts_of(tmp_path, "台账.xls", written.getvalue()) if isinstance(part, RefusedPart)]

    assert [part.reason[:12] for part in refused] == ["这个工作表里只有图片, "]


@pytest.mark.parametrize(
    ("size", "features", "expected"),
    [
        (5000, [7, 8], Pasted(("0",))),
        (5000, [7, 8, 9], Pasted((), 1)),
        (500, [7, 8], Pasted()),
    ],
    ids=["a picture", "an embedded file", "a logo"],
)
def test_objects_of_excel_are_told_apart(tmp_path: Path, size: int, features: list[int], expected: Pasted) -> None:
    content = _xls_of_excel(size, features)

    assert _pictures_of(tmp_path, content) == {"登记": expected}


@pytest.mark.parametrize("cut", [600, 1500, 3000])
def test_what_is_damaged_hides_no_cells(tmp_path: Path, cut: int) -> None:
    assert _pictures_of(tmp_path, xls({"登记": _ROWS})[:cut]) in ({}, {"登记": Pasted()})


def _image(side: int, points: int) -> str:
    """An image of grey points within a PDF page."""
    return f"q {points} 0 0 {points} 20 20 cm BI /W {side} /H {side} /CS /G /BPC 8 ID {'A' * side * side}\nEI Q\n"


def test_a_picture_on_a_page_of_text_is_told_of(tmp_path: Path) -> None:
    pages = [words(_SENTENCE, 60, 700), words(_SENTENCE, 60, 700) + _image(100, 200), words(_SENTENCE, 60, 700)]

    letter, pictures = parts_of(tmp_path, "来信.pdf", pdf(pages))

    assert isinstance(letter, Letter)
    assert isinstance(pictures, RefusedPart)
    assert pictures.harmless
    assert pictures.reason.startswith("第2页有图片")


def test_a_small_seal_on_a_page_is_none(tmp_path: Path) -> None:
    (letter,) = parts_of(tmp_path, "来信.pdf", pdf([words(_SENTENCE, 60, 700) + _image(20, 50)]))

    assert isinstance(letter, Letter)


def test_a_scan_with_the_name_of_its_program_is_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned: list[int] = []
    monkeypatch.setattr(reader, "read_scanned_pdf", lambda _source, pages, _sink: scanned.extend(pages))
    pages = [words("由扫描程序扫描创建成", 60, 20) + _image(100, 700), words(_SENTENCE, 60, 700)]

    reader.read_pdf(source_of(tmp_path, "来信.pdf", pdf(pages)), Sink(io.BytesIO(), standard_limits()))

    assert scanned == [1]
