"""Scans from the file to the petition, with the real recogniser in the reading process, which has no network.

`form.png` was drawn by `benchmarks/scans/drawing.py` (layout of four columns); the person is invented, and the check
character of the ID number is wrong.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from PIL import Image

from domain.failures.errors import FileError
from domain.places.region import RegionCode
from importers.formats.opening import open_parts
from importers.formats.parts import Form
from importers.formats.scans.images import read_image, read_scanned_pdf
from importers.formats.sink import Sink
from importers.formats.source import Unreadable
from importers.petitions.reading import Accepted, Warned, open_petitions
from tests.importers.formats.delivery import source_of

FORM = Path(__file__).with_name("form.png")
NO_SUCH_PACKAGE = "no_such_recogniser"


def test_a_form_that_lies_on_its_side_becomes_a_petition_with_what_is_doubtful_said(tmp_path: Path):
    path = tmp_path / "登记表.tiff"
    Image.open(FORM).convert("L").rotate(90, expand=True).save(path)

    with open_petitions(path, received_at=datetime(2024, 4, 1, tzinfo=UTC), county=RegionCode("140000")) as reading:
        entries = list(reading)

    (record,) = [entry.record for entry in entries if isinstance(entry, Accepted)]
    assert record.raw.petitioner.name == "张三"
    assert record.raw.petitioner.phone == "13800000000"
    assert record.raw.petitioner.address == "青石镇后沟村9号"
    assert record.raw.text == "去年冬天房子漏雨，修了三次也没有修好，一家四口不敢在里面住，请派人来看。"
    warnings = {entry.problem.column: entry.problem for entry in entries if isinstance(entry, Warned)}
    assert "校验位" in warnings["身份证号"].reason
    assert [entry.problem.column for entry in entries if isinstance(entry, Warned)].count("身份证号") == 1
    assert "1975" not in warnings["身份证号"].reason + warnings["身份证号"].value


def test_a_scanned_pdf_gives_its_form(tmp_path: Path):
    path = tmp_path / "扫描.pdf"
    Image.open(FORM).convert("L").save(path, "PDF", resolution=130)

    with open_parts(path) as parts:
        (form,) = parts

    assert isinstance(form, Form)
    assert form.fields["信访形式"].text == "来信"
    assert form.fields["来访日期"].text == "2024年3月5日"
    assert "群众来访登记表" in form.text


def test_a_page_without_a_word_is_refused(tmp_path: Path):
    path = tmp_path / "空白.jpg"
    Image.new("RGB", (600, 800), "white").save(path)

    with pytest.raises(FileError, match=r"空白\.jpg: 图上没有认出字.*重新拍照"), open_parts(path):
        pass


def test_an_image_says_what_is_missing_without_the_recogniser(tmp_path: Path):
    source = source_of(tmp_path, "a.png", FORM.read_bytes())

    with pytest.raises(Unreadable, match=r"qianshao\[ocr\].*登记一件"):
        read_image(source, Sink(io.BytesIO(), source.limits), package=NO_SUCH_PACKAGE)


def test_a_scanned_pdf_names_its_pages_without_the_recogniser(tmp_path: Path):
    source = source_of(tmp_path, "a.png", b"")
    sent = io.BytesIO()

    read_scanned_pdf(source, [2, 3], Sink(sent, source.limits), package=NO_SUCH_PACKAGE)

    assert "第2、3页是扫描件".encode() in sent.getvalue()


def test_a_document_that_is_nothing_but_a_picture_is_a_scan(tmp_path: Path):
    path = tmp_path / "来访件.docx"
    made = docx.Document()
    made.add_paragraph("来访件扫描")
    made.add_picture(str(FORM))
    made.save(str(path))

    with open_petitions(path, received_at=datetime(2024, 4, 1, tzinfo=UTC), county=RegionCode("140000")) as reading:
        entries = list(reading)

    (record,) = [entry.record for entry in entries if isinstance(entry, Accepted)]
    assert record.raw.petitioner.phone == "13800000000"
    assert record.part == "图片"
    assert [entry.problem.value for entry in entries if isinstance(entry, Warned)][-1] == "来访件扫描"
