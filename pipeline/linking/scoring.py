"""From evidence to probability: log-odds add up, candidates and "none of them" share one."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.household import HouseholdId
from pipeline.linking.reasons import Evidence, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The reviewed numbers of `weights.toml`."""

    link_threshold: float
    show_threshold: float
    most_candidates: int
    prior: float
    shown_character: float
    by_reason: Mapping[Reason, float]


@cache
def load_weights() -> Weights:
    """The weights that ship with the code; every reason has one, or this fails with KeyError."""
    table = tomllib.loads(files("pipeline.linking").joinpath("weights.toml").read_text(encoding="utf-8"))
    weights = table["weights"]
    return Weights(
        link_threshold=table["link_threshold"],
        show_threshold=table["show_threshold"],
        most_candidates=table["most_candidates"],
        prior=weights["prior"],
        shown_character=weights["shown_character"],
        by_reason={reason: weights[reason.value] for reason in Reason},
    )


def log_odds(evidence: Sequence[Evidence], shown_characters: int, weights: Weights) -> float:
    """The log-odds that the household is meant."""
    beyond_surname = max(shown_characters - 1, 0) * weights.shown_character
    return weights.prior + beyond_surname + sum(weights.by_reason[one.reason] for one in evidence)


def probabilities(
    scores: Mapping[HouseholdId, float], unseen_namesakes: int, weights: Weights
) -> dict[HouseholdId, float]:
    """Each candidate's probability; namesakes that the register knows and nobody loaded count as rivals."""
    namesake = math.exp(weights.prior + weights.by_reason[Reason.NAME_ONLY])
    odds = {household_id: math.exp(score) for household_id, score in scores.items()}
    total = 1.0 + unseen_namesakes * namesake + sum(odds.values())
    return {household_id: value / total for household_id, value in odds.items()}
