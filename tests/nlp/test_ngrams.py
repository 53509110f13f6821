"""Serving counts n-grams as training does, whatever the text, and reads a text alike alone and beside others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nlp.ngrams import NgramWeights, joined, keys_of, parted
from nlp.training.ngram_features import ngram_features

_TEXTS = ("老人病了没钱看", "路灯坏了  没人修", "Ａ区\n水管破了", "病了，病了，又病了", "😀真好a b")
_REACH = (1, 3)


def _trained() -> tuple[NgramWeights, NDArray[np.float32]]:
    found = ngram_features(_TEXTS, _REACH, fewest=1)
    own = np.random.default_rng(0).normal(size=(len(found.idf), 4)).astype(np.float32)
    weights = found.strongest(own, len(found.idf))
    return weights, np.asarray(found.features @ own, dtype=np.float32)


_WEIGHTS, _EXPECTED = _trained()


def test_what_training_saw_is_what_serving_sees():
    assert np.allclose(_WEIGHTS.scores(_TEXTS), _EXPECTED, atol=1e-5)


@given(st.lists(st.text(alphabet="老人病了没钱 \n\tAa\u3000，😀\x00\ud800", max_size=40), max_size=6))
def test_a_text_is_read_alike_alone_and_beside_others(texts: list[str]):
    together = _WEIGHTS.scores(texts)
    assert together.shape == (len(texts), 4)
    for own, text in zip(together, texts, strict=True):
        assert np.array_equal(_WEIGHTS.scores([text])[0], own)


def test_a_text_of_unknown_characters_weighs_nothing():
    assert _WEIGHTS.scores(["𠀀𠀁", ""]).tolist() == [[0.0] * 4] * 2
    assert _WEIGHTS.sums(["𠀀𠀁", ""], 1).tolist() == [0.0, 0.0]


def test_one_answer_is_the_sum_of_its_weights_in_the_text():
    weights = NgramWeights(("病", "病了", "了"), np.ones(3, dtype=np.float32), np.eye(3, dtype=np.float32), (1, 2))
    assert weights.sums(["病病了", "好"], 0) == pytest.approx([1 + np.log(2), 0.0])
    assert weights.scores(["病"])[0].tolist() == [1.0, 0.0, 0.0]


def test_texts_beyond_one_portion_are_all_read():
    texts = [f"{'病了没钱' * 3000}{number}" for number in range(5)]
    together = _WEIGHTS.scores(texts)
    assert all(np.array_equal(_WEIGHTS.scores([text])[0], own) for text, own in zip(texts, together, strict=True))


def test_small_letters_and_several_spaces_count_once():
    assert keys_of("A  b", (1, 2)).tolist() == keys_of("a b", (1, 2)).tolist()
    assert len(set(keys_of("病a", (1, 2)).tolist())) == 3


def test_the_vocabulary_survives_its_file():
    vocabulary = ("\n", "病\n", "了 ")
    assert parted(joined(vocabulary)) == vocabulary
