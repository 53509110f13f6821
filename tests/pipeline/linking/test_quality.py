"""The figures of links on outcomes small enough to check by hand, and what kind of error each is."""

import pytest

from pipeline.linking.quality import LinkError, Outcome, error_of, figures_of


def outcome(rank: int = 1, probability: float | None = 1.0, *, registered: bool = True, linked: bool = True) -> Outcome:
    absent = 1.0 - (probability or 0.0)
    return Outcome(registered=registered, rank=rank, probability=probability, absent=absent, linked=linked)


def test_recall_counts_registered_households_only() -> None:
    found = figures_of([outcome(1), outcome(3), outcome(0), outcome(6), outcome(0, registered=False)])

    assert found.recall_at_1 == pytest.approx(1 / 4)
    assert found.recall_at_5 == pytest.approx(2 / 4)


def test_links_are_precise_and_cover_what_they_do() -> None:
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


def test_figures_that_the_texts_cannot_say_are_left_out() -> None:
    found = figures_of([outcome(0, None, registered=False, linked=False)])

    assert (found.recall_at_1, found.precision, found.coverage) == (None, None, None)
    assert (found.absent_auc, found.calibration_error) == (None, None)


def test_the_area_under_the_curve_asks_whether_absent_households_are_believed_absent() -> None:
    believed = [outcome(1, 0.9), outcome(0, 0.2, registered=False)]
    confused = [outcome(1, 0.2), outcome(0, 0.9, registered=False)]

    assert figures_of(believed).absent_auc == 1.0
    assert figures_of(confused).absent_auc == 0.0


def test_the_calibration_error_is_the_gap_between_saying_and_being_right() -> None:
    assert figures_of([outcome(1, 0.75)] * 3 + [outcome(2, 0.75)]).calibration_error == pytest.approx(0.0)
    assert figures_of([outcome(2, 0.75)] * 4).calibration_error == pytest.approx(0.75)


def test_equal_beliefs_count_half_in_the_area_under_the_curve() -> None:
    assert figures_of([outcome(1, 0.5), outcome(0, 0.5, registered=False)]).absent_auc == 0.5


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (outcome(1), None),
        (outcome(0, registered=False, linked=False), None),
        (outcome(2), LinkError.WRONG_DOOR),
        (outcome(0, registered=False), LinkError.LINKED_ABSENT),
        (outcome(0, linked=False), LinkError.NOT_OFFERED),
        (outcome(3, linked=False), LinkError.RANKED_LOWER),
        (outcome(1, linked=False), LinkError.NOT_LINKED),
    ],
)
def test_every_answer_that_is_not_right_is_one_kind_of_error(answer: Outcome, error: LinkError | None) -> None:
    assert error_of(answer) is error
