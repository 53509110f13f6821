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


def test_what_a_letter_quotes_and_whom_it_lists_is_no_letter_above():
    iou = [
        "我叫李兰花，" + MATTER,
        "村里的欠条是：",
        "欠工钱三千元。",
        "王五",
        "2025年1月3日",
        MATTER,
        "李兰花",
        "2026年9月3日",
    ]
    quoted = [MATTER, *iou[1:]]
    introduced = [iou[0], *iou[2:]]
    listed = ["下面几户的情况请领导看看，都是十分困难的人家。", "李四", MATTER, "王五", MATTER, "高明", "2026年9月3日"]

    for lines in (quoted, introduced, listed):
        place = second_letter_in(lines)
        assert place is not None
        assert not is_told_above(lines, place)
