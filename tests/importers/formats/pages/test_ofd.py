"""OFD in the habits of several writers: letters, tables, forms, templates, annotations, scans, and what is hostile."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from domain.failures.errors import FileError
from importers.formats.limits import standard_limits
from importers.formats.packages.office_package import OfficePackage
from importers.formats.packages.pasted import Pasted
from importers.formats.pages import ofd as reader
from importers.formats.parts import Form, Letter, RefusedPart
from importers.formats.sink import Sink
from importers.formats.source import Source
from importers.petitions.reading import open_petitions
from tests.importers.formats.delivery import cells_of, parts_of, source_of
from tests.importers.formats.ofd_files import (
    image,
    line,
    line_by_signs,
    line_of_codes,
    line_scaled,
    line_without_steps,
    ofd,
    ruled,
    unit,
    using,
)
from tests.importers.office_files import COUNTY, NOW

_LETTER = ["尊敬的领导:", "我家房子漏雨, 老人住院花了3万元, 请求帮扶。", "反映人:张三", "2026年9月3日"]
_HABITS = [line, line_by_signs, line_of_codes, line_scaled, line_without_steps]
_Line = Callable[[str, float, float], str]


def _lines(write: _Line, lines: list[str] = _LETTER) -> str:
    return "".join(write(text, 20, 20 + 8 * at) for at, text in enumerate(lines))


def _plain(text: str) -> list[str]:
    return ["".join(line.split()) for line in text.splitlines()]


def _picture(side: int = 90) -> bytes:
    content = io.BytesIO()
    Image.effect_noise((side, side), 90).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize("write", _HABITS, ids=lambda write: write.__name__)
def test_a_letter_reads_the_same_in_every_habit(tmp_path: Path, write: _Line) -> None:
    (letter,) = parts_of(tmp_path, "来信.ofd", ofd([_lines(write)]))

    assert isinstance(letter, Letter)
    assert letter.title == "来信"
    assert _plain(letter.text) == ["".join(line.split()) for line in _LETTER]


def test_lines_are_read_from_above_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    written = "".join(line(text, 20, 20 + 8 * at) for at, text in reversed(list(enumerate(_LETTER))))

    (letter,) = parts_of(tmp_path, "来信.ofd", ofd([written, _lines(line, ["第二页的内容在后面写着。"])]))

    assert isinstance(letter, Letter)
    assert _plain(letter.text)[0] == "尊敬的领导:"
    assert _plain(letter.text)[-1] == "第二页的内容在后面写着。"


def test_rare_characters_and_those_beyond_the_first_plane_stay(tmp_path: Path) -> None:
    (letter,) = parts_of(tmp_path, "来信.ofd", ofd([line("墕村的𠮷某反映水井干了", 20, 20)]))

    assert isinstance(letter, Letter)
    assert _plain(letter.text) == ["墕村的𠮷某反映水井干了"]


def test_a_letter_becomes_a_petition_of_its_writer(tmp_path: Path) -> None:
    path = tmp_path / "来信.ofd"
    path.write_bytes(ofd([_lines(line)]))

    with open_petitions(path, received_at=NOW, county=COUNTY) as found:
        (raw,) = [entry.record.raw for entry in found if hasattr(entry, "record")]

    assert raw.petitioner.name == "张三"
    assert raw.published_at is not None


def test_a_ruled_table_is_a_table(tmp_path: Path) -> None:
    rows = [("编号", "姓名", "反映内容"), ("X1", "张三", "房子漏雨"), ("X2", "李四", "井干了")]

    (table,) = parts_of(tmp_path, "台账.ofd", ofd([ruled(rows, 20, 30)]))

    assert isinstance(table, tuple)
    assert cells_of(table[2]) == rows


def test_labels_of_a_template_and_values_of_the_page_are_one_form(tmp_path: Path) -> None:
    labels = [("姓名", "", "性别", ""), ("联系电话", "", "住址", ""), ("反映内容", "", "", "")]
    values = [(65, 32, "张三"), (155, 32, "男"), (65, 41, "13800000000"), (155, 41, "某村"), (65, 50, "房子漏雨")]
    page = using("2") + "".join(line_of_codes(text, x, y, 3) for x, y, text in values)

    (form,) = parts_of(tmp_path, "登记表.ofd", ofd([page], templates={"2": ruled(labels, 20, 30)}))

    assert isinstance(form, Form)
    assert {label: field.text for label, field in form.fields.items()} == {
        "姓名": "张三",
        "性别": "男",
        "联系电话": "13800000000",
        "住址": "某村",
        "反映内容": "房子漏雨",
    }


def test_annotations_stand_below_their_page_and_watermarks_nowhere(tmp_path: Path) -> None:
    notes = (
        '<ofd:Annot ID="1" Type="Highlight"><ofd:Remark>请民政所核实</ofd:Remark><ofd:Appearance Boundary="0 0 9 9">'
        f"{line('请民政所核实', 3, 3)}</ofd:Appearance></ofd:Annot>"
        f'<ofd:Annot ID="2" Type="Watermark"><ofd:Appearance>{line("内部资料", 50, 50)}</ofd:Appearance></ofd:Annot>'
    )

    (letter,) = parts_of(tmp_path, "来信.ofd", ofd([_lines(line)], annotations={0: notes}))

    assert isinstance(letter, Letter)
    assert _plain(letter.text)[len(_LETTER) :] == ["批注：请民政所核实"]


def test_text_printed_twice_to_look_bold_is_read_once_and_hidden_text_not(tmp_path: Path) -> None:
    hidden = line("看不见的字", 20, 90).replace("<ofd:TextObject ", '<ofd:TextObject Visible="false" ')

    (letter,) = parts_of(tmp_path, "来信.ofd", ofd([_lines(line) + _lines(line) + hidden]))

    assert isinstance(letter, Letter)
    assert _plain(letter.text) == ["".join(line.split()) for line in _LETTER]


@pytest.mark.parametrize("scale", [1, 0.5])
def test_composite_units_stand_where_the_page_puts_them(tmp_path: Path, scale: float) -> None:
    page = line(_LETTER[0], 20, 20) + line(_LETTER[2], 20, 90) + unit("50", 20, 40, scale)
    within = {"50": line(_LETTER[1], 0, 0) + unit("51", 0, 20), "51": line("以上属实。", 0, 0) + unit("50", 0, 20)}

    (letter,) = parts_of(tmp_path, "来信.ofd", ofd([page], units=within))

    assert isinstance(letter, Letter)
    assert _plain(letter.text)[:3] == ["".join(text.split()) for text in (_LETTER[0], _LETTER[1], "以上属实。")]
    assert _plain(letter.text)[-1] == _LETTER[2]


def test_a_page_that_is_a_scan_goes_the_way_of_images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned: list[str] = []

    def read(_office: OfficePackage, pasted: Pasted, _words: str, _source: Source, _sink: Sink) -> bool:
        scanned.extend(pasted.pictures)
        return True

    monkeypatch.setattr(reader, "read_scanned_document", read)
    content = ofd(
        [_lines(line), image("77", 210, 297) + line("扫描程序的名字在这", 20, 280)], images={"77": _picture()}
    )
    written = io.BytesIO()

    reader.read_ofd(source_of(tmp_path, "来信.ofd", content), Sink(written, standard_limits()))

    assert scanned == ["Doc_0/Res/77.png"]
    assert "老人住院" in written.getvalue().decode("utf-8", errors="replace")


def test_a_scan_in_a_format_that_nobody_reads_is_named(tmp_path: Path) -> None:
    content = ofd([image("77", 210, 297)], images={"77": _picture()}, ending="jb2")

    with pytest.raises(FileError, match="第1页是扫描件, 图片的格式读不了"):
        parts_of(tmp_path, "来信.ofd", content)


def test_a_picture_beside_text_and_an_attachment_are_told_of(tmp_path: Path) -> None:
    content = ofd([_lines(line) + image("77", 60, 60)], images={"77": _picture()}, attached=True)

    letter, picture, attached = parts_of(tmp_path, "来信.ofd", content)

    assert isinstance(letter, Letter)
    assert isinstance(picture, RefusedPart)
    assert picture.reason.startswith("第1页有图片")
    assert isinstance(attached, RefusedPart)
    assert "嵌有1个别的文件" in attached.reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ofd([], members={"OFD.xml": b"<ofd/>"}), "OFD文件里缺少必要的内容"),
        (ofd([]), "OFD里没有页"),
        (ofd([""]), "没有任何内容"),
        (ofd(["<a>"]), "内容不完整或已损坏"),
        (ofd([_lines(line)], prolog='<!DOCTYPE a [<!ENTITY b "c">]>'), "为安全没有读取"),
        (ofd([""] * 501), "OFD超过500页"),
        (ofd([_lines(line)], members={"Doc_0/big": bytes(60_000_000)}), "解开后大得不正常"),
    ],
    ids=["no document", "no pages", "nothing", "broken", "entities", "many pages", "bomb"],
)
def test_what_is_damaged_or_hostile_is_refused_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        parts_of(tmp_path, "来信.ofd", content)


def test_locations_lead_nowhere_out_of_the_package(tmp_path: Path) -> None:
    content = ofd([_lines(line)], members={"OFD.xml": b"<a><DocRoot>../../../etc/passwd</DocRoot></a>"})

    with pytest.raises(FileError, match="缺少必要的内容"):
        parts_of(tmp_path, "来信.ofd", content)
