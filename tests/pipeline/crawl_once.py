"""`python -m tests.pipeline.crawl_once HOME SITE`: one crawl of the declared source, as the command line does it."""

import sys
from pathlib import Path

from crawlers.declaring.source import load_source
from domain.clock import SystemClock
from pipeline.crawling.crawl import crawl_sources
from storage.store import open_store
from tests.conftest import KEY

home, site = Path(sys.argv[1]), sys.argv[2]
source = home / "paper.yml"
store = open_store(f"sqlite:///{home / 'test.db'}", KEY)
for report in crawl_sources(store, [(source, load_source(source))], home / "spool", {"site": site}, SystemClock()):
    print(report.outcome, report.fetched, report.listed, *report.messages)
store.close()
