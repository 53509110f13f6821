"""Names with what offices write beside them."""

import pytest

from importers.petitioner_names import sole_name


@pytest.mark.parametrize(
    "written",
    [
        "张三等12人",
        "张三等人",
        "张三 等五户",
        "张三等3名村民",
        "张三（代表）",
        "张三(女)",
        "张三（户主）等8户",
        "张三先生",
        "张三（儿子张小三代笔）",
        "张三（由女儿代书）",
    ],
)
def test_what_stands_beside_one_name_is_left_out(written: str):
    assert sole_name(written) == "张三"


@pytest.mark.parametrize(
    "written",
    [
        "张三、李四",
        "张三（代其母李四）",
        "张三（为母亲代笔）",
        "张三（本人代书）",
        "张三（代父亲代写）",
        "张三（李四）",
        "李女士",
        "某合作社等3户",
        "张三",
        "匿名（女）",
    ],
)
def test_a_cell_with_a_second_name_or_with_none_stays_as_it_is(written: str):
    assert sole_name(written) == written


def test_of_several_who_came_with_others_all_names_stay():
    assert sole_name("张三、李四等3人") == "张三、李四"
