"""Rows of labels that alternate with rows of values are a form, and no list is one."""

import pytest

from importers.formats.forms.values_below import values_beside_labels
from importers.formats.parts import Row

_WHO = ("信访人", "联系电话", "登记日期")
_SAYS = ("张三", "13800000000", "2026-09-03")
_MATTER = ("反映问题及诉求", "", ""), ("家里有人病了。", "", "")


def rows(*cells: tuple[str, ...]) -> list[Row]:
    return [Row(number, one) for number, one in enumerate(cells, start=1)]


def test_each_value_is_put_beside_the_label_above_it():
    found = values_beside_labels(rows(("登记表", "", ""), _WHO, _SAYS, *_MATTER))

    assert found is not None
    assert found[1].cells == ("信访人", "张三", "联系电话", "13800000000", "登记日期", "2026-09-03")
    assert found[2].cells == ("反映问题及诉求", "家里有人病了。")


@pytest.mark.parametrize(
    "others",
    [
        pytest.param((_WHO, _SAYS, _SAYS, *_MATTER), id="two rows of values"),
        pytest.param((_WHO, _SAYS), id="no matter"),
        pytest.param((_WHO, _SAYS, _WHO, _SAYS, *_MATTER), id="labels that return"),
        pytest.param((_WHO, ("张三", "", "", "x"), *_MATTER), id="a value below no label"),
        pytest.param((_WHO, _SAYS, *_MATTER, ("合计", "", "")), id="a sum below"),
        pytest.param(
            (("信访人", "反映内容"), ("张三", "病了"), ("日期", "编号"), ("2026-09-03", "X1")), id="a list first"
        ),
        pytest.param((_WHO, _SAYS, ("姓名", "与户主关系"), ("李四", "妻子"), *_MATTER), id="a family"),
        pytest.param((("信访人", "张三"), *_MATTER), id="values beside their labels"),
    ],
)
def test_any_other_table_is_left_as_it_is(others: tuple[tuple[str, ...], ...]):
    assert values_beside_labels(rows(*others)) is None
