from pathlib import Path

import numpy as np

from domain.links.mention import PersonRole
from nlp.hardship import REACH, HardshipReader
from nlp.mention_models import load_mention_models
from nlp.ngrams import NgramWeights
from nlp.training.feature_fit import fit_features, strongest, without
from nlp.training.marked_texts import ReadMessage, read_training_texts
from nlp.training.train_mentions import fit_mentions, in_our_words, without_names, write

_MARKED = """@ letter |
我叫[庞建国|p]，家里困难。村支书[薛海峰|o]来过，邻居[白二旦|x]借给我钱。
@ letter |
我叫[郝改花|p]，家里困难。村支书[任海军|o]来过，邻居[高补牛|x]借给我钱。
@ news |
其妻[庞秀英|r]说，[薛大爷|s]卧病在床。高兴的事一件没有。
@ news |
其妻[白玉梅|r]说，[任大爷|s]卧病在床。高兴的事一件没有。
"""


def test_what_examples_have_in_common_is_learned():
    fitted = fit_features([["a", "x"], ["b", "x"]] * 4, [0, 1] * 4, count=3, fewest=2, strength=10.0)

    odds = fitted.odds([["a"], ["b"]])

    assert odds.argmax(axis=1).tolist() == [0, 1]
    assert np.isneginf(odds[:, 2]).all()
    assert strongest(fitted, 2).features == ("a", "b")


def test_features_that_hold_a_word_are_left_out():
    fitted = fit_features([["r3=庞建国", "x"], ["b", "x"]] * 4, [0, 1] * 4, count=2, fewest=2, strength=10.0)

    left = without(fitted, {"庞建国", "薛改花"})

    assert left.features == ("b", "x")
    assert left.odds([["b"]]).tolist() == fitted.odds([["b"]]).tolist()


def test_the_models_hold_no_whole_name_of_a_real_message(tmp_path: Path):
    (tmp_path / "some.txt").write_text(_MARKED, encoding="utf-8")
    nothing = NgramWeights(("病",), np.ones(1, np.float32), np.ones((1, 1), np.float32), REACH)
    models = fit_mentions(read_training_texts(tmp_path), HardshipReader(nothing, -1.0))
    message = ReadMessage("city-1", "", "村支书来过", {(0, 3): PersonRole.OFFICIAL})

    left = without_names(models, [message])

    assert any("村支书" in feature for feature in (*models.names.features, *models.roles.features))
    assert not any("村支书" in feature for feature in (*left.names.features, *left.roles.features))


def test_of_real_messages_only_words_of_our_own_texts_are_kept():
    ours, message = {"text=低保", "before:人"}, {"text=低保", "text=某某花园", "told=某某公司", "before:长"}

    assert in_our_words([ours, message], [True, False]) == [ours, {"text=低保", "before:长"}]


def test_what_is_trained_is_written_and_read_again(tmp_path: Path):
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "some.txt").write_text(_MARKED, encoding="utf-8")
    nothing = NgramWeights(("病",), np.ones(1, np.float32), np.ones((1, 1), np.float32), REACH)
    models = fit_mentions(read_training_texts(tmp_path / "marked"), HardshipReader(nothing, -1.0))

    write(models, ("0" * 64,), tmp_path / "models")
    again = load_mention_models(tmp_path / "models")

    assert again.names.features == models.names.features
    assert again.roles.weights.shape == (len(models.roles.features), len(PersonRole))
    assert again.manifest.trained_on == "4 texts"
