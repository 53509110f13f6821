"""The step to revision 0023 and back: one index less of delivered texts."""

from domain.deliveries.receipt import RowOutcome
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.storage.deliveries.test_intake import numbered, take
from tests.storage.steps import step_down


def test_a_delivered_row_is_known_again_on_both_sides_of_the_step(store: Store, database_url: str):
    take(store, numbered())

    step_down(database_url, "0019")
    assert take(store, numbered())[0].outcome is RowOutcome.DUPLICATE
    upgrade(database_url, KEY)

    assert take(store, numbered())[0].outcome is RowOutcome.DUPLICATE
