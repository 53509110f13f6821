"""The step to revision 0030 and back: receipts stay, and what is mended from then on is known again."""

from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.storage.receipts import accepted, keep_receipt, rejected
from tests.storage.steps import step_down


def test_after_the_step_a_refused_row_leads_to_what_is_made_of_it(store: Store, database_url: str):
    with store.unit_of_work() as work:
        first = keep_receipt(work, rejected(0), receipt_id="a" * 16)
        second = keep_receipt(work, accepted(0), receipt_id="b" * 16)
        work.mended_rows.note(second.id, {0: (first.id, 0)})
        work.commit()

    step_down(database_url, "0029")
    upgrade(database_url, KEY)

    with store.unit_of_work() as work:
        assert work.receipts.get(first.id) == first
        assert work.mended_rows.latest({(first.id, 0)}) == {}
        work.mended_rows.note(second.id, {0: (first.id, 0)})
        assert work.mended_rows.latest({(first.id, 0)}) == {(first.id, 0): (second.id, 0)}
