"""Marked evidence stands at its place in what models read."""

import json
from pathlib import Path

import pytest

from domain.failures.errors import ConfigError
from nlp.training.labelled_texts import LabelledText
from nlp.training.marking import marks_of, with_marks

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


def _marks(tmp_path: Path, **evidence: list[list[int]]) -> Path:
    path = tmp_path / "marks.jsonl"
    path.write_text(json.dumps({"id": "x", "evidence": evidence}) + "\n", encoding="utf-8")
    return path


def _text(**more: object) -> LabelledText:
    return LabelledText.model_validate({"id": "x", "text": "您好,老人病了,支书吞了补贴", "labels": ["illness"], **more})


def test_marks_of_another_file_are_words_of_the_text(tmp_path: Path):
    [text] = with_marks([_text(accusation=True)], [_marks(tmp_path, illness=[[3, 7]], accusation=[[8, 14]])])

    assert text.evidence == {"illness": ("老人病了",), "accusation": ("支书吞了补贴",)}


def test_a_mark_for_what_the_text_is_not_labelled_with_is_left_out(tmp_path: Path):
    [text] = with_marks([_text()], [_marks(tmp_path, water=[[3, 7]], accusation=[[8, 14]])])

    assert text.evidence == {}


def test_what_the_text_itself_marks_goes_before(tmp_path: Path):
    [text] = with_marks([_text(evidence={"illness": ["病了"]})], [_marks(tmp_path, illness=[[0, 2]])])

    assert text.evidence == {"illness": ("病了",)}


def test_a_mark_beyond_the_end_of_the_text_is_told(tmp_path: Path):
    with pytest.raises(ConfigError, match="不在正文之内"):
        with_marks([_text()], [_marks(tmp_path, illness=[[90, 95]])])


def test_a_mark_for_an_unknown_head_is_told_with_file_and_line(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"marks\.jsonl 第1行"):
        with_marks([_text()], [_marks(tmp_path, hunger=[[0, 2]])])
