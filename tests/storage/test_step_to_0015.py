"""The step to revision 0015 and back: reveals, accusations, leads without a text."""

from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import lead
from tests.storage.steps import step_down


def test_every_lead_that_was_there_has_a_text(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        work.commit()

    step_down(database_url, "0013")
    upgrade(database_url, KEY)

    with store.reading() as work:
        view = work.leads.get(lead().id)
    assert view is not None
    assert not view.lead.unsourced
