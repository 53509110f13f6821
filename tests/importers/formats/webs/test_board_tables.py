"""Pages of message boards that set labels beside their values in a table."""

from pathlib import Path

import pytest
from lxml import html

from importers.formats.webs.board_tables import set_as_lines
from tests.importers.office_files import read

_MATTER = "我家房子漏雨，没有钱修，请领导派人看看。"


def _table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


_PAGE = _table(
    ("留言标题", "漏雨", "留言时间：", "2026-09-03"),
    ("留言内容", _MATTER),
    ("回复单位", "某县住建局"),
    ("回复内容", "您好，已列入计划。联系人：王二，电话：0358-4400000。"),
)


def test_labels_beside_values_are_lines_of_the_page(tmp_path: Path):
    path = tmp_path / "留言.html"
    path.write_text(f"<html><body>{_PAGE}</body></html>", encoding="utf-8")
    (record,) = read(path).records

    message, _, answer = record.raw.text.partition("\n【答复】某县住建局")
    assert f"留言内容：{_MATTER}" in message.split("\n")
    assert "留言时间：2026-09-03" in message
    assert "联系人：王二" in answer
    assert record.raw.petitioner.phone == ""


@pytest.mark.parametrize(
    "table",
    [
        _table(("留言标题", "留言内容", "留言时间"), ("漏雨", _MATTER, "2026-09-03")),
        _table(("留言标题", "留言内容"), ("漏雨", _MATTER)),
        _table(("留言内容", "留言时间", "回复内容", "回复单位"), (_MATTER, "2026-09-03", "您好", "某县住建局")),
        _table(("留言内容", "姓名", "留言时间", "电话"), (_MATTER, "张三", "2026-09-03", "13800000000")),
        _table(("费用", "金额"), ("住院", "8000")),
    ],
)
def test_lists_and_other_tables_are_left_alone(table: str):
    root = html.fromstring(table)
    before = html.tostring(root)

    assert not set_as_lines(root)
    assert html.tostring(root) == before
