"""Exports of posts as strangers make them: bombs, broken archives, other people's tables."""

import json
from pathlib import Path

import pytest

from domain.failures.errors import FileError
from importers.entries import PetitionFile
from importers.posts.reading import read_posts
from tests.importers.formats.office_files import archive, docx_of, ods, pdf, words, xls, xlsb, xlsx, xlsx_of_markup
from tests.importers.office_files import NOW

BOARD = ("留言ID", "留言标题", "留言内容", "留言时间")
MESSAGE = ("B1", "村里停水", "我们村停水半个月了。", "2026-09-03")
COMMENTS = ("comment_id", "content", "nickname")
NOTE = {"note_id": "n1", "title": "枣", "desc": "卖不出去", "note_url": "https://m.weibo.cn/d/1"}


def read(folder: Path, name: str, content: bytes | str) -> PetitionFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_posts(path, received_at=NOW)


def said(found: PetitionFile) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.reason) for one in (*found.problems, *found.warnings)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("留言.xlsx", xlsx({"一": [BOARD, MESSAGE]})),
        ("留言.xls", xls({"一": [BOARD, MESSAGE]})),
        ("留言.xlsb", xlsb([BOARD, MESSAGE])),
        ("留言.ods", ods([BOARD, MESSAGE])),
        ("留言.xls", xlsx({"一": [BOARD, MESSAGE]})),
        ("留言.docx", docx_of(["县留言板导出"], [[BOARD, MESSAGE]])),
        ("留言.zip", archive({"一.csv": "\n".join(map(",".join, (BOARD, MESSAGE))).encode("gb18030")})),
        ("留言.csv", "\n".join(map(";".join, (BOARD, MESSAGE))).encode("utf-16")),
        ("留言.json", json.dumps({"code": 0, "data": {"rows": [dict(zip(BOARD, MESSAGE, strict=True))]}})),
    ],
)
def test_a_message_is_read_from_whatever_the_board_exports(tmp_path: Path, name: str, content: bytes | str) -> None:
    [record] = read(tmp_path, name, content).records

    assert (record.raw.external_key, record.raw.text) == ("B1", "【留言】\n我们村停水半个月了。")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("留言.xlsx", archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 100_000_000}), "倍"),
        ("留言.docx", archive({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}), "为安全没有读取"),
        ("留言.zip", archive({"../../逃.csv": b"a,b\n"}), "名字不正常"),
        ("留言.xlsx", b"PK\x03\x04" + bytes(200), "另存|重新"),
        ("留言.json", "[" * 200_000, "JSON"),
        ("留言.pdf", pdf([words("Only words", 72, 700)]), "没有认得的表头"),
        ("留言.csv", "", "是空的"),
    ],
)
def test_what_is_no_export_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes | str, message: str
) -> None:
    with pytest.raises(FileError, match=message) as caught:
        read(tmp_path, name, content)

    assert str(caught.value).startswith(name)


def test_what_stands_beside_messages_is_named_and_comments_are_counted(tmp_path: Path) -> None:
    content = xlsx(
        {"留言": [BOARD, MESSAGE], "评论": [COMMENTS, ("c1", "我家也是", "路过的人")], "说明": [("甲", "乙")]}
    )

    found = read(tmp_path, "留言.xlsx", content)

    assert len(found.records) == 1
    assert said(found) == [
        ("评论", 1, "1条评论没有导入: 评论和评论人不入库, 不需要处理"),
        ("说明", 1, "这个表不是帖子或留言的导出, 没有导入; 交错了的请换成内容导出, 不是导出的不需要处理"),
    ]
    assert "路过的人" not in repr(found)


def test_a_hidden_sheet_is_read_and_said(tmp_path: Path) -> None:
    found = read(
        tmp_path, "留言.xlsx", xlsx({"留言": [BOARD, MESSAGE], "旧": [BOARD, ("B2", *MESSAGE[1:])]}, hidden=["旧"])
    )

    assert [record.raw.external_key for record in found.records] == ["B1", "B2"]
    assert said(found) == [("旧", 1, "这个工作表是隐藏的, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员")]


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    good = "\n".join(map(",".join, (BOARD, MESSAGE))).encode()

    found = read(tmp_path, "留言.zip", archive({"坏.xlsx": b"PK\x03\x04" + bytes(99), "好.csv": good}))

    assert [record.sheet for record in found.records] == ["好.csv"]
    assert [problem.sheet for problem in found.problems] == ["坏.xlsx"]


def test_a_list_that_breaks_off_keeps_what_stood_before(tmp_path: Path) -> None:
    found = read(tmp_path, "contents.json", json.dumps([NOTE, NOTE])[:-20])

    assert [record.row for record in found.records] == [1]
    [problem] = found.problems
    assert (problem.row, "重新导出" in problem.reason) == (2, True)


def test_a_text_that_was_cut_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, "contents.json", json.dumps([{**NOTE, "desc": "长" * 40_000}]))

    assert len(found.records[0].raw.text) == 32_767
    assert [(one.row, one.column) for one in found.warnings] == [(1, "desc")]


def test_objects_of_several_kinds_are_each_what_they_say(tmp_path: Path) -> None:
    items = [
        NOTE,
        {"a": 1},
        {"comment_id": "c", "content": "我也是"},
        {**NOTE, "note_url": "", "note_id": "n2"},
        "文字",
    ]

    found = read(tmp_path, "contents.json", json.dumps(items))

    assert [record.raw.external_key for record in found.records] == ["n1", "n2"]
    assert [problem.row for problem in found.problems] == [2, 5]
    assert "1条评论" in found.warnings[0].reason


def test_a_formula_of_a_stranger_is_never_calculated(tmp_path: Path) -> None:
    sheet = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in BOARD)
    row = '<c t="inlineStr"><is><t>B1</t></is></c><c/><c><f>WEBSERVICE("http://x.invalid")</f></c>'
    content = xlsx_of_markup(f"<sheetData><row>{sheet}</row><row>{row}</row></sheetData>")

    found = read(tmp_path, "留言.xlsx", content)

    assert found.records == ()
    assert [problem.row for problem in found.problems] == [2]
