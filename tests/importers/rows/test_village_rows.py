"""Rows of a village's name alone."""

import pytest

from importers.rows.village_rows import VillageAbove, village_of


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("庞家庄村", "庞家庄村"),
        ("二、张羊峁村（2件）", "张羊峁村"),
        ("（一）克虎镇庞家庄村", "克虎镇庞家庄村"),
        ("1.某某社区 共3户", "某某社区"),
        ("三交村：", "三交村"),
        ("十里铺村", "十里铺村"),
        ("三交镇庞家庄村", "三交镇庞家庄村"),
        ("二、十里铺村", "十里铺村"),
        ("2）庞家庄村", "庞家庄村"),
        ("二 庞家庄村", ""),
        ("软弱涣散村", ""),
        ("驻村帮扶村", ""),
        ("整治试点村", ""),
        ("未报村", ""),
        ("庞家庄村村委会", ""),
        ("庞家庄村（盖章）", ""),
        ("以上为庞家庄村", ""),
        ("其他村", ""),
        ("一、信访局交办", ""),
        ("填表单位：庞家庄村", ""),
    ],
)
def test_a_cell_that_names_a_village_and_nothing_else(text: str, village: str):
    assert village_of({0: text}) == village


def test_a_village_beside_something_else_is_no_heading():
    assert village_of({0: "庞家庄村", 3: "2件"}) == ""


@pytest.mark.parametrize(
    ("texts", "village"),
    [
        ({}, "某家村"),
        ({"address": "一组12号"}, "某家村"),
        ({"address": "组里第三家"}, "某家村"),
        ({"address": "12号"}, "某家村"),
        ({"address": "第二村民小组"}, "某家村"),
        ({"address": "三交镇别家村"}, ""),
        ({"address": "十里铺"}, ""),
        ({"address": "别家坪"}, ""),
        ({"address": "县城关某小区"}, ""),
        ({"village": "别家村", "address": "一组"}, "别家村"),
    ],
)
def test_the_village_above_is_that_of_rows_that_name_none(texts: dict[str, str], village: str):
    above = VillageAbove()
    above.note(3, {0: "某家村"})
    above.confirm()

    assert above.with_village(texts).get("village", "") == village


def test_a_sum_ends_the_rows_of_a_village():
    above = VillageAbove()
    above.note(3, {0: "某家村"})
    above.confirm()

    assert not above.note(6, {0: "小计", 2: "2件"})
    assert above.with_village({}) == {}
