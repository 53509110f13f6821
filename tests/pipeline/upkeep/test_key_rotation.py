"""A field key and the crawls that seal their files under it: whichever ends first, every article can be opened."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawlers.declaring.source import load_source
from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.spool import SpoolRecord, read_spool, spool_files
from domain.clock import SystemClock
from domain.failures.errors import ConfigError
from pipeline.crawling.crawl import crawl_sources
from pipeline.upkeep.key_rotation import KeyRotation
from storage.encryption.key_file import KeyFile, create_keyring
from storage.encryption.keyring import Keyring
from storage.store import Store, open_store
from tests.conftest import KEY
from tests.crawlers.faulty_site import FaultySite, answer, faulty_site, page
from tests.crawlers.test_faults import DECLARATION, list_page


class Deployment:
    """A home with a key file, one declared paper and the database."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.url, self.key_path = home, url, home / "field.key"
        create_keyring(self.key_path, Keyring.of_secret(KEY))
        # Keys change while the site is answering: however slow the machine, the crawl must wait and not ask again.
        patient = DECLARATION.format(rules="{}").replace("timeout_seconds: 2", "timeout_seconds: 120")
        (home / "paper.yml").write_text(patient, encoding="utf-8")
        self.store: Store = open_store(url, KeyFile(self.key_path))

    def rotation(self) -> KeyRotation:
        return KeyRotation(self.key_path, self.url, SystemClock(), CrawlFolders(self.home / "spool"))

    def crawl(self, site: FaultySite) -> None:
        sources = [(self.home / "paper.yml", load_source(self.home / "paper.yml"))]
        crawl_sources(self.store, sources, self.home / "spool", {"site": site.address}, SystemClock())

    def articles(self) -> list[str]:
        opened = self.store.file_seals().open_file
        lines = [line.content for path in spool_files(self.home / "spool") for line in read_spool(path, 0, opened)]
        return [line.title for line in lines if isinstance(line, SpoolRecord)]


@pytest.fixture
def deployment(tmp_path: Path, database_url: str) -> Iterator[Deployment]:
    made = Deployment(tmp_path, database_url)
    yield made
    made.store.close()


def rotate(deployment: Deployment) -> None:
    with closing(deployment.rotation()) as rotation:
        rotation.rotate(None, lambda _what, _count: None, lambda _what, _count: None)


def retire(deployment: Deployment) -> None:
    with closing(deployment.rotation()) as rotation:
        rotation.retire(1)


def after(act: Callable[[], None], reply: Callable[..., None]) -> Callable[..., None]:
    def answered(connection: object, site: FaultySite) -> None:
        act()
        reply(connection, site)

    return answered


def test_a_key_waits_for_a_crawl_that_began_under_it_and_a_later_crawl_takes_the_new_one(deployment: Deployment):
    refused = []

    def change_of_keys() -> None:
        rotate(deployment)
        with pytest.raises(ConfigError, match=r"次抓取刚开始.*请等正在进行的抓取结束") as error:
            retire(deployment)
        refused.append(error)

    before_the_first_page = {"/robots.txt": after(change_of_keys, answer(b"", "404 Not Found"))}
    pages = {f"/n/{name}.html": answer(page(name)) for name in ("a", "b")}
    with faulty_site({**pages, **before_the_first_page, "/list.html": answer(list_page("a"))}) as site:
        deployment.crawl(site)
    retire(deployment)
    with faulty_site({**pages, "/list.html": answer(list_page("b"))}) as site:
        deployment.crawl(site)

    assert len(refused) == 1
    assert len(deployment.articles()) == 2
