"""Pictures and files within office documents: named, counted, and no way to make the reader go round in circles."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from PIL import Image

from importers.formats.limits import standard_limits
from importers.formats.packages.office_package import OfficePackage
from importers.formats.packages.packages import open_package
from importers.formats.packages.pasted import Pasted, pasted_in
from importers.formats.parts import Letter, RefusedPart
from importers.formats.scans.images import read_pictures
from importers.formats.sink import Sink
from importers.formats.source import Unreadable
from tests.importers.formats.delivery import parts_of, source_of

_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_LARGE = bytes(5000)


def _pointing(kind: str, target: str) -> str:
    return f'<Relationship Id="{kind}{target}" Type="http://x/relationships/{kind}" Target="{target}"/>'


def _found(parts: Mapping[str, str | bytes]) -> Pasted:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    with open_package(content, standard_limits()) as package:
        return pasted_in(OfficePackage(package), "xl/worksheets/sheet1.xml")


def _document(words: str, pictures: int) -> bytes:
    made = docx.Document()
    made.add_paragraph(words)
    for number in range(pictures):
        picture = io.BytesIO()
        Image.effect_noise((160, 120), 90 + number).save(picture, "PNG")
        made.add_picture(picture)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_pictures_of_a_sheet_are_found_by_way_of_its_drawing() -> None:
    found = _found(
        {
            "xl/worksheets/_rels/sheet1.xml.rels": _RELATIONS.format(
                _pointing("drawing", "../drawings/d.xml") + _pointing("package", "../embeddings/a.xlsx")
            ),
            "xl/drawings/d.xml": "<d/>",
            "xl/drawings/_rels/d.xml.rels": _RELATIONS.format(
                _pointing("image", "../media/scan.png")
                + _pointing("image", "../media/logo.png")
                + _pointing("image", "../media/gone.png")
            ),
            "xl/media/scan.png": _LARGE,
            "xl/media/logo.png": b"small",
        }
    )

    assert found == Pasted(("xl/media/scan.png",), 1)


def test_a_drawing_that_points_to_itself_ends() -> None:
    itself = _RELATIONS.format(_pointing("drawing", "../worksheets/sheet1.xml"))

    assert _found({"xl/worksheets/sheet1.xml": "<s/>", "xl/worksheets/_rels/sheet1.xml.rels": itself}) == Pasted()


def test_damaged_pointers_cost_nothing_but_the_pictures() -> None:
    assert _found({"xl/worksheets/_rels/sheet1.xml.rels": "<Relationships"}) == Pasted()


def test_a_letter_of_many_words_is_no_scan(tmp_path: Path) -> None:
    letter, pictures = parts_of(tmp_path, "来信.docx", _document("我家的房子漏雨" * 20, 2))

    assert isinstance(letter, Letter)
    assert isinstance(pictures, RefusedPart)
    assert pictures.harmless
    assert "里面有2张图片" in pictures.reason


def test_too_many_pictures_are_refused_before_one_is_read(tmp_path: Path) -> None:
    source = source_of(tmp_path, "来信.docx", b"")

    with pytest.raises(Unreadable, match="请分成几个文件提交"):
        read_pictures(iter(()), 10_000, source, Sink(io.BytesIO(), standard_limits()))


def test_without_ocr_a_scan_in_a_document_says_what_to_do(tmp_path: Path) -> None:
    source = source_of(tmp_path, "来信.docx", b"")

    with pytest.raises(Unreadable, match="读不了图片里的字"):
        read_pictures(iter(()), 1, source, Sink(io.BytesIO(), standard_limits()), package="no_such_recogniser")
