"""Two signatures in one text."""

from importers.letters.two_signatures import is_told_above, second_letter_in

MATTER = "今年雨水多，窑洞塌了一角，没有地方住，请求帮助。"


def test_another_matter_with_another_signature_is_found_beside_a_day_without_labels():
    lines = [MATTER, "某某村村民　张三", "2026年9月3日", MATTER, "某某村村民　李四", "2026年9月5日"]

    assert second_letter_in(lines) == 3
    assert is_told_above(lines, 3)


def test_a_list_of_signers_and_a_postscript_are_no_other_letter():
    assert second_letter_in([MATTER, "张三", "李四", "2026年9月3日"]) is None
    assert second_letter_in([MATTER, "张三", "2026年9月3日", "又及：" + MATTER, "张三"]) is None


def test_labels_above_all_are_no_letter_of_their_own():
    lines = ["申请人：张三", MATTER, "代书人", "李四", "2026年9月3日"]

    assert not is_told_above(lines, 1)
