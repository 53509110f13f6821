"""Runs one source in this process, which then has to end: a Twisted reactor runs once."""

from scrapy.crawler import CrawlerProcess

from crawlers.archiving.members import Seal
from crawlers.declaring.source import SourceSpec
from crawlers.platforms import PLATFORMS
from crawlers.settings import settings_for
from crawlers.spooling.run_files import CrawlFolders, RunFiles
from crawlers.spooling.seen import SeenMemory
from crawlers.spooling.tally import Tally
from domain.clock import Clock
from domain.media.crawl import CrawlReport


def crawl(
    spec: SourceSpec, *, folders: CrawlFolders, seen: SeenMemory, clock: Clock, seal: Seal | None = None
) -> CrawlReport:
    """The report of the run; what was fetched and learned lies in the folders, in clear without a seal."""
    started_at, tally = clock.now(), Tally()
    with RunFiles(folders, spec.name, started_at, seal) as files:
        process = CrawlerProcess(settings_for(spec))
        process.crawl(PLATFORMS[spec.platform], spec=spec, seen=seen, files=files, tally=tally, clock=clock)
        process.start()
    return tally.report(spec.name, started_at, clock.now())
