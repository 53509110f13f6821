"""Radicals that stand for characters."""

from importers.formats.pages.radicals import with_unified_characters


def test_radicals_of_both_blocks_become_the_characters_that_offices_write():
    assert with_unified_characters("⻩⼤⼭，⼀⼾农⺠，⽼⼈⾐⻝⽆着") == "黄大山，一户农民，老人衣食无着"


def test_other_characters_and_full_width_signs_stay_as_they_are():
    assert with_unified_characters("張三，Ａ１②㎡") == "張三，Ａ１②㎡"


def test_every_radical_of_the_supplement_is_known():
    assigned = [chr(code) for code in range(0x2E80, 0x2EF4) if code not in (0x2E80, 0x2E9A)]

    assert {one for one in assigned if with_unified_characters(one) == one} == set()
    assert with_unified_characters("老⺟亲") == "老母亲"
