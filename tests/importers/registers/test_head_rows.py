"""A head in two rows: 0 months and an answer of no are said, and what only one row says completes the other."""

from domain.register.household import Person, Relation
from domain.register.register_entry import PersonFacts, RowPlace
from importers.registers.head_rows import completed_by

_PLACE = RowPlace(sheet="台账", row=2)


def row(months: int | None, *, insured: bool | None) -> tuple[Person, PersonFacts]:
    person = Person(name="庞甲", relation=Relation.HEAD, work_months=months or 0)
    return person, PersonFacts(place=_PLACE, work_months=months, insured=insured)


def test_no_months_and_no_insurance_stay_and_the_difference_is_told() -> None:
    told: list[str] = []

    person, facts = completed_by(
        row(0, insured=False), [row(6, insured=True)], lambda _column, _reason, value: told.append(value)
    )

    assert (person.work_months, facts.work_months, facts.insured) == (0, 0, False)
    assert told == ["0", "否"]


def test_what_is_not_said_is_that_of_the_other_row() -> None:
    told: list[str] = []

    person, facts = completed_by(
        row(None, insured=None), [row(6, insured=False)], lambda _column, _reason, value: told.append(value)
    )

    assert (person.work_months, facts.work_months, facts.insured, told) == (6, 6, False, [])
