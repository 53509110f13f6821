"""The step to revision 0022 and back: what the boards count is said of leads that were there before."""

import random
from typing import Any

from sqlalchemy import Row

from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.review.board_world import fill_by_chance
from tests.storage.entries import entries
from tests.storage.steps import step_down


def told(found: list[Row[Any]]) -> list[dict[str, Any]]:
    """The entries; before 0028 nobody knew a visit in vain from one that was begun."""
    rows = [dict(one._mapping) for one in found]
    return [one | ({"status": "visiting"} if one["status"] == "visited_in_vain" else {}) for one in rows]


def test_leads_that_were_there_are_counted_as_if_they_were_new(store: Store, database_url: str):
    fill_by_chance(store, random.Random(22))
    before = entries(database_url)

    step_down(database_url, "0019")
    upgrade(database_url, KEY)

    assert len(before) == 25
    assert any(one.visit_late for one in before)
    assert any(one.texts > 1 for one in before)
    assert told(entries(database_url)) == told(before)
