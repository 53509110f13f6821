"""The head of a household who stands in the file twice: in a row of heads, and among the members."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from domain.register.household import Person, Sex
from domain.register.register_entry import PersonFacts
from importers.registers.facts import Remark, column_of

_HIS_OWN = frozenset({"name", "relation", "place", "own_id_number", "phone_unsaid", "told"})
"""What each row has of its own."""
_COLUMNS = {"birth_year": "born_on"}
"""Fields of a person to the column that says them, where its name is another one."""
_PRIVATE = frozenset({"id_number", "phone", "disability_card"})
_COMPARED_ELSEWHERE = frozenset({"work_months", "born_on"})
"""Of the months what is written counts, and not what is kept; of a birth its year."""
_ANSWERS = {True: "是", False: "否"}
_DIFFERS = "户主写在两处, 写的不一样, 已按家庭成员里的那一行接收; 不对的请改成一致后重新提交"


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
    months, again = facts.work_months, other[1].work_months
    if months is not None and again is not None and months != again:
        remark(column_of("work_months"), _DIFFERS, str(months))
    for said, once_more in ((person, other[0]), (facts, other[1])):
        for field, written in _told(said):
            again = getattr(once_more, field)
            if field not in _COMPARED_ELSEWHERE and _says(written) and _says(again) and written != again:
                remark(column_of(_COLUMNS.get(field, field)), _DIFFERS, _shown(field, written))
    kept = _missing(person, other[0])
    if months is None:
        kept["work_months"] = other[0].work_months
    told = facts.told if facts.told is None else facts.told | (other[1].told or frozenset())
    return replace(person, **kept), replace(facts, told=told, **_missing(facts, other[1]))


def _says(written: Any) -> bool:
    """True for what is said, also 0 months and no insurance."""
    return written is not None and written != "" and written is not Sex.UNKNOWN


def _shown(field: str, written: Any) -> str:
    if isinstance(written, bool):
        return _ANSWERS[written]
    return "" if field in _PRIVATE else str(written)


def _told(said: Any) -> list[tuple[str, Any]]:
    return [(one.name, getattr(said, one.name)) for one in fields(said) if one.name not in _HIS_OWN]


def _missing(said: Any, other: Any) -> dict[str, Any]:
    """What the one does not say and the other does."""
    return {field: getattr(other, field) for field, written in _told(said) if not _says(written)}
