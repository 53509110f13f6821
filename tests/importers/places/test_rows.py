"""Lists of places as strangers make them."""

import json
from pathlib import Path

import pytest

from domain.failures.errors import FileError
from domain.places.region import RegionCode
from importers.places.gazetteer import read_gazetteer
from tests.importers.formats.office_files import archive, ods, xls, xlsb, xlsx

COUNTY = RegionCode("141124")
HEADER = ("town_code", "town", "village_code", "village")
ROW = ("141124104000", "克虎镇", "141124104202", "庞家庄村委会")
NAMED = dict(zip(HEADER, ROW, strict=True))


def places(folder: Path, name: str, content: bytes | str) -> list[tuple[str, str]]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [(place.code.digits, place.name) for place in read_gazetteer([path], COUNTY).places]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("区划.csv", "\n".join(map(",".join, (HEADER, ROW))).encode("gb18030")),
        ("区划.csv", "\ufeff" + "\n".join(map("\t".join, (HEADER, ROW)))),
        ("区划.txt", "\n".join(map("|".join, (HEADER, ROW, ROW)))),
        ("区划.xlsx", xlsx({"一": [HEADER, ROW]})),
        ("区划.xlsx", xlsx({"一": [HEADER, (141124104000, "克虎镇", 141124104202, "庞家庄村委会")]})),
        ("区划.xls", xls({"一": [HEADER, ROW]})),
        ("区划.xlsb", xlsb([HEADER, ROW])),
        ("区划.ods", ods([HEADER, ROW])),
        ("区划.json", json.dumps([NAMED])),
        ("区划.jsonl", json.dumps(NAMED) + "\n\n"),
        ("区划.zip", archive({"一.jsonl": json.dumps(NAMED).encode()})),
    ],
)
def test_a_list_is_read_from_whatever_somebody_made_of_it(tmp_path: Path, name: str, content: bytes | str) -> None:
    assert places(tmp_path, name, content) == [("141124104", "克虎镇"), ("141124104202", "庞家庄村委会")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("区划.xlsx", archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 100_000_000}), "倍"),
        ("区划.docx", archive({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}), "为安全没有读取"),
        ("区划.zip", archive({"../../逃.csv": b"a,b\n"}), "名字不正常"),
        (
            "区划.zip",
            archive({"好.jsonl": json.dumps(NAMED).encode(), "坏.xlsx": b"PK\x03\x04" + bytes(99)}),
            "坏.xlsx",
        ),
        ("区划.jsonl", json.dumps(NAMED) + "\n[1]\n", "第2行: 不是JSON对象"),
        ("区划.jsonl", json.dumps(NAMED) + "\n{broken\n", "第2行: 不是JSON对象"),
        ("区划.csv", ",".join(HEADER) + '\n141124104000,克虎镇,141124104202,"庞家庄', "双引号不成对"),
        ("区划.csv", ",".join(HEADER) + "\n" + ",".join(("1411x", *ROW[1:])), "第2行 town_code: "),
        ("区划.csv", "甲,乙\n1,2\n", "没有一行是地名。看到的列: 甲、乙"),
        ("区划.txt", "这里没有地名。\n", "没有一行是地名"),
        ("区划.csv", "", "是空的"),
    ],
)
def test_what_is_no_list_is_refused_by_name(tmp_path: Path, name: str, content: bytes | str, message: str) -> None:
    with pytest.raises(FileError, match=message) as caught:
        places(tmp_path, name, content)

    assert str(caught.value).startswith(name)


def test_the_row_of_a_sheet_is_named_with_its_sheet(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^区划\.xlsx 别名 第3行 kind: 不认识 '绰号'"):
        places(
            tmp_path,
            "区划.xlsx",
            xlsx(
                {"区划": [HEADER, ROW], "别名": [("village_code", "kind", "name"), ROW[:0], (ROW[2], "绰号", "庄上")]}
            ),
        )
