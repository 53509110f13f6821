"""Marked evidence stands at its place in what the network reads."""

from nlp.network.vocabulary import Vocabulary
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.batches import Mark, batches, encode_texts
from nlp.training.network.marking import marks_of

_NAMES = ("illness", "water")


def test_a_stretch_is_found_in_the_normalised_text_after_the_title():
    text = LabelledText.model_validate(
        {
            "id": "x",
            "title": "求助",
            "text": "您好,老人病了",
            "labels": ["illness"],
            "evidence": {"illness": ["老人病了"]},
        }
    )

    [mark] = marks_of(text, _NAMES)

    assert text.content[mark.start : mark.end] == "老人病了"
    assert mark.head == 0


def test_a_stretch_that_does_not_stand_there_is_passed_over():
    text = LabelledText.model_validate(
        {"id": "x", "text": "老人病了", "labels": ["illness"], "evidence": {"illness": ["孩子病了", ""]}}
    )
    assert marks_of(text, _NAMES) == []


def test_a_mark_of_a_long_text_lies_in_every_window_that_has_a_part_of_it():
    content = "家" * 1_000
    [batch] = batches(encode_texts([content], Vocabulary(("家",)), [[Mark(1, 300, 500)]]))

    assert batch.marks == ((1, Mark(1, 92, 256)), (2, Mark(1, 0, 84)))
