"""From which probability a linker that only scores may link."""

from collections.abc import Sequence

import numpy as np

from pipeline.linking.quality import Outcome

WANTED_PRECISION = 0.99


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
