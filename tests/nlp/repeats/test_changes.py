"""What changed from one version to the next."""

import time

from hypothesis import given
from hypothesis import strategies as st

from nlp.repeats.changes import Change, changes_between

TEXT = "火是凌晨起的。三间窑烧毁。没有人受伤。"


def test_a_sentence_put_in_another_ones_place_is_one_change():
    assert changes_between(TEXT, TEXT.replace("三间", "两间")) == [Change("三间窑烧毁。", "两间窑烧毁。")]


def test_a_sentence_added_or_taken_out_stands_alone():
    assert changes_between(TEXT, TEXT + "镇里已安排住处。") == [Change("", "镇里已安排住处。")]
    assert changes_between(TEXT, TEXT.replace("没有人受伤。", "")) == [Change("没有人受伤。", "")]


def test_other_paragraphs_are_no_change():
    assert changes_between(TEXT, TEXT.replace("。", "。\n  ")) == []


@given(st.text(max_size=60))
def test_a_text_does_not_differ_from_itself(text: str):
    assert changes_between(text, text) == []


def test_the_same_few_sentences_thousands_of_times_hold_nobody_up():
    before = "".join("甲乙丙丁戊"[number % 5] + "。" for number in range(6000))
    after = "".join("甲乙丙丁戊"[(number * 3 + number // 7) % 5] + "。" for number in range(6000))
    began = time.process_time()

    [change] = changes_between(before, after)

    assert time.process_time() - began < 1
    assert change == Change(before[2:-2], after[2:-2])


def test_a_difference_in_a_text_that_repeats_itself_is_shown_alone():
    before = "好。" * 3000
    assert changes_between(before, before[:-2] + "坏。") == [Change("好。", "坏。")]
    assert changes_between(before, before) == []
