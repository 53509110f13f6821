"""The step to revision 0011 and back: which pages a list page has inside it."""

from domain.media.crawl import PageKind, SeenPage
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.fakes import NOON
from tests.storage.steps import step_down

INSIDE = ("http://a.cn/node_2.html", "http://a.cn/node_3.html")


def test_the_pages_inside_a_list_page_are_kept(store: Store):
    with store.unit_of_work() as work:
        work.sources.remember("paper", [SeenPage(url="http://a.cn/", kind=PageKind.LIST, inner=INSIDE)], NOON)
        work.commit()

    with store.reading() as work:
        [page] = work.sources.seen("paper")
    assert page.inner == INSIDE


def test_on_the_way_back_lists_are_forgotten_for_an_unchanged_one_would_hide_what_is_inside(
    store: Store, database_url: str
):
    with store.unit_of_work() as work:
        first = SeenPage(url="http://a.cn/", kind=PageKind.LIST, etag='"1"', inner=INSIDE)
        work.sources.remember("paper", [first, SeenPage(url="http://a.cn/1.html")], NOON)
        work.commit()

    step_down(database_url, "0007")
    upgrade(database_url, KEY)

    with store.reading() as work:
        assert [(page.url, page.inner) for page in work.sources.seen("paper")] == [("http://a.cn/1.html", ())]
