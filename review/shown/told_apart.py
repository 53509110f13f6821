"""What tells two households apart whose heads' hidden names look the same; nothing that a page does not show anyway."""

from collections.abc import Iterable

from domain.privacy.masking import mask_name
from domain.register.household import Household

_MEMBERS = 3
"""So many besides the head fit into one line of a phone."""


def number_end(household: Household) -> str:
    """The end of the household's number, which differs inside a village."""
    return household.id[-4:]


def told_apart(household: Household, shown: Iterable[Household]) -> str:
    """How many live there and the end of the number; the members too beside another household that looks the same."""
    marks = [f"{len(household.persons)}口人", f"户编号尾号 {number_end(household)}"]
    if any(one.id != household.id and _looks(one) == _looks(household) for one in shown):
        others = [one for one in household.persons if one is not household.head]
        marks += [f"{one.relation.label} {mask_name(one.name)}" for one in others[:_MEMBERS]]
    return " · ".join(marks)


def _looks(household: Household) -> tuple[str, str, str]:
    return household.village.digits, household.group, mask_name(household.head.name)
