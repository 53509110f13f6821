"""The step to revision 0026 and back: decisions and moves stay, and what was settled is looked at once more."""

from domain.leads.lead import LeadId
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import lead
from tests.storage.steps import step_down

PAIR = {LeadId("a"): LeadId("b")}


def test_after_the_step_everything_is_looked_at_again(store: Store, database_url: str):
    with store.unit_of_work() as work:
        for name in "ab":
            work.leads.add(lead(name, matter=name))
        work.settled_successions.remember(work.settled_successions.unsettled(PAIR, "1"))
        assert work.settled_successions.unsettled(PAIR, "1") == {}
        work.commit()

    step_down(database_url, "0025")
    upgrade(database_url, KEY)

    with store.reading() as work:
        assert set(work.settled_successions.unsettled(PAIR, "1")) == {"a"}
        assert work.leads.get(LeadId("b")) is not None
