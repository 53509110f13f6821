"""The benchmark's figures over outcomes: recall of the right door, automatic links, belief in absence, calibration."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.classifier.figures import calibration_error

WANTED_PRECISION = 0.99


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
    linked: bool


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


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of these outcomes."""
    registered = [one for one in outcomes if one.registered]
    linked = [one for one in outcomes if one.linked]
    offered = [one for one in outcomes if one.probability is not None]
    return Figures(
        texts=len(outcomes),
        recall_at_1=_share([one.rank == 1 for one in registered]),
        recall_at_5=_share([1 <= one.rank <= 5 for one in registered]),
        precision=_share([one.rank == 1 for one in linked]),
        coverage=_share([one.linked for one in registered]),
        false_links=_share([one.linked for one in outcomes if not one.registered]),
        absent_auc=_absent_auc(outcomes, len(registered)),
        calibration_error=_calibration(offered),
    )


def threshold_for(outcomes: Sequence[Outcome], precision: float = WANTED_PRECISION) -> float:
    """The lowest probability from which links are at least so precise; more than one where none reaches it."""
    offered = sorted((one for one in outcomes if one.probability is not None), key=lambda one: -(one.probability or 0))
    right, best = 0, np.nextafter(1.0, 2.0)
    for count, one in enumerate(offered, start=1):
        right += one.rank == 1
        last_of_equals = count == len(offered) or offered[count].probability != one.probability
        if last_of_equals and right / count >= precision:
            best = one.probability or 0.0
    return float(best)


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None


def _absent_auc(outcomes: Sequence[Outcome], registered: int) -> float | None:
    if registered in (0, len(outcomes)):
        return None
    return float(roc_auc_score([not one.registered for one in outcomes], [one.absent for one in outcomes]))


def _calibration(offered: Sequence[Outcome]) -> float | None:
    if not offered:
        return None
    probabilities = np.array([[one.probability] for one in offered], dtype=np.float32)
    return calibration_error(probabilities, np.array([[one.rank == 1] for one in offered], dtype=np.int8))
