import pytest

from importers.formats.family_table import is_relation
from importers.formats.forms import form_of
from importers.formats.parts import Row
from importers.register_cards import table_of_card

HEAD = ("户主姓名", "庞建国", "户编号", "1411240420001"), ("家庭住址", "庞家庄村二组", "联系电话", "13800000000")


@pytest.mark.parametrize("relation", ["与户主关系", "称谓", "与本人关系", "与申请人关系", "关系"])
def test_the_family_is_read_whatever_its_table_calls_the_relation(relation: str):
    family = ("姓名", relation, "年龄"), ("薛改花", "妻子", "61"), ("庞小", "儿子", "30")
    card = form_of([Row(number, cells) for number, cells in enumerate((*HEAD, *family), start=1)], "")

    assert card is not None
    header, *rows = [row.cells for row in table_of_card(card).rows]
    name, told = header.index("姓名"), header.index("与户主关系")
    assert is_relation(relation)
    assert [(row[name], row[told]) for row in rows] == [("庞建国", "户主"), ("薛改花", "妻子"), ("庞小", "儿子")]


def test_the_heads_id_number_and_phone_are_in_his_row_alone():
    family = ("姓名", "与户主关系", "健康状况"), ("庞建国", "户主", "健康"), ("薛改花", "妻子", "健康")
    own = (*HEAD, ("身份证号码", "141196196409090000", "监测对象类别", "边缘易致贫户"))
    card = form_of([Row(number, cells) for number, cells in enumerate((*own, *family), start=1)], "")

    assert card is not None
    header, *rows = [row.cells for row in table_of_card(card).rows]
    number, phone, category = (header.index(text) for text in ("身份证号码", "联系电话", "监测对象类别"))
    assert [(row[number], row[phone]) for row in rows] == [("141196196409090000", "13800000000"), ("", "")]
    assert [row[category] for row in rows] == ["边缘易致贫户", "边缘易致贫户"]


def test_who_helps_the_household_is_none_of_its_family():
    family = ("姓名", "与户主关系", "健康状况"), ("薛改花", "妻子", "健康")
    below = ("帮扶责任人", "常建业", "县水利局"), ("帮扶措施", "公益岗位", "")
    card = form_of([Row(number, cells) for number, cells in enumerate((*HEAD, *family, *below), start=1)], "")

    assert card is not None
    assert [row.cells[0] for row in card.family] == ["姓名", "薛改花"]
