"""The step from 0004 to 0005 and back, with pages and runs in the database."""

from sqlalchemy import create_engine, text

from domain.media.crawl import FetchProblem, PageKind, SeenPage
from storage.schema import upgrade
from storage.store import open_store
from tests.conftest import KEY
from tests.fakes import NOON
from tests.storage.steps import step_down


def test_pages_of_the_old_schema_are_articles_that_came(database_url: str):
    upgrade(database_url, KEY)
    store = open_store(database_url, KEY)
    article = SeenPage(url="http://a.cn/1.html", etag='"x"')
    with store.unit_of_work() as work:
        listed = SeenPage(url="http://a.cn/", kind=PageKind.LIST)
        failed = SeenPage(url="http://a.cn/2.html", problem=FetchProblem.GONE, failures=1)
        work.sources.remember("paper", [article, listed, failed], NOON)
        work.commit()
    step_down(database_url, "0004")
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM seen_pages")) == 1
    engine.dispose()

    upgrade(database_url, KEY)

    with store.reading() as work:
        [page] = work.sources.seen("paper")
    assert (page.url, page.kind, page.problem, page.asked_at) == (article.url, PageKind.ARTICLE, None, NOON)
    store.close()
