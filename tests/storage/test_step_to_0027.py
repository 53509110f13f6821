"""The step to revision 0027 and back: what was handed in is found by its number and known again as before."""

from dataclasses import replace
from datetime import date

from domain.deliveries.receipt import Origin, RowOutcome, Way
from storage.deliveries.petition_outcomes import PetitionFilter
from storage.schema import upgrade
from storage.store import Store
from storage.texts.accusations import OfficeScope
from tests.conftest import KEY
from tests.factories import COUNTY
from tests.storage.deliveries.test_intake import numbered, take
from tests.storage.receipts import accepted, keep_receipt
from tests.storage.steps import step_down


def found(store: Store, number: str) -> int:
    wanted = PetitionFilter(
        office=OfficeScope(COUNTY, is_house=True), first=date(2026, 1, 1), last=date(2026, 12, 31), number=number
    )
    with store.reading() as work:
        return work.petition_outcomes.count(wanted)


def test_a_petition_is_found_and_known_again_on_both_sides_of_the_step(store: Store, database_url: str):
    [taken] = take(store, numbered())
    with store.unit_of_work() as work:
        number = work.raw.get(taken.document_id).external_key
        row = replace(accepted(0), document_id=taken.document_id)
        keep_receipt(work, row, origin=Origin(way=Way.COMMAND, who="clerk"))
        work.commit()

    assert (found(store, number), found(store, "no such number")) == (1, 0)
    step_down(database_url, "0026")
    assert take(store, numbered())[0].outcome is RowOutcome.DUPLICATE
    upgrade(database_url, KEY)

    assert take(store, numbered())[0].outcome is RowOutcome.DUPLICATE
    assert (found(store, number), found(store, "no such number")) == (1, 0)
