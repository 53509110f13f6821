"""Two models' answers become one calibrated probability."""

import numpy as np

from nlp.ensemble import combine
from nlp.training.combination import best_thresholds, fit_combination


def _made_up(texts: int = 4_000):
    dice = np.random.default_rng(1)
    truth = dice.normal(size=(texts, 2))
    targets = (truth > 1.0).astype(np.int8)
    linear = 1 / (1 + np.exp(-(2 * truth + dice.normal(size=truth.shape) * 2 - 2)))
    network = (3 * truth + dice.normal(size=truth.shape) * 2).astype(np.float32)
    return linear.astype(np.float32), network, targets


def _misses(probabilities: np.ndarray, targets: np.ndarray) -> float:
    return float(-np.log(np.where(targets == 1, probabilities, 1 - probabilities).clip(1e-6)).mean())


def test_together_they_are_nearer_to_the_truth_than_the_linear_model_alone():
    linear, network, targets = _made_up()
    heads = fit_combination(("illness", "water"), linear[:2_000], network[:2_000], targets[:2_000])
    together = combine(heads, linear[2_000:], network[2_000:])
    assert _misses(together, targets[2_000:]) < 0.8 * _misses(linear[2_000:], targets[2_000:])


def test_the_probabilities_are_calibrated_on_texts_not_fitted_on():
    linear, network, targets = _made_up()
    heads = fit_combination(("illness", "water"), linear[:2_000], network[:2_000], targets[:2_000])
    together = combine(heads, linear[2_000:], network[2_000:])
    assert abs(float(together.mean()) - float(targets[2_000:].mean())) < 0.02


def test_a_head_with_two_texts_takes_the_threshold_that_is_best_over_all_heads():
    probabilities = np.full((200, 2), 0.1, dtype=np.float32)
    targets = np.zeros((200, 2), dtype=np.int8)
    probabilities[:100, 0], targets[:100, 0] = 0.6, 1
    probabilities[:2, 1], targets[:2, 1] = 0.06, 1
    common, rare = best_thresholds(probabilities, targets)
    assert 0.1 < common <= 0.6
    assert rare > 0.1
