"""The step to revision 0006 and back keeps what is there."""

from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import VILLAGE, document, raw
from tests.fakes import NOON
from tests.storage.steps import step_down
from tests.storage.texts.test_sources import run


def test_texts_and_runs_outlive_the_step_back_and_forth(store: Store, database_url: str):
    text = document("A")
    with store.unit_of_work() as work:
        work.raw.add(raw("A"))
        work.documents.add(text)
        work.coverage.add(text.id, [VILLAGE])
        work.sources.add_run(run("a_news", 1))
        work.commit()
    step_down(database_url, "0005")

    upgrade(database_url, KEY)

    with store.reading() as work:
        assert work.raw.get(text.id).text == text.text
        assert work.sources.runs_since(NOON) == {"a_news": [run("a_news", 1)]}
        assert work.coverage.spoken(VILLAGE, start=NOON, end=NOON, channels=()) == {}
