"""Persons who join a household of the file and are still registered in one that the file does not name.

Nobody can say from the file whether they moved or a number is wrong, so they stand in both and the clerk is told.
"""

from collections.abc import Container, Iterable, Iterator, Mapping

from domain.deliveries.receipt import RowProblem
from domain.register.household import Household, HouseholdId
from domain.register.id_number import is_whole
from domain.register.register_entry import HouseholdEntry, RowPlace
from storage.register.registry import Registry

_IN_BOTH = (
    "有{}人的身份证号在册还在户编号「{}」那一户, 那一户不在文件里, 保持原样, 现在两户都有; 号码写错的请改正; "
    "已不在那一户的, 请写全那一户的人, 填「家庭人口」一栏(那一户的人数, 户主也算)后提交; 整户换了编号的, 请全村一起提交"
)
_SHOWN = 5
"""Other households that a remark names."""


def in_both(
    registry: Registry,
    entries: Iterable[HouseholdEntry],
    before: Mapping[HouseholdId, Household],
    *,
    named: Container[HouseholdId],
) -> Iterator[RowProblem]:
    """A remark for each of `entries` with somebody new who stands by his ID number in another household.

    `before` are the registered households of the same numbers; `named` those that the file names or ends.
    """
    arrived = {entry.household.id: _arrived(entry, before.get(entry.household.id)) for entry in entries}
    elsewhere = registry.by_id_numbers(sorted({number for numbers in arrived.values() for number in numbers}))
    for key, numbers in arrived.items():
        others = {number: [one for one in elsewhere.get(number, ()) if one not in named] for number in numbers}
        doubled = [number for number in numbers if others[number]]
        if doubled:
            households = list(dict.fromkeys(one for number in doubled for one in others[number]))
            shown = "、".join(households[:_SHOWN]) + ("等" if len(households) > _SHOWN else "")
            place = numbers[doubled[0]]
            reason = _IN_BOTH.format(len(doubled), shown)
            yield RowProblem(sheet=place.sheet, row=place.row, column=None, reason=reason, value=key)


def _arrived(entry: HouseholdEntry, known: Household | None) -> dict[str, RowPlace]:
    """The ID numbers that the registered household does not have, each with its row."""
    numbers = {one.id_number for one in known.persons} if known is not None else set()
    told = zip(entry.household.persons, entry.persons, strict=True)
    return {
        one.id_number: facts.place for one, facts in told if is_whole(one.id_number) and one.id_number not in numbers
    }
