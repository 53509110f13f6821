"""The numbers of `parameters.toml`, and the weights that follow from them."""

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, ValidationError, model_validator

from domain.failures.errors import ConfigError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from domain.register.household import HouseholdId
from pipeline.linking.earlier_parameters import completed
from pipeline.linking.names import NameAgreement
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.reasons import COMPUTED_REASONS, NAME_REASONS, SAME_AGE, UNSAID, Evidence, Reason

Share = Annotated[float, Field(gt=0, le=1)]


class Parameters(BaseModel):
    """How often agreements hold; the fields are explained in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    link_threshold: float
    show_threshold: float
    most_candidates: int
    not_in_register: float = Field(gt=0, lt=1)
    slope: float
    intercept: float
    name: Mapping[NameAgreement, Share]
    place: Mapping[PlaceAgreement, Share]
    least_chance: Mapping[PlaceAgreement | Literal["other"], PositiveFloat]
    among_meant: Mapping[Reason, Share]
    by_chance: Mapping[Reason, Share]
    log_odds: Mapping[Reason, float]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        """Nothing that a text may need is missing: the run would stop at the first that does."""
        missing = [
            *(set(NameAgreement) - set(self.name)),
            *(set(PlaceAgreement) - set(self.place)),
            *({*PlaceAgreement, "other"} - set(self.least_chance)),
            *(set(Reason) - NAME_REASONS - self._weighed),
        ]
        if missing:
            raise ValueError(f"缺少 {'、'.join(sorted(map(str, missing)))}")
        return self

    @property
    def _weighed(self) -> set[Reason]:
        return set(self.log_odds) | (set(self.among_meant) & (set(self.by_chance) | COMPUTED_REASONS))

    @property
    def digest(self) -> str:
        """Short name of the numbers, whoever changed them under whatever version."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:6]

    def weight_of(self, evidence: Evidence) -> float:
        """Log-odds that a piece of evidence adds by these parameters."""
        basis = evidence.basis
        if basis is None:
            return self.weight(evidence.reason)
        if basis.agreement and basis.place:
            weight = self.name_weight(basis.agreement, basis.place, basis.chance)
        else:
            weight = self.shared_weight(evidence.reason, basis.chance)
        return max(weight, 0.0) if basis.beside_number else weight

    @property
    def prior(self) -> float:
        """Log-odds that a text's household is in the register at all."""
        return math.log((1 - self.not_in_register) / self.not_in_register)

    def weight(self, reason: Reason) -> float:
        """Log-odds that a reason adds when nothing but the kind of agreement counts."""
        if reason in self.log_odds:
            return self.log_odds[reason]
        return math.log(self.among_meant[reason] / self.by_chance[reason])

    def careful_weight(self, evidence: Evidence) -> float:
        """The weight of a piece of evidence that leaves out what rests on the habits of writers alone."""
        if evidence.reason in UNSAID:
            return 0.0
        if evidence.reason not in SAME_AGE:
            return evidence.weight
        return math.log(
            sum(map(self.among_meant.__getitem__, SAME_AGE)) / sum(map(self.by_chance.__getitem__, SAME_AGE))
        )

    def name_weight(self, agreement: NameAgreement, place: PlaceAgreement, chance: float) -> float:
        """Log-odds of a name; `chance` is how many persons where it was looked for agree by chance."""
        return math.log(self.name[agreement] * self.place[place] / max(chance, self.least_chance[place]))

    def shared_weight(self, reason: Reason, chance: float) -> float:
        """Log-odds of an agreement whose chance was computed."""
        return math.log(self.among_meant[reason] / max(min(chance, 1.0), self.least_chance["other"]))


@cache
def load_parameters(path: Path | None = None) -> Parameters:
    """The parameters of a file; those that ship with the code without one.

    Raises:
        ConfigError: names the file and what is wrong in it.
    """
    if path is None:
        return _parsed(_shipped(), "随程序的参数")
    try:
        return _parsed(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"读不了关联参数 {path}: {why_unreadable(exc)}") from exc


def parameters_text(parameters: Parameters, comment: str) -> str:
    """The content of such a file, to be read, reviewed and changed by people."""
    record = parameters.model_dump(mode="json")
    tables = {name: value for name, value in record.items() if isinstance(value, dict)}
    lines = [f"# {comment}", *(_line(name, value) for name, value in record.items() if name not in tables)]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(_line(key, value) for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _line(name: str, value: str | float) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"


def _shipped() -> str:
    return files("pipeline.linking").joinpath("parameters.toml").read_text(encoding="utf-8")


def _parsed(text: str, source: str) -> Parameters:
    try:
        return Parameters.model_validate(completed(tomllib.loads(text), tomllib.loads(_shipped())))
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError(f"关联参数 {source} {why_unreadable(exc)}") from exc
    except ValidationError as exc:
        raise ConfigError(f"关联参数 {source} 不对: {_first_problem(exc)}") from exc


def _first_problem(exc: ValidationError) -> str:
    found = invalid_value(exc.errors())
    # Without a key it is the file as a whole that is not complete: its content would only hide what is missing.
    return str(found) if found.field else found.reason


def stretched(odds: float, parameters: Parameters) -> float:
    """Log-odds of one candidate as the odds that become a probability."""
    return math.exp(parameters.slope * odds + parameters.intercept)


def probabilities(odds: Mapping[HouseholdId, float], unseen: float, parameters: Parameters) -> dict[HouseholdId, float]:
    """Of each candidate the probability, from log-odds against "not in the register".

    `unseen` is what namesakes that nobody loaded weigh together, as odds.
    """
    weighed = {key: stretched(value, parameters) for key, value in odds.items()}
    total = 1.0 + unseen + sum(weighed.values())
    return {key: value / total for key, value in weighed.items()}
