"""Takes over what crawls learned about pages and sites: from their files into the database.

A file is removed after the transaction that took it in; a kill in between only repeats the same rows.
"""

from pathlib import Path

from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.spool import SpoolRecord, read_spool, unfinished_files
from crawlers.spooling.visits import read_visits, visit_files
from domain.clock import Clock
from domain.media.crawl import SeenPage, SitePause
from pipeline.crawling.collect import seen_page
from storage.store import Store

_BATCH = 1000


def take_over(store: Store, source: str, folders: CrawlFolders, clock: Clock) -> None:
    """Make the database know what the source's runs so far have learned; only while none of them is running.

    A run that was killed may have spooled its last article without noting the visit; its spool file still says so.
    """
    for path in unfinished_files(folders.spool, source):
        lines = (line.content for line in read_spool(path, 0, store.file_seals().open_file))
        spooled = [seen_page(content) for content in lines if isinstance(content, SpoolRecord)]
        with store.unit_of_work() as work:
            work.sources.remember(source, spooled, clock.now())
            work.commit()
    for path in visit_files(folders.visits, source):
        _take_over_file(store, source, path, clock)
        path.unlink()


def _take_over_file(store: Store, source: str, path: Path, clock: Clock) -> None:
    pages: dict[str, SeenPage] = {}
    with store.unit_of_work() as work:
        for visit in read_visits(path):
            if isinstance(visit, SitePause):
                work.sources.pause(visit)
                continue
            pages[visit.url] = visit
            if len(pages) >= _BATCH:
                work.sources.remember(source, list(pages.values()), clock.now())
                pages.clear()
        work.sources.remember(source, list(pages.values()), clock.now())
        work.commit()
