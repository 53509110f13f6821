import numpy as np

from nlp.feature_weights import FeatureWeights, packed_weights, unpacked_weights

_WEIGHTS = FeatureWeights(
    features=("behind:说", "l1=\n", "vote=official"),
    weights=np.array([[1.0, -1.0], [0.5, 0.0], [0.0, 2.0]], dtype=np.float32),
    bias=np.array([0.25, -0.25], dtype=np.float32),
)


def test_the_weights_of_known_features_add_up_and_unknown_ones_count_nothing():
    odds = _WEIGHTS.odds([["behind:说", "vote=official", "never seen"], [], ["l1=\n"]])

    assert odds.tolist() == [[1.25, 0.75], [0.25, -0.25], [0.75, -0.25]]


def test_a_feature_that_is_named_twice_counts_once():
    assert _WEIGHTS.odds([["behind:说", "behind:说"]]).tolist() == _WEIGHTS.odds([["behind:说"]]).tolist()


def test_nothing_given_is_nothing_answered():
    assert _WEIGHTS.odds([]).shape == (0, 2)


def test_what_is_packed_comes_back_within_a_hundredth_of_the_largest_weight():
    again = unpacked_weights("roles", packed_weights("roles", _WEIGHTS))

    assert again.features == _WEIGHTS.features
    assert np.abs(again.weights - _WEIGHTS.weights).max() <= 0.01 * np.abs(_WEIGHTS.weights).max()
    assert again.bias.tolist() == _WEIGHTS.bias.tolist()
