"""Whatever a server sends, it becomes an opinion that keeps the rules, or is refused."""

import json

from hypothesis import given
from hypothesis import strategies as st

from domain.failures.errors import AnswerRefused
from domain.risk import GUIDE_RISKS
from domain.words.vocabulary import Scope
from nlp.second_reader.answer import read_answer
from tests.nlp.second_reader.endpoint import completion

TEXT = "○○来信：家里有人病了，药费负担不起，去年水淹了枣树。"
REAL = "张三来信：家里有人病了，药费负担不起，去年水淹了枣树。"
LABELS = st.fixed_dictionaries(
    {
        "slug": st.sampled_from([*(risk.value for risk in GUIDE_RISKS), "relocation_unemployment", "poverty"]),
        "quotations": st.lists(
            st.sampled_from(["药费负担不起", "○○来信", "水淹了枣树", "不在其中", "病", "", TEXT]), max_size=3
        ),
    }
)
ANSWERS = st.fixed_dictionaries(
    {
        "labels": st.lists(LABELS, max_size=3),
        "scope": st.sampled_from(["household", "area", "none", "village"]),
        "relocation": st.booleans(),
        "accusation": st.booleans(),
        "urgent": st.booleans() | st.just("yes"),
        "factuality": st.sampled_from(["current", "resolved", "none", "true"]),
    }
)
ANYTHING = st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(), st.lists, max_leaves=5)


@given(ANSWERS)
def test_what_is_not_refused_keeps_every_rule(answer: dict[str, object]):
    try:
        opinion = read_answer(completion(answer), TEXT, REAL)
    except AnswerRefused:
        return

    assert (opinion.scope is Scope.NONE) == (not opinion.labels)
    for label in opinion.labels:
        assert label.risk in GUIDE_RISKS
        assert label.evidence
        for span in label.evidence:
            assert REAL[span.start : span.end] == span.text
            assert TEXT[span.start : span.end] in [one for said in answer["labels"] for one in said["quotations"]]  # type: ignore[attr-defined]


@given(st.binary(max_size=200) | ANYTHING.map(lambda found: json.dumps(found).encode()) | ANYTHING.map(completion))
def test_nonsense_is_refused_and_nothing_else_happens(body: bytes):
    try:
        read_answer(body, TEXT, REAL)
    except AnswerRefused:
        return
    raise AssertionError("nonsense was taken for an answer")


def test_a_deep_answer_is_refused():
    assert _reason(b'{"choices":' + b"[" * 100_000) == "no_completion"
    assert _reason(completion("[" * 100_000)) == "wrong_form"


def _reason(body: bytes) -> str:
    try:
        read_answer(body, TEXT, REAL)
    except AnswerRefused as refused:
        return refused.reason
    return ""
