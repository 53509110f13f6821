"""The head of a household who stands in the file twice: in a row of heads, and among the members."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from domain.household import Person, Sex
from domain.register_entry import PersonFacts
from importers.register_facts import Remark, column_of

_HIS_OWN = frozenset({"name", "relation", "place", "own_id_number", "phone_unsaid"})
"""What each row has of its own."""
_EMPTY = (None, "", 0, Sex.UNKNOWN)
_COLUMNS = {"birth_year": "born_on"}
"""Fields of a person to the column that says them, where its name is another one."""
_PRIVATE = frozenset({"id_number", "phone"})
_DIFFERS = "户主写在两处, 写的不一样, 已按家庭成员里的那一行接收, 请核对"


def completed_by(
    head: tuple[Person, PersonFacts], others: Sequence[tuple[Person, PersonFacts]], remark: Remark
) -> tuple[Person, PersonFacts]:
    """The head with what only another row says of him; two rows that say different things are told.

    The other row is his where it has his ID number, or his name and no other number.
    """
    for other in others:
        head = _completed(head, other, remark)
    return head


def _completed(
    head: tuple[Person, PersonFacts], other: tuple[Person, PersonFacts], remark: Remark
) -> tuple[Person, PersonFacts]:
    person, facts = head
    numbers = {person.id_number, other[0].id_number} - {""}
    if len(numbers) > 1 and person.name == other[0].name:
        remark(column_of("id_number"), _DIFFERS, "")
        return head
    is_his = person.name == other[0].name or (len(numbers) == 1 and person.id_number == other[0].id_number)
    if not is_his:
        return head
    for field, written in _told(person):
        again = getattr(other[0], field)
        if written not in _EMPTY and again not in _EMPTY and written != again:
            remark(column_of(_COLUMNS.get(field, field)), _DIFFERS, "" if field in _PRIVATE else str(written))
    return replace(person, **_missing(person, other[0])), replace(facts, **_missing(facts, other[1]))


def _told(said: Any) -> list[tuple[str, Any]]:
    return [(one.name, getattr(said, one.name)) for one in fields(said) if one.name not in _HIS_OWN]


def _missing(said: Any, other: Any) -> dict[str, Any]:
    """What is empty in the one and not in the other."""
    return {
        field: getattr(other, field) for field, written in _told(said) if written in _EMPTY and written is not False
    }
