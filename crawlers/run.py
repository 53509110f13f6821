"""Runs one source in this process, which then has to end: a Twisted reactor runs once."""

from collections.abc import Mapping
from pathlib import Path

from scrapy.crawler import CrawlerProcess

from crawlers.platforms import PLATFORMS
from crawlers.settings import settings_for
from crawlers.source import SourceSpec
from crawlers.spider import Tally
from crawlers.spool import SpoolWriter
from domain.clock import Clock
from domain.crawl import CrawlReport, SeenPage


def crawl(spec: SourceSpec, *, spool: Path, seen: Mapping[str, SeenPage], clock: Clock) -> CrawlReport:
    """The report of the run; what was fetched lies in the spool."""
    started_at, tally = clock.now(), Tally()
    with SpoolWriter(spool, spec.name, started_at) as writer:
        process = CrawlerProcess(settings_for(spec))
        process.crawl(PLATFORMS[spec.platform], spec=spec, seen=seen, writer=writer, tally=tally, clock=clock)
        process.start()
    return CrawlReport(
        source=spec.name,
        started_at=started_at,
        finished_at=clock.now(),
        outcome=tally.outcome(),
        fetched=tally.fetched,
        unchanged=tally.unchanged,
        blocked=tally.blocked,
        failed=tally.failed,
        messages=tuple(tally.messages),
    )
