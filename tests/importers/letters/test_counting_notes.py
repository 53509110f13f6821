"""Notes that count the letters beside them, and short pleas that only look like them."""

import pytest

from importers.letters.counting_notes import only_counts_letters


@pytest.mark.parametrize(
    "note", ["各村收集的来信，共2件，某某村1件。张三 13800000001", "九月收集的来信，共2件，请查收。某某镇信访办"]
)
def test_a_note_that_counts_letters_and_says_who_brings_them_is_none(note: str):
    assert only_counts_letters(note)


@pytest.mark.parametrize(
    "plea",
    [
        "我村村民来信共三次反映停水，至今没有人管，请尽快派人解决。",
        "我村村民来信共3封，没有人管，井干了，全村没有水吃",
        "收集的来信共2件，桥断了，请领导帮助",
    ],
)
def test_a_short_plea_that_counts_its_letters_is_no_note(plea: str):
    assert not only_counts_letters(plea)
