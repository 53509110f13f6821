"""Tables of persons that belong to a letter."""

from pathlib import Path

import docx
import pytest

from tests.importers.office_files import read

_LETTER = ("尊敬的领导：", "我们6名农民工给包工头干活，拖欠工资合计9万元，请求帮我们要回血汗钱。", "农民工代表：张三")
_OWED = (("序号", "姓名", "村", "电话", "欠薪（元）"), ("1", "张三", "某家峁村", "13800000000", "15000"))
_OF_LETTER = "这个表不是登记表, 已接在信的后面一并接收; 是登记表的请单独提交"


def document(path: Path, lines: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Path:
    book = docx.Document()
    for line in lines:
        book.add_paragraph(line)
    table = book.add_table(len(rows), len(rows[0]))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    book.add_paragraph("2026年9月2日")
    book.save(str(path))
    return path


@pytest.mark.parametrize("header", ["欠薪（元）", "未付工资", "欠款金额"])
def test_the_list_of_what_workers_are_owed_goes_with_their_letter(header: str, tmp_path: Path):
    rows = ((*_OWED[0][:-1], header), _OWED[1])
    found = read(document(tmp_path / "讨薪信.docx", _LETTER, rows))

    assert [one.reason for one in found.warnings] == [_OF_LETTER]
    assert found.problems == ()
    (record,) = found.records
    assert record.raw.petitioner.name == "张三"
    assert "1 张三 某家峁村 13800000000 15000" in record.raw.text


def test_a_name_written_apart_in_the_list_is_that_of_who_signs(tmp_path: Path):
    found = read(document(tmp_path / "讨薪信.docx", _LETTER, (_OWED[0], ("1", "张 三", "某家峁村", "", "15000"))))

    assert [one.reason for one in found.warnings] == [_OF_LETTER]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (("现将欠薪人员名单报上，请查收。", "李四"), _OWED),
        (_LETTER, (("序号", "姓名", "村", "电话", "事项"), ("1", "李四", "某家峁村", "13900000000", "修路"))),
        (("尊敬的领导：", "我们村断水了，请求解决。", "张三"), _OWED),
        (("县信访局：", "我们镇排查出拖欠工资线索，请求县局督促解决。", "侯文静"), _OWED),
        (("尊敬的领导：", "我们被拖欠工资，请求解决。", "全体农民工"), (*_OWED, ("2", "李四", "", "", "12000"))),
    ],
)
def test_any_other_table_of_persons_beside_a_letter_is_refused_or_read(lines: tuple[str, ...], rows, tmp_path: Path):
    found = read(document(tmp_path / "信.docx", lines, rows))

    assert _OF_LETTER not in [one.reason for one in found.warnings]
    assert found.problems or len(found.records) > 1
