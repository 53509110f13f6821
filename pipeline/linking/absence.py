"""How probable it is that the household of a text is not in the register, also where nobody of it was found.

Nobody agrees with a text either because the register lacks the household, or because its name or its place is written
in a way that no search answers. The second is as often as the parameters say that a name or a village is written so.
"""

import math
from collections.abc import Iterable

from pipeline.linking.facts import Facts
from pipeline.linking.names import MISSPELT, NameAgreement, is_full, is_partial
from pipeline.linking.parameters import Parameters, stretched
from pipeline.linking.place_agreement import PlaceAgreement

_OF_WHOLE_NAMES = (NameAgreement.IDENTICAL, *sorted(MISSPELT))


def absence(odds: Iterable[float], unseen: float, facts: Facts, parameters: Parameters) -> float:
    """The probability, 0 to 1, that none of the registered households is meant.

    Args:
        odds: Log-odds of every candidate, also of those that are not shown.
        unseen: The odds of all namesakes that nobody opened.
        facts: What the document says; where it holds nothing to look for, only the share of such texts is known.
        parameters: What agreements weigh.
    """
    found = sum(stretched(one, parameters) for one in odds)
    return 1.0 / (1.0 + unseen + found + math.exp(parameters.prior) * _not_answered(facts, parameters))


def _not_answered(facts: Facts, parameters: Parameters) -> float:
    """Of the texts about registered households with such facts, the share whose household no search finds."""
    if facts.mentions.of_another_county:
        return parameters.place[PlaceAgreement.ELSEWHERE]
    if any(is_full(one.name) for one in facts.persons):
        return 1.0 - sum(parameters.name[one] for one in _OF_WHOLE_NAMES)
    if facts.villages and any(is_partial(one.name) for one in facts.persons):
        return 1.0 - parameters.name[NameAgreement.MASKED] * parameters.place[PlaceAgreement.VILLAGE]
    return 1.0
