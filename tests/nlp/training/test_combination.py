"""Two models' answers become one calibrated probability."""

import numpy as np

from nlp.training.combination import best_thresholds, fit_combination
from nlp.training.heads import UNKNOWN
from nlp.weighing import log_odds, weigh


def _made_up(texts: int = 4_000):
    dice = np.random.default_rng(1)
    truth = dice.normal(size=(texts, 2))
    targets = (truth > 1.0).astype(np.int8)
    first = (2 * truth + dice.normal(size=truth.shape) * 2 - 2).astype(np.float32)
    second = (3 * truth + dice.normal(size=truth.shape) * 2).astype(np.float32)
    return first, second, targets


def _misses(probabilities: np.ndarray, targets: np.ndarray) -> float:
    return float(-np.log(np.where(targets == 1, probabilities, 1 - probabilities).clip(1e-6)).mean())


def _read_by_both():
    """The second half of the texts: the first's log-odds, what is true, and what both say, fitted on the other half."""
    first, second, targets = _made_up()
    heads = fit_combination(("illness", "water"), first[:2_000], second[:2_000], targets[:2_000])
    return first[2_000:], targets[2_000:], weigh(heads, first[2_000:], second[2_000:])


def test_together_they_are_nearer_to_the_truth_than_the_first_alone():
    first, targets, together = _read_by_both()
    alone = 1 / (1 + np.exp(-first))
    assert _misses(together, targets) < 0.8 * _misses(alone, targets)


def test_the_probabilities_are_calibrated_on_texts_not_fitted_on():
    _, targets, together = _read_by_both()
    assert abs(float(together.mean()) - float(targets.mean())) < 0.02


def test_with_weights_of_its_own_a_head_does_not_listen_to_noise():
    first, second, targets = _made_up()
    noise = np.random.default_rng(2).normal(size=len(second)).astype(np.float32)
    heads = fit_combination(("illness", "water"), first, np.stack([second[:, 0], noise], axis=1), targets)
    assert heads[0].second > 0.3
    assert abs(heads[1].second) < 0.1


def test_what_nobody_was_asked_teaches_nothing():
    first, second, targets = _made_up()
    told = fit_combination(("illness", "water"), first[:2_000], second[:2_000], targets[:2_000])
    targets[2_000:, 0] = UNKNOWN
    [head, _] = fit_combination(("illness", "water"), first, second, targets)
    assert (head.first, head.second, head.intercept) == (told[0].first, told[0].second, told[0].intercept)


def test_log_odds_of_the_very_ends_are_finite():
    assert np.isfinite(log_odds(np.array([0.0, 1.0], dtype=np.float32))).all()


def test_a_head_with_two_texts_takes_the_threshold_that_is_best_over_all_heads():
    probabilities = np.full((200, 2), 0.1, dtype=np.float32)
    targets = np.zeros((200, 2), dtype=np.int8)
    probabilities[:100, 0], targets[:100, 0] = 0.6, 1
    probabilities[:2, 1], targets[:2, 1] = 0.06, 1
    common, rare = best_thresholds(probabilities, targets, np.ones(200, dtype=np.float32))
    assert 0.1 < common <= 0.6
    assert rare > 0.1


def test_a_text_that_counts_thrice_teaches_as_if_it_stood_there_three_times():
    first, second, targets = _made_up(1_000)
    counted = np.where(np.arange(1_000) < 200, 3.0, 1.0).astype(np.float32)
    thrice = np.repeat(np.arange(1_000), counted.astype(int))
    told = fit_combination(("illness", "water"), first, second, targets, counted)
    repeated = fit_combination(("illness", "water"), first[thrice], second[thrice], targets[thrice])
    for one, other in zip(told, repeated, strict=True):
        assert np.allclose(
            (one.first, one.second, one.intercept), (other.first, other.second, other.intercept), atol=0.01
        )
        assert abs(one.threshold - other.threshold) <= 0.02


def test_texts_that_count_more_pull_the_threshold_to_where_they_are_told():
    probabilities = np.array([[0.3]] * 90 + [[0.9]] * 20, dtype=np.float32)
    targets = np.array([[1]] * 5 + [[0]] * 85 + [[1]] * 20, dtype=np.int8)
    counted = np.array([100.0] * 5 + [1.0] * 105, dtype=np.float32)
    assert best_thresholds(probabilities, targets, np.ones(110, dtype=np.float32))[0] > 0.3
    assert best_thresholds(probabilities, targets, counted)[0] <= 0.3
