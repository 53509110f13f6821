"""Places where two texts differ, side by side."""

from nlp.repeats.differences import differences
from nlp.repeats.near_duplicates import Compared
from nlp.repeats.overlap import overlap

TEXT = "镇民政办本月给{}困难家庭发放了临时救助金，名单张贴在政务公开栏，请群众监督，{}"


def said(one: str, other: str) -> list[tuple[str, str]]:
    found = overlap(Compared.of(one), Compared.of(other)).differences
    return [(a.says, b.says) for a, b in found]


def test_what_each_text_says_at_a_place_stands_side_by_side():
    assert said(TEXT.format("5户", ""), TEXT.format("8户", "")) == [("5", "8")]


def test_what_only_one_text_says_stands_beside_nothing():
    assert ("", "全镇的") in said(TEXT.format("", ""), TEXT.format("全镇的", ""))


def test_places_at_the_end_are_found_without_what_both_end_with():
    assert said(TEXT.format("5户", "三月十二日"), TEXT.format("5户", "三月十九日")) == [("二", "九")]


def test_the_same_words_around_two_places_do_not_mix_them_up():
    one, other = "救助3户困难人家。救助5户困难人家。", "救助4户困难人家。救助6户困难人家。"

    found = differences(one, [(2, 3), (11, 12)], other, [(2, 3), (11, 12)], 2)

    assert [(a.says, b.says) for a, b in found] == [("3", "4"), ("5", "6")]


def test_texts_that_are_no_one_text_or_a_form_have_none():
    form = "现申请救助，我家住{}，人口{}人，因{}花去{}元，望批准为盼，谢谢各位领导的关心和帮助。"

    assert not said(TEXT, "另一篇完全不同的文章，说的是红枣滞销和果农的发愁。")
    assert not said(form.format("东沟", "三", "车祸", "两万"), form.format("西沟", "五", "失火", "九万"))
