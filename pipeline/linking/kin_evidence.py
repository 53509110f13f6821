"""Relatives whom a text does not name (老伴, 两个孙子, 张三家儿子), looked for among the members of one household."""

from collections.abc import Iterator

from domain.register.household import Household, Person, Sex
from pipeline.linking.facts import Facts, Kin
from pipeline.linking.parameters import Parameters
from pipeline.linking.reasons import Evidence, Reason

_YEARS_APART = 1


def kin_evidence(household: Household, person: Person, facts: Facts, parameters: Parameters) -> Iterator[Evidence]:
    """Whether the household of the person who is named has the relatives that the text speaks of.

    Where it has some of them and others not, nothing is said: sons marry and move out.
    """
    others = [one for one in household.persons if one is not person]
    fitting = [_fitting(kin, others) for kin in facts.kin]
    if not fitting or (any(fitting) and not all(fitting)):
        return
    if not any(fitting):
        reason = Reason.KIN_MISSING
    else:
        told = any(kin.birth_year is not None for kin in facts.kin)
        reason = Reason.KIN_AGE if told else Reason.KIN
    yield Evidence(reason, parameters.weight(reason))


def _fitting(kin: Kin, others: list[Person]) -> bool:
    """True when there are as many such relatives as the text says."""
    return sum(_fits(kin, one) for one in others) >= kin.count


def _fits(kin: Kin, person: Person) -> bool:
    if kin.relations and person.relation not in kin.relations:
        return False
    if Sex.UNKNOWN not in (kin.sex, person.sex) and kin.sex is not person.sex:
        return False
    if kin.birth_year is None or person.birth_year is None:
        return True
    return abs(kin.birth_year - person.birth_year) <= _YEARS_APART
