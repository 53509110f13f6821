"""The step to revision 0020 and back: transfers are found by department."""

from sqlalchemy import create_engine, inspect

from storage.schema import upgrade
from tests.conftest import KEY
from tests.storage.steps import step_down


def indexes(url: str) -> set[str | None]:
    engine = create_engine(url)
    try:
        return {one["name"] for one in inspect(engine).get_indexes("decisions")}
    finally:
        engine.dispose()


def test_the_index_comes_and_goes(database_url: str):
    assert "decisions_of_department" in indexes(database_url)

    step_down(database_url, "0019")
    assert "decisions_of_department" not in indexes(database_url)

    upgrade(database_url, KEY)
    assert "decisions_of_department" in indexes(database_url)
