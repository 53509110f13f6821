"""The step to revision 0010 and back: keys and submissions are lost, everything else stays."""

from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import raw
from tests.storage.accounts.test_api_keys import KEY as API_KEY
from tests.storage.deliveries.test_submissions import add, submission
from tests.storage.steps import step_down


def test_down_and_up_again_keeps_what_was_taken_in(store: Store, database_url: str):
    add(store, submission())
    with store.unit_of_work() as work:
        work.api_keys.add(API_KEY)
        work.raw.add(raw("A"))
        work.commit()

    step_down(database_url, "0009")
    upgrade(database_url, KEY)

    with store.reading() as work:
        assert work.raw.count() == 1
        assert work.api_keys.all() == []
        assert work.submissions.get(submission().id) is None
