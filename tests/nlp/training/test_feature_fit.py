import numpy as np

from nlp.training.feature_fit import fit_features

_EXAMPLES = [["其子", "的"], ["其子", "的"], ["来访", "的"], ["来访", "的"], ["书记", "的"], ["书记", "的"]]
_ANSWERS = [0, 0, 1, 1, 2, 2]


def test_what_leans_to_no_answer_weighs_next_to_nothing_by_ratio() -> None:
    found = fit_features(_EXAMPLES, _ANSWERS, count=3, fewest=1, strength=1.0, by_ratio=1.0)

    weight = dict(zip(found.features, np.abs(found.weights).max(axis=1), strict=True))
    assert weight["的"] < 0.01 < weight["其子"]


def test_features_by_ratio_still_give_every_example_its_answer() -> None:
    found = fit_features(_EXAMPLES, _ANSWERS, count=3, fewest=1, strength=1.0, by_ratio=1.0)

    assert found.odds(_EXAMPLES).argmax(axis=1).tolist() == _ANSWERS
