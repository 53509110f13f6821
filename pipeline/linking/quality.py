"""How good links are where it is known whom a text means: recall, precision, belief in absence, kinds of error."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.labelled import Labelled

_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One answer against what is true."""

    registered: bool
    """True when the household of the text is in the register."""
    rank: int
    """Place of the right household among the candidates, from 1; 0 when it is not among them."""
    probability: float | None
    """Of the best candidate; None without any."""
    absent: float
    """How far the household is believed not to be in the register, 0 to 1."""
    linked: bool


class LinkError(Labelled):
    """What is wrong with an answer, the worst that is."""

    WRONG_DOOR = "wrong_door", "关联到别的户"
    LINKED_ABSENT = "linked_absent", "不在台账, 却关联到户"
    NOT_OFFERED = "not_offered", "在台账, 候选中没有"
    RANKED_LOWER = "ranked_lower", "在候选中, 不在首位"
    NOT_LINKED = "not_linked", "首位正确, 留给人工"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is reported of some texts; None where the texts cannot say it."""

    texts: int
    recall_at_1: float | None
    """Share of the texts about registered households whose best candidate is the right one."""
    recall_at_5: float | None
    precision: float | None
    """Share of the automatic links that lead to the right household."""
    coverage: float | None
    """Share of the texts about registered households that are linked automatically."""
    false_links: float | None
    """Share of the texts about households outside the register that are linked to one in it."""
    absent_auc: float | None
    """Area under the curve of "not in the register": how well absent households are told from registered ones."""
    calibration_error: float | None
    """Of the best candidate's probability, over texts that have a candidate; ten bins of equal width."""
    absent_calibration_error: float | None
    """Of the belief that the household is not in the register, over all texts; the same bins."""


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of these outcomes."""
    registered = [one for one in outcomes if one.registered]
    linked = [one for one in outcomes if one.linked]
    return Figures(
        texts=len(outcomes),
        recall_at_1=_share([one.rank == 1 for one in registered]),
        recall_at_5=_share([1 <= one.rank <= 5 for one in registered]),
        precision=_share([one.rank == 1 for one in linked]),
        coverage=_share([one.linked for one in registered]),
        false_links=_share([one.linked for one in outcomes if not one.registered]),
        absent_auc=_area(
            np.array([one.absent for one in outcomes if not one.registered]),
            np.array([one.absent for one in registered]),
        ),
        calibration_error=_calibration_error(
            [(one.probability, one.rank == 1) for one in outcomes if one.probability is not None]
        ),
        absent_calibration_error=_calibration_error([(one.absent, not one.registered) for one in outcomes]),
    )


def error_of(outcome: Outcome) -> LinkError | None:
    """What is wrong with the answer; None when it is right, also when a person has to see that nobody is meant."""
    if outcome.linked and outcome.rank != 1:
        return LinkError.WRONG_DOOR if outcome.registered else LinkError.LINKED_ABSENT
    if not outcome.registered or outcome.linked:
        return None
    if outcome.rank == 0:
        return LinkError.NOT_OFFERED
    return LinkError.NOT_LINKED if outcome.rank == 1 else LinkError.RANKED_LOWER


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None


def _area(above: NDArray[np.float64], below: NDArray[np.float64]) -> float | None:
    """How often one of the first is greater than one of the others, ties half (Mann and Whitney 1947)."""
    if not len(above) or not len(below):
        return None
    ordered = np.sort(below)
    smaller, not_greater = np.searchsorted(ordered, above), np.searchsorted(ordered, above, side="right")
    return float((smaller + not_greater).mean() / (2 * len(below)))


def _calibration_error(answers: Sequence[tuple[float, bool]]) -> float | None:
    """Mean distance, over bins of equal width, of how sure answers are and how many are right (Naeini et al. 2015)."""
    if not answers:
        return None
    said, right = np.array([one for one, _ in answers]), np.array([one for _, one in answers], dtype=np.float64)
    bins = np.minimum((said * _BINS).astype(np.int64), _BINS - 1)
    apart = np.bincount(bins, weights=said - right, minlength=_BINS)
    return float(np.abs(apart).sum() / len(answers))
