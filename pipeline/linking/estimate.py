"""Estimates the parameters from texts that nobody has linked by hand, by expectation and maximisation.

Every text may mean one of its candidates or none (Dempster, Laird and Rubin 1977; Fellegi and Sunter 1969). What the
parameters of today make of the texts says how often agreements hold among those who are meant and among others, and
these shares are the parameters of the next round. What was written by hand counts as so many observations, so that a
few odd texts move little.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pipeline.linking.names import MISSPELT, NameAgreement
from pipeline.linking.parameters import Parameters
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.reasons import Evidence, Reason

Candidates = Sequence[Sequence[Evidence]]
"""Of one text the evidence of every household that it may mean."""
Kind = TypeVar("Kind", bound=Hashable)

_ROUNDS = 12
_LEAST = 1e-5
_OBSERVATIONS = 40.0
"""So much weighs what the parameters said before."""
_LEAST_LEFT = 0.25
"""No share falls below so much of what it was: no archive is large enough to say that a slip never happens."""
_EXCLUSIVE = (
    (Reason.BIRTH_YEAR, Reason.BIRTH_YEAR_ONE_OFF, Reason.BIRTH_YEAR_NEAR, Reason.BIRTH_YEAR_DIFFERS),
    (Reason.GROUP, Reason.GROUP_DIFFERS),
    (Reason.PHONE_AND_NAME, Reason.PHONE_DIFFERS),
    (Reason.ID_NUMBER, Reason.ID_NUMBER_DIFFERS),
    (Reason.TITLE, Reason.TITLE_DIFFERS),
    (Reason.HEAD, Reason.NOT_HEAD),
)
"""Of each of these one holds where both sides say something."""
_WRITTEN = (NameAgreement.IDENTICAL, *sorted(MISSPELT))
_OF_VILLAGES = (PlaceAgreement.VILLAGE, PlaceAgreement.NEIGHBOUR, PlaceAgreement.ELSEWHERE)


@dataclass(slots=True)
class _Seen:
    """How much of each kind was seen among those who are meant, and among others."""

    meant: defaultdict[Reason, float] = field(default_factory=lambda: defaultdict(float))
    others: defaultdict[Reason, float] = field(default_factory=lambda: defaultdict(float))
    names: defaultdict[NameAgreement, float] = field(default_factory=lambda: defaultdict(float))
    places: defaultdict[PlaceAgreement, float] = field(default_factory=lambda: defaultdict(float))
    absent: float = 0.0
    texts: int = 0


def estimate(parameters: Parameters, texts: Sequence[Candidates], *, version: str) -> Parameters:
    """The parameters under which the texts are likeliest, beginning with `parameters`, under a new version.

    Texts without a candidate say nothing and are passed over.
    """
    told, found = [text for text in texts if text], parameters
    for _ in range(_ROUNDS):
        found = _maximised(parameters, _expected(found, told))
    return found.model_copy(update={"version": version})


def _expected(parameters: Parameters, texts: Sequence[Candidates]) -> _Seen:
    seen = _Seen(texts=len(texts))
    for candidates in texts:
        odds = [math.exp(parameters.prior + sum(map(parameters.weight_of, own))) for own in candidates]
        total = 1.0 + sum(odds)
        seen.absent += 1 / total
        for own, value in zip(candidates, odds, strict=True):
            _count(seen, own, value / total)
    return seen


def _count(seen: _Seen, evidence: Sequence[Evidence], share: float) -> None:
    for one in evidence:
        seen.meant[one.reason] += share
        seen.others[one.reason] += 1 - share
        if one.basis and one.basis.agreement and one.basis.place:
            seen.names[one.basis.agreement] += share
            seen.places[one.basis.place] += share


def _maximised(before: Parameters, seen: _Seen) -> Parameters:
    meant, chance = dict(before.among_meant), dict(before.by_chance)
    for kinds in _EXCLUSIVE:
        meant.update(_shares(kinds, seen.meant, meant))
        chance.update(_shares(kinds, seen.others, chance))
    absent = (seen.absent + _OBSERVATIONS * before.not_in_register) / (seen.texts + _OBSERVATIONS)
    return before.model_copy(
        update={
            "among_meant": meant,
            "by_chance": chance,
            "name": {**before.name, **_shares(_WRITTEN, seen.names, before.name)},
            "place": {**before.place, **_shares(_OF_VILLAGES, seen.places, before.place)},
            "not_in_register": min(max(round(absent, 5), _LEAST), 1 - _LEAST),
        }
    )


def _shares(kinds: Sequence[Kind], seen: Mapping[Kind, float], before: Mapping[Kind, float]) -> dict[Kind, float]:
    """What was seen of each kind, as a share of what the kinds had together before."""
    together = sum(before[kind] for kind in kinds)
    total = sum(seen.get(kind, 0.0) for kind in kinds) + _OBSERVATIONS
    found = {kind: together * (seen.get(kind, 0.0) + _OBSERVATIONS * before[kind] / together) / total for kind in kinds}
    least = {kind: _LEAST_LEFT * before[kind] for kind in kinds}
    raised = {kind: max(found[kind], least[kind]) for kind in kinds}
    # What is given to the rare kinds is taken from the others, in proportion.
    over = sum(raised.values()) - together
    free = sum(raised[kind] - least[kind] for kind in kinds) or 1.0
    return {kind: max(round(raised[kind] - over * (raised[kind] - least[kind]) / free, 5), _LEAST) for kind in kinds}
