"""Labelled texts: read, looked up, grouped; what is wrong is named by file and line."""

import json
import lzma
from pathlib import Path

import pytest

from domain.failures.errors import ConfigError
from domain.words.vocabulary import Factuality, Scope
from nlp.training.heads import UNKNOWN, heads_for, targets_of
from nlp.training.labelled_texts import LabelledText, read_labelled_texts, weights_of


def _write(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records), encoding="utf-8")
    return path


def test_a_label_without_text_finds_it_by_its_id(tmp_path: Path):
    labels = _write(tmp_path / "labels.jsonl", {"id": "a-1", "labels": ["illness"], "scope": "household"})
    texts = tmp_path / "texts.jsonl.xz"
    with lzma.open(texts, "wt", encoding="utf-8") as stream:
        stream.write(json.dumps({"pid": "a-1", "src": "a", "title": "求助", "text": "老人病了"}) + "\n")

    [text] = read_labelled_texts([labels], texts=[texts])

    assert text.content == "求助\n老人病了"
    assert text.src == "a"


def test_a_later_line_without_text_replaces_the_labels_of_an_earlier_one(tmp_path: Path):
    first = _write(
        tmp_path / "first.jsonl",
        {"id": "a-1", "src": "a", "title": "求助", "text": "老人病了", "labels": ["illness"], "scope": "household"},
        {"id": "a-2", "text": "路灯不亮", "labels": []},
    )
    later = _write(tmp_path / "later.jsonl", {"id": "a-1", "labels": [], "accusation": True})

    texts = read_labelled_texts([first, later])

    assert [text.id for text in texts] == ["a-1", "a-2"]
    assert (texts[0].content, texts[0].src) == ("求助\n老人病了", "a")
    assert (texts[0].labels, texts[0].accusation, texts[0].scope) == ((), True, Scope.NONE)


def test_two_texts_of_one_number_in_different_files_are_both_kept(tmp_path: Path):
    files = [
        _write(tmp_path / f"{name}.jsonl", {"id": "1", "text": text, "labels": []})
        for name, text in (("a", "路灯不亮"), ("b", "老人病了"))
    ]

    assert [text.text for text in read_labelled_texts(files)] == ["路灯不亮", "老人病了"]


def test_a_label_whose_text_is_nowhere_is_named(tmp_path: Path):
    labels = _write(tmp_path / "labels.jsonl", {"id": "a-1", "labels": []}, {"id": "a-2", "labels": []})

    with pytest.raises(ConfigError, match=r"第1行.*a-1"):
        read_labelled_texts([labels])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "第1行: 第2个字符处不是合格的JSON"),
        ("[]", "第1行: 应是一个JSON对象"),
        ('{"id":"x","text":"y","labels":["hunger"]}', "labels.0"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, said: str):
    path = tmp_path / "labels.jsonl"
    path.write_text(line + "\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=said):
        read_labelled_texts([path])


def test_a_file_that_is_missing_or_in_another_encoding_is_named(tmp_path: Path):
    (tmp_path / "gbk.jsonl").write_bytes('{"id":"x","text":"病","labels":[]}'.encode("gbk"))

    with pytest.raises(ConfigError, match=r"gbk\.jsonl: 不是UTF-8"):
        read_labelled_texts([tmp_path / "gbk.jsonl"])
    with pytest.raises(ConfigError, match="读不了"):
        read_labelled_texts([tmp_path / "nothing.jsonl"])


def _texts(kinds: dict[Factuality | None, int]) -> list[LabelledText]:
    return [
        LabelledText(id="x", text="x", labels=(), factuality=kind)
        for kind, count in kinds.items()
        for _ in range(count)
    ]


def test_a_kind_of_text_with_few_examples_gets_no_head():
    names = heads_for(_texts({Factuality.RESOLVED: 40, Factuality.PUBLICITY: 5}))

    assert "resolved" in names
    assert "publicity" not in names


def test_where_nobody_was_asked_the_target_is_unknown_and_a_labelled_text_is_current():
    asked = LabelledText(id="x", text="x", labels=(), factuality=Factuality.RESOLVED)
    silent = LabelledText(id="x", text="x", labels=())
    lead = LabelledText.model_validate({"id": "x", "text": "x", "labels": ["illness"]})

    assert [row[0] for row in targets_of([asked, silent, lead], ["resolved"])] == [1, UNKNOWN, 0]
    assert [row[0] for row in targets_of([asked, silent, lead], ["any_risk"])] == [0, 0, 1]


def test_a_real_text_counts_three_times_as_much_as_an_invented_one():
    real, invented = (LabelledText(id=genre, text="老人病了", labels=(), genre=genre) for genre in ("", "letter"))

    weights = weights_of([real, invented, invented])

    assert weights[0] == pytest.approx(3 * weights[1])
    assert weights.mean() == pytest.approx(1)
