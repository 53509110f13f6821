"""Names with what offices write beside them."""

import pytest

from importers.rows.petitioner_names import is_group, sole_name


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
        "张三（联名）",
        "张三 （已故）",
        "张三(信访人)",
        "张三（孤寡老人）",
        "张三（儿子张小三代笔）",
        "张三（由女儿代书）",
        "张三（代婆婆来）",
        "张三(替邻居反映)",
        "张三（为老母亲）",
        "张三（签字按手印）",
        "张三（签名、手印）",
        "张三（签字、捺印）",
        "张三（残疾人，低保户）",
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
        "张三（代婆婆李四来）",
        "张三（替红梅反映）",
        "张三（签字、李四）",
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


@pytest.mark.parametrize(
    "text",
    ["某家庄村全体村民", "部分村民", "全村群众", "二组村民代表", "某家庄村民", "庞家庄村民", "克虎镇居民", "3组群众"],
)
def test_people_of_a_place_are_nobody_in_particular(text: str):
    assert is_group(text)


@pytest.mark.parametrize(
    "text",
    [
        "张三村民",
        "张三等村民",
        "张三、李四等12户村民",
        "村民张三",
        "张三（村民代表）",
        "李家沟村张三",
        "张三 李四村民",
        "张三李四村民",
        "某合作社",
    ],
)
def test_a_name_beside_the_people_stays(text: str):
    assert not is_group(text)


def test_where_somebody_lives_in_brackets_is_no_second_name():
    assert sole_name("张三（某某村）") == "张三"
    assert sole_name("张三（石门社区二组）") == "张三"
    assert sole_name("张三（李四）") == "张三（李四）"
