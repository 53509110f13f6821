"""The step to revision 0014 and back: accounts stay, sessions are over."""

from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.fakes import NOON
from tests.storage.accounts.test_accounts import CLERK
from tests.storage.steps import step_down
from tests.storage.test_signing_in import opened


def test_accounts_and_their_passwords_stay_and_everybody_signs_in_again(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.accounts.add(CLERK)
        work.open_sessions.add("hash", opened("a"))
        work.credentials.offer_secret("clerk", "ABC234")
        work.credentials.accept_secret("clerk", 1, NOON)
        work.commit()

    step_down(database_url, "0013")
    upgrade(database_url, KEY)

    with store.reading() as work:
        assert work.accounts.all() == [CLERK]
        assert work.open_sessions.of("clerk") == []
        assert work.credentials.secret("clerk") is None
