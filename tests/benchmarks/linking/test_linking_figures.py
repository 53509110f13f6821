"""The linking benchmark's figures on outcomes small enough to check by hand, and on linkers whose figures are known."""

from random import Random

import pytest

from benchmarks.linking.figures import threshold_for
from benchmarks.linking.gold import Text
from benchmarks.linking.linker import Answer, Ranked
from benchmarks.linking.measure import linked_from, outcomes_of
from domain.links.link import LinkDecision
from domain.register.household import HouseholdId
from pipeline.linking.quality import Outcome, figures_of


def outcome(rank: int = 1, probability: float | None = 1.0, *, registered: bool = True, linked: bool = True) -> Outcome:
    absent = 1.0 - (probability or 0.0)
    return Outcome(registered=registered, rank=rank, probability=probability, absent=absent, linked=linked)


def test_the_threshold_is_the_lowest_that_is_precise_enough():
    tuning = [outcome(1, 0.9)] * 98 + [outcome(1, 0.8)] + [outcome(2, 0.8)] + [outcome(2, 0.7)] * 5

    threshold = threshold_for(tuning, precision=0.99)

    assert threshold == pytest.approx(0.8)
    assert sum(one.linked for one in linked_from(tuning, threshold)) == 100


def test_equal_probabilities_are_never_parted_and_an_unreachable_precision_links_nothing():
    equal = [outcome(1, 0.9), outcome(2, 0.9)]

    assert threshold_for(equal, precision=0.99) > 1.0
    assert not any(one.linked for one in linked_from([outcome(1, 1.0)], threshold_for(equal, precision=0.99)))


def perfect(text: Text) -> Answer:
    if text.household_id is None:
        return Answer((), 1.0, LinkDecision.NONE)
    return Answer((Ranked(text.household_id, 1.0),), 0.0, LinkDecision.LINKED)


def test_a_perfect_linker_scores_one(texts):
    found = figures_of(outcomes_of(texts, [perfect(text) for text in texts]))

    assert (found.recall_at_1, found.recall_at_5, found.precision, found.coverage) == (1.0, 1.0, 1.0, 1.0)
    assert (found.absent_auc, found.false_links, found.calibration_error) == (1.0, 0.0, 0.0)
    assert found.absent_calibration_error == 0.0


def test_a_random_linker_does_not(texts, register):
    dice, doors = Random(5), [one.id for one in register.households()]
    answers = [
        Answer(
            tuple(Ranked(HouseholdId(dice.choice(doors)), 0.5) for _ in range(5)), dice.random(), LinkDecision.LINKED
        )
        for _ in texts
    ]

    found = figures_of(outcomes_of(texts, answers))

    assert found.recall_at_1 < 0.02
    assert found.precision < 0.02
    assert found.absent_auc == pytest.approx(0.5, abs=0.06)
    assert found.calibration_error > 0.4
    assert found.absent_calibration_error > 0.2
