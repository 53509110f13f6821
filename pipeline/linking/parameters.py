"""The numbers of `parameters.toml`, and the weights that follow from them."""

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.household import HouseholdId
from pipeline.linking.names import NameAgreement
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.reasons import Evidence, Reason


class Parameters(BaseModel):
    """How often agreements hold; the fields are explained in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    link_threshold: float
    show_threshold: float
    most_candidates: int
    not_in_register: float
    slope: float
    intercept: float
    name: Mapping[NameAgreement, float]
    place: Mapping[PlaceAgreement, float]
    least_chance: Mapping[PlaceAgreement | Literal["other"], float]
    among_meant: Mapping[Reason, float]
    by_chance: Mapping[Reason, float]
    log_odds: Mapping[Reason, float]

    def weight_of(self, evidence: Evidence) -> float:
        """Log-odds that a piece of evidence adds by these parameters."""
        basis = evidence.basis
        if basis is None:
            return self.weight(evidence.reason)
        if basis.agreement and basis.place:
            return self.name_weight(basis.agreement, basis.place, basis.chance)
        return self.shared_weight(evidence.reason, basis.chance)

    @property
    def prior(self) -> float:
        """Log-odds that a text's household is in the register at all."""
        return math.log((1 - self.not_in_register) / self.not_in_register)

    def weight(self, reason: Reason) -> float:
        """Log-odds that a reason adds when nothing but the kind of agreement counts."""
        if reason in self.log_odds:
            return self.log_odds[reason]
        return math.log(self.among_meant[reason] / self.by_chance[reason])

    def name_weight(self, agreement: NameAgreement, place: PlaceAgreement, chance: float) -> float:
        """Log-odds of a name; `chance` is how many persons where it was looked for agree by chance."""
        return math.log(self.name[agreement] * self.place[place] / max(chance, self.least_chance[place]))

    def shared_weight(self, reason: Reason, chance: float) -> float:
        """Log-odds of an agreement whose chance was computed."""
        return math.log(self.among_meant[reason] / max(min(chance, 1.0), self.least_chance["other"]))


@cache
def load_parameters() -> Parameters:
    """The parameters that ship with the code."""
    text = files("pipeline.linking").joinpath("parameters.toml").read_text(encoding="utf-8")
    return Parameters.model_validate(tomllib.loads(text))


def probabilities(odds: Mapping[HouseholdId, float], unseen: float, parameters: Parameters) -> dict[HouseholdId, float]:
    """Of each candidate the probability, from log-odds against "not in the register".

    `unseen` is what namesakes that nobody loaded weigh together, as odds.
    """
    stretched = {key: math.exp(parameters.slope * value + parameters.intercept) for key, value in odds.items()}
    total = 1.0 + unseen + sum(stretched.values())
    return {key: value / total for key, value in stretched.items()}
