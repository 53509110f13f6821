"""What the ID numbers and phones of a text say of one household: theirs, partly shown, or somebody else's."""

from collections.abc import Iterator
from typing import NamedTuple

from domain.register.household import Household
from pipeline.linking.blocking import id_numbers, phone_numbers, phones
from pipeline.linking.facts import Facts
from pipeline.linking.parameters import Parameters
from pipeline.linking.reasons import Basis, Evidence, Reason

_COUNTY_DIGITS = 6
_SAME_DIGIT = 0.2
"""How often one digit of an ID number agrees by chance; digits of birth dates do more often than one in ten."""


class NumberKinds(NamedTuple):
    """What it means that numbers agree: it differs for the household of who only reports."""

    id_number: Reason
    phone: Reason


def number_kinds(*, reported: bool, named: bool) -> NumberKinds:
    """The reasons that agreeing numbers give for a household that only reports, or whose name is in the text or not."""
    if reported:
        return NumberKinds(Reason.REPORTER_ID_NUMBER, Reason.REPORTER_PHONE)
    return NumberKinds(Reason.ID_NUMBER, Reason.PHONE_AND_NAME if named else Reason.PHONE)


def number_evidence(
    household: Household, facts: Facts, people: int, parameters: Parameters, kinds: NumberKinds
) -> Iterator[Evidence]:
    """The evidence of numbers that agree; `people` are all persons of the register."""
    own = _id_numbers(household)
    if own & id_numbers(facts.document, facts.mentions):
        yield Evidence(kinds.id_number, parameters.weight(kinds.id_number))
    else:
        shown = [_agreeing_digits(one.value, number) for one in facts.mentions.id_numbers for number in own]
        if any(shown):
            chance = people * _SAME_DIGIT ** max(shown)
            weight = parameters.shared_weight(Reason.MASKED_ID_NUMBER, chance)
            yield Evidence(Reason.MASKED_ID_NUMBER, weight, basis=Basis(chance))
    told = phones(facts.document, facts.mentions)
    if told and _phones(household) & told:
        yield Evidence(kinds.phone, parameters.weight(kinds.phone))


def other_numbers(household: Household, facts: Facts, parameters: Parameters) -> Iterator[Evidence]:
    """What speaks against the household: both have numbers, and none of them agrees.

    The numbers of the text only: those of a petition register are the petitioner's, who may speak for another.
    """
    own, written = _id_numbers(household), [one.value for one in facts.mentions.id_numbers]
    if own and written and not any(_may_be(one, number) for one in written for number in own):
        yield Evidence(Reason.ID_NUMBER_DIFFERS, parameters.weight(Reason.ID_NUMBER_DIFFERS))
    told = {digits for one in facts.mentions.phones for digits in phone_numbers(one.value)}
    known = _phones(household) if told else set()
    if known and not known & told:
        yield Evidence(Reason.PHONE_DIFFERS, parameters.weight(Reason.PHONE_DIFFERS))


def _id_numbers(household: Household) -> set[str]:
    return {person.id_number.upper() for person in household.persons if person.id_number}


def _phones(household: Household) -> set[str]:
    return {number for person in household.persons for number in phone_numbers(person.phone)}


def _may_be(written: str, number: str) -> bool:
    """True when a number, some digits of which may be masked, can be this one; one of another length always can."""
    if len(written) != len(number):
        return True
    return all(sign in ("*", own) for sign, own in zip(written.upper(), number, strict=True))


def _agreeing_digits(masked: str, number: str) -> int:
    """How many digits beyond the county's are shown and agree; nought when one does not."""
    if "*" not in masked or len(masked) != len(number) or not _may_be(masked, number):
        return 0
    return sum(sign != "*" for sign in masked[_COUNTY_DIGITS:])
