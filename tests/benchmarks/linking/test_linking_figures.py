"""The linking benchmark's figures on outcomes small enough to check by hand, and on linkers whose figures are known."""

from random import Random

import pytest

from benchmarks.linking.figures import Outcome, figures_of, threshold_for
from benchmarks.linking.gold import Text
from benchmarks.linking.linker import Answer, Ranked
from benchmarks.linking.measure import linked_from, outcomes_of
from domain.household import HouseholdId
from domain.link import LinkDecision


def outcome(rank: int = 1, probability: float | None = 1.0, *, registered: bool = True, linked: bool = True) -> Outcome:
    absent = 1.0 - (probability or 0.0)
    return Outcome(registered=registered, rank=rank, probability=probability, absent=absent, linked=linked)


def test_recall_counts_registered_households_only():
    found = figures_of([outcome(1), outcome(3), outcome(0), outcome(6), outcome(0, registered=False)])

    assert found.recall_at_1 == pytest.approx(1 / 4)
    assert found.recall_at_5 == pytest.approx(2 / 4)


def test_links_are_precise_and_cover_what_they_do():
    found = figures_of(
        [
            outcome(1),
            outcome(1, linked=False),
            outcome(2),
            outcome(0, registered=False),
            outcome(0, registered=False, linked=False),
        ]
    )

    assert found.precision == pytest.approx(1 / 3)
    assert found.coverage == pytest.approx(2 / 3)
    assert found.false_links == pytest.approx(1 / 2)


def test_figures_that_the_texts_cannot_say_are_left_out():
    found = figures_of([outcome(0, None, registered=False, linked=False)])

    assert (found.recall_at_1, found.precision, found.coverage) == (None, None, None)
    assert (found.absent_auc, found.calibration_error) == (None, None)


def test_the_area_under_the_curve_asks_whether_absent_households_are_believed_absent():
    believed = [outcome(1, 0.9), outcome(0, 0.2, registered=False)]
    confused = [outcome(1, 0.2), outcome(0, 0.9, registered=False)]

    assert figures_of(believed).absent_auc == 1.0
    assert figures_of(confused).absent_auc == 0.0


def test_the_calibration_error_is_the_gap_between_saying_and_being_right():
    assert figures_of([outcome(1, 0.75)] * 3 + [outcome(2, 0.75)]).calibration_error == pytest.approx(0.0)
    assert figures_of([outcome(2, 0.75)] * 4).calibration_error == pytest.approx(0.75)


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
