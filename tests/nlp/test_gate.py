"""The gate stops news without a telling word, and its words are found from texts."""

from pathlib import Path

import pytest

from nlp.gate import Gate, load_gate
from nlp.training.train_gate import gate_words


def test_one_word_anywhere_opens_the_gate():
    gate = Gate(["透析", "绝收"])

    assert gate.lets_through("每周去县医院透析三次")
    assert not gate.lets_through("县里召开工作会议")
    assert not gate.lets_through("")


def test_remarks_of_the_file_are_no_words(tmp_path: Path):
    path = tmp_path / "gate.txt"
    path.write_text("# 会议\n透析\n\n", encoding="utf-8")

    assert not load_gate(path).lets_through("# 会议")
    assert load_gate(path).lets_through("透析")


def test_words_that_tell_need_from_news_are_chosen_and_common_words_are_not():
    needy = [f"老人卧床不起，家里欠了药费，第{number}年没钱透析" for number in range(50)]
    news = [f"会议指出，要关心老人，抓好工作落实第{number}条" for number in range(500)]

    words = gate_words(needy, news)

    assert all(Gate(words).lets_through(text) for text in needy)
    assert not any(Gate(words).lets_through(text) for text in news)


@pytest.mark.parametrize("text", ["每周透析三次，还欠了十几万", "木枣三毛钱都没人收", "村里停水半个月，吃水靠拉"])
def test_the_shipped_gate_lets_plain_difficulties_through(text: str):
    assert load_gate().lets_through(text)
