from pathlib import Path

import numpy as np

from domain.mention import PersonRole
from nlp.hardship import REACH, HardshipReader
from nlp.mention_models import load_mention_models
from nlp.ngrams import NgramWeights
from nlp.training.feature_fit import fit_features, strongest
from nlp.training.marked_texts import read_training_texts
from nlp.training.train_mentions import fit_mentions, write

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
