"""What is said of a row whose number or content was known before."""

import re
from pathlib import Path

import pytest

from domain.deliveries.receipt import RowOutcome
from domain.texts.document import DocumentId
from importers.entries import PetitionRecord
from pipeline.deliveries.known_before import remark_about
from storage.deliveries.taken_records import InEffect, Taken
from tests.factories import raw
from tests.fakes import NOON

IT = DocumentId("1f" * 16)


def in_effect(*, has_number: bool, of_another: bool = False, as_number: str = "") -> Taken:
    version = InEffect(IT, NOON, has_number=has_number, of_another=of_another)
    return Taken(RowOutcome.DUPLICATE, IT, in_effect=version, as_number=as_number)


@pytest.mark.parametrize(
    "taken",
    [
        Taken(RowOutcome.ACCEPTED, IT, number_used_elsewhere=True),
        Taken(RowOutcome.ACCEPTED, IT, like_numbered=True),
        Taken(RowOutcome.CORRECTED, IT, IT, replaces_another=NOON),
        in_effect(has_number=True),
        in_effect(has_number=False),
        in_effect(has_number=True, of_another=True),
        in_effect(has_number=False, as_number="X7"),
        Taken(RowOutcome.DUPLICATE, IT, as_number="X7"),
    ],
)
def test_every_remark_stands_in_the_documents(taken: Taken):
    document = (Path(__file__).parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")
    cells = (cell.strip() for cell in re.split(r" / |\|", document))
    known = re.compile("|".join(re.escape(cell).replace("…", ".*") for cell in cells if cell))

    said = remark_about(PetitionRecord(sheet="台账", row=2, raw=raw("X1", "家中有人患病。")), taken)

    assert said is not None
    assert known.fullmatch(said.reason), said.reason


def test_nobody_is_told_how_to_replace_another_persons_petition():
    record = PetitionRecord(sheet="台账", row=2, raw=raw("X1", "家中有人患病。"))

    said = remark_about(record, in_effect(has_number=True, of_another=True))

    assert said is not None
    assert "以这一版为准" not in said.reason
    assert "请改用它自己的编号" in said.reason


def test_nothing_is_said_of_a_row_that_is_simply_new():
    record = PetitionRecord(sheet="台账", row=2, raw=raw("X1", "家中有人患病。"))

    assert remark_about(record, Taken(RowOutcome.ACCEPTED, IT)) is None
