"""The step to revision 0021 and back: failures are found by whose door it is."""

from datetime import timedelta

from domain.accounts.sign_in import Door
from storage.schema import upgrade
from storage.store import Store
from tests.databases import KEY
from tests.fakes import NOON
from tests.storage.steps import step_down
from tests.storage.test_signing_in import MINUTE, WAITS


def test_what_was_counted_before_stays_counted_and_is_cleared_with_the_account(store: Store, database_url: str):
    doors = [Door("account clerk", WAITS, "clerk"), Door("address 10.0.0.1", WAITS)]
    with store.unit_of_work() as work:
        for door in doors * WAITS.free:
            work.sign_in_failures.count(door, NOON)
        work.commit()

    step_down(database_url, "0019")
    upgrade(database_url, KEY)

    with store.unit_of_work() as work:
        assert [work.sign_in_failures.closed_for(one.name, NOON) for one in doors] == [MINUTE] * 2
        work.sign_in_failures.clear_of("clerk")
        assert [work.sign_in_failures.closed_for(one.name, NOON) for one in doors] == [timedelta(0), MINUTE]
