"""Values of cells without what only their format put there."""

from pathlib import Path

import pytest

from importers.rows.values import normal_text
from importers.words.table_words import table_words
from tests.importers.office_files import read, write_xlsx


def test_signs_that_are_not_seen_are_taken_out_however_they_are_written() -> None:
    assert normal_text("name", "张\u200b三") == normal_text("name", "张&#8203;三") == "张三"
    assert normal_text("summary", "房子\u202e漏雨") == normal_text("summary", "房子&#8238;漏雨") == "房子漏雨"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("高润 生", "高润生"),
        ("高兰\u3000兰", "高兰兰"),
        ("欧阳 小 红", "欧阳小红"),
        ("高 润 生（五保）", "高润生（五保）"),
        ("高 润生 (五保)", "高润生 (五保)"),
    ],
)
def test_a_blank_within_one_name_is_none_of_it(written: str, name: str) -> None:
    assert normal_text("name", written) == name


@pytest.mark.parametrize(
    "written",
    ["张三 妻", "王芳 亡", "李兰 女", "张三 李四", "张三 女 62岁", "张三（李 四）", "张三 （代表）", "克虎镇 张三"],
)
def test_a_blank_beside_something_else_than_a_name_stays(written: str) -> None:
    assert normal_text("name", written) == written


_TICKET = ("工单编号", "来电号码", "来电人", "联系电话", "受理时间", "诉求描述")


def phones(folder: Path, *rows: tuple[str, str, str]) -> list[str]:
    """Of rows of 来电号码, 来电人 and 联系电话 the phones that are read."""
    matter = "来电人反映机井坏了浇不上地, 请求派人修理。"
    cells = [(f"T{at}", rang, name, phone, "2026-09-03", matter) for at, (rang, name, phone) in enumerate(rows)]
    records = read(write_xlsx(folder / "t.xlsx", [_TICKET, *cells])).records
    return [one.raw.petitioner.phone for one in records if one.raw.petitioner]


@pytest.mark.parametrize("written", ["-", "--", "无", "/", "同来电号码", "本机", "无其他号码", "0", "没电话", ""])
def test_who_rang_has_the_number_that_he_rang_from_where_he_left_no_other(tmp_path: Path, written: str) -> None:
    assert phones(tmp_path, ("13800000001", "李一", written)) == ["13800000001"]


@pytest.mark.parametrize(
    ("written", "phone"),
    [("13800000002", "13800000002"), ("138****0002", ""), ("1380000000", ""), ("4420000", "4420000")],
)
def test_another_number_that_he_left_counts_as_it_stands(tmp_path: Path, written: str, phone: str) -> None:
    assert phones(tmp_path, ("13800000001", "李一", written)) == [phone]


def test_the_same_as_above_is_never_the_number_of_somebody_else_beside_ones_own(tmp_path: Path) -> None:
    rows = [("13800000001", "李一", "13800000002"), ("13800000003", "王二", "同上"), ("", "靳三", "同上")]

    assert phones(tmp_path, *rows) == ["13800000002", "13800000003", "13800000003"]


def test_the_same_as_above_is_not_the_number_of_whoever_rang_from_another_one(tmp_path: Path) -> None:
    rows = [("13800000001", "李一", "13800000002"), ("13800000003", "", "同上"), ("13800000003", "", "同上")]

    assert phones(tmp_path, *rows) == ["13800000002", "13800000003", "13800000003"]


def test_the_same_as_above_is_the_number_of_the_same_person(tmp_path: Path) -> None:
    rows = [("13800000001", "李一", "13800000002"), ("13800000003", "同上", "同上"), ("13800000003", "李一", "〃")]

    assert phones(tmp_path, *rows) == ["13800000002"] * 3


@pytest.mark.parametrize(
    "name",
    [
        "不想说",
        "未提供",
        "不方便透露",
        "未留",
        "没留姓名",
        "来电人不便透露身份",
        "拒绝说明",
        "某某",
        "XXX",
        "（未留名）",
    ],
)
def test_words_that_give_no_name_name_nobody(tmp_path: Path, name: str) -> None:
    rows = [("编号", "姓名", "日期", "反映内容"), ("X1", name, "2026-09-03", "村里路不通, 要求修路。")]

    (record,) = read(write_xlsx(tmp_path / "t.xlsx", rows)).records

    assert record.raw.petitioner is not None
    assert record.raw.petitioner.name == ""


@pytest.mark.parametrize("name", ["白说", "卜提供", "莫留", "魏留名", "不二", "梅登记"])
def test_names_with_such_characters_are_names(name: str) -> None:
    assert not table_words().names_nobody(name)
