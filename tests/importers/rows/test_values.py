"""Values of cells without what only their format put there."""

import pytest

from importers.rows.values import normal_text


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
