import pytest

from pipeline.linking.called_names import called


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("我叫叶井，家里", "叶井", id="says his own name"),
        pytest.param("石友（男）家的情况", "石友", id="sex in brackets"),
        pytest.param("刀继，男，43岁", "刀继", id="sex behind a comma"),
        pytest.param("巨杨，今年81岁", "巨杨", id="age"),
        pytest.param("高道的老父亲", "高道", id="whose father"),
        pytest.param("中庄村农户林新志眼底出血", "林新志", id="a farmer by name"),
    ],
)
def test_what_the_words_around_call_a_name_is_among_the_stretches(text: str, name: str) -> None:
    kin = [text.index("老父亲")] if "老父亲" in text else []

    assert name in {text[start:end] for start, end in called(text, kin)}


def test_stretches_are_of_two_to_four_han_characters() -> None:
    text = "我叫A。王，男，五十岁"

    assert all(2 <= end - start <= 4 and text[start:end].isalpha() for start, end in called(text, ()))
    assert "王" not in {text[start:end] for start, end in called(text, ())}


def test_a_text_that_calls_nobody_has_none() -> None:
    assert not list(called("今年雨水多，玉米烂在地里。", ()))
