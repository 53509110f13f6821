import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.household import HouseholdId
from pipeline.linking.reasons import Evidence, Reason, sentence
from pipeline.linking.scoring import load_weights, log_odds, probabilities


def test_every_reason_has_a_weight() -> None:
    assert set(load_weights().by_reason) == set(Reason)


def test_log_odds_add_up() -> None:
    weights = load_weights()

    score = log_odds([Evidence(Reason.NAME_AND_VILLAGE), Evidence(Reason.HEALTH)], 1, weights)

    assert score == pytest.approx(
        weights.prior + weights.by_reason[Reason.NAME_AND_VILLAGE] + weights.by_reason[Reason.HEALTH]
    )


def test_each_further_shown_character_counts() -> None:
    weights = load_weights()
    evidence = [Evidence(Reason.PARTIAL_NAME)]

    assert log_odds(evidence, 2, weights) - log_odds(evidence, 1, weights) == pytest.approx(weights.shown_character)


def test_two_equal_candidates_share_and_neither_is_clear() -> None:
    weights = load_weights()

    shared = probabilities({HouseholdId("a"): 3.0, HouseholdId("b"): 3.0}, 0, weights)

    assert shared[HouseholdId("a")] == shared[HouseholdId("b")] < 0.5


def test_namesakes_that_nobody_loaded_count_against() -> None:
    weights = load_weights()

    alone = probabilities({HouseholdId("a"): 1.0}, 0, weights)
    rivalled = probabilities({HouseholdId("a"): 1.0}, 3, weights)

    assert rivalled[HouseholdId("a")] < alone[HouseholdId("a")]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(-20, 30), max_size=6), st.integers(0, 9))
def test_probabilities_sum_to_at_most_one(scores: dict[str, float], unseen: int) -> None:
    shared = probabilities({HouseholdId(key): value for key, value in scores.items()}, unseen, load_weights())

    assert math.fsum(shared.values()) <= 1.0 + 1e-9
    assert all(0.0 <= value <= 1.0 for value in shared.values())


def test_a_sentence_counts_namesakes_only_for_names() -> None:
    assert sentence(Evidence(Reason.NAME_AND_VILLAGE, "庞建国"), 2) == "同村、姓名相同；台账中同名2户"
    assert sentence(Evidence(Reason.NAME_AND_VILLAGE, "庞建国"), 1) == "同村、姓名相同"
    assert sentence(Evidence(Reason.PHONE), 5) == "联系电话一致"


@pytest.mark.parametrize("reason", list(Reason))
def test_no_sentence_says_who_petitioned(reason: Reason) -> None:
    assert not any(word in reason.label for word in ("信访人", "反映人", "来访", "来信", "举报", "上访", "登记人"))
