"""What is said of a file none of whose tables is one of petitions."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from domain.failures.errors import FileError
from domain.places.region import RegionCode
from importers.entries import Rejected
from importers.petitions.reading import open_petitions

_NOW = datetime(2026, 9, 10, 8, tzinfo=UTC)
_ROWS = ("1{0}张三{0}2026-09-01{0}家中有人生病", "2{0}李四{0}2026-09-02{0}房屋漏雨")
_OF_WPS = "请用WPS打开, 另存为xlsx后再提交"


def _why_not(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as refused, open_petitions(path, received_at=_NOW, county=RegionCode("141124")) as it:
        list(it)
    return str(refused.value)


@pytest.mark.parametrize("sign", ["/", " ", "_"])
def test_a_text_whose_headers_stand_in_one_cell_says_that_nobody_can_part_its_columns(tmp_path: Path, sign: str):
    lines = [sign.join(("编号", "姓名", "信访日期", "反映内容")), *(row.format(sign) for row in _ROWS)]

    said = _why_not(tmp_path / "台账.csv", "\n".join(lines))

    assert said.endswith(f"看不出各列是用什么符号分开的; {_OF_WPS}")


def test_the_headers_seen_are_told(tmp_path: Path):
    said = _why_not(tmp_path / "台账.csv", "姓名,电话,事情\n张三,13800000001,家中有人生病\n李四,13800000002,房屋漏雨")

    assert "没有找到写反映内容的那一列, 看到的表头是: 姓名、电话、事情; 请把那一列的表头改成「反映内容」" in said


def test_a_row_that_holds_a_number_or_running_text_is_told_of_nobody(tmp_path: Path):
    said = _why_not(tmp_path / "台账.csv", "张三,13800000001,家中有人生病\n李四,13800000002,房屋漏雨")

    assert "没有找到写反映内容的那一列; 请把那一列的表头改成「反映内容」后重新提交" in said
    assert "张三" not in said


def test_a_matter_alone_is_named_as_the_only_column_known(tmp_path: Path):
    said = _why_not(tmp_path / "台账.csv", "反映内容\n家中有人生病\n房屋漏雨")

    assert "只认出写反映内容的一列" in said


def test_of_a_member_of_an_archive_the_same_is_said(tmp_path: Path):
    path = tmp_path / "交来.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("无.csv", "姓名,电话,事情\n张三,13800000001,家中有人生病\n李四,13800000002,房屋漏雨")
        packed.writestr("一.csv", "编号/姓名/信访日期/反映内容\n" + "\n".join(row.format("/") for row in _ROWS))
        packed.writestr("二.csv", "反映内容\n家中有人生病\n房屋漏雨")

    with open_petitions(path, received_at=_NOW, county=RegionCode("141124")) as found:
        said = [entry.problem.reason for entry in found if isinstance(entry, Rejected)]

    assert ["不是的不需要处理" in said[0], said[1].endswith(_OF_WPS), "只认出写反映内容的一列" in said[2]] == [True] * 3


def test_a_table_of_cards_is_told_to_have_no_columns(tmp_path: Path):
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, name in zip(cells, ("张三", "李四"), strict=True):
        cell.text = f"居民诉求卡\n姓名：{name}\n电话：13800000001\n诉求：家里没水吃，请求解决。"
    document.save(str(tmp_path / "卡.docx"))

    with (
        pytest.raises(FileError) as refused,
        open_petitions(tmp_path / "卡.docx", received_at=_NOW, county=RegionCode("141124")) as reading,
    ):
        list(reading)

    assert "这个表每一格是一个人的登记卡" in str(refused.value)


@pytest.mark.parametrize(("name", "kind"), [("群众.m4a", "录音"), ("来电.mp3", "录音"), ("现场.mp4", "录像")])
def test_recordings_are_told_to_be_none_of_text(tmp_path: Path, name: str, kind: str):
    head = b"\xff\xfb\x90\x64" if name.endswith("mp3") else b"\x00\x00\x00\x20ftypM4A "
    (tmp_path / name).write_bytes(head + bytes(range(256)) * 20)

    with (
        pytest.raises(FileError) as refused,
        open_petitions(tmp_path / name, received_at=_NOW, county=RegionCode("141124")) as reading,
    ):
        list(reading)

    assert f"这是{kind}, 不是登记表或信件" in str(refused.value)
