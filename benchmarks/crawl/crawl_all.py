"""`python -m benchmarks.crawl.crawl_all HOME SITE`: crawls every declaration in HOME; prints what it took as JSON.

A process of its own, so that the peak of its children's memory is the crawls' alone.
"""

import json
import resource
import sys
import time
from pathlib import Path

from crawlers.declaring.source import load_source
from domain.clock import SystemClock
from pipeline.crawling.crawl import crawl_sources
from storage.store import open_store


def main() -> None:
    """Crawl and print."""
    home, site = Path(sys.argv[1]), sys.argv[2]
    store = open_store(f"sqlite:///{home / 'crawl.db'}", bytes(range(32)))
    sources = [(path, load_source(path)) for path in sorted(home.glob("*.yml"))]
    started = time.perf_counter()
    reports = crawl_sources(store, sources, home / "spool", {"site": site}, SystemClock())
    seconds = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_seconds": usage.ru_utime + usage.ru_stime,
                "peak_megabytes": usage.ru_maxrss / 1024,
                "outcomes": {report.source: report.outcome.value for report in reports},
                "fetched": sum(report.fetched for report in reports),
                "messages": [message for report in reports for message in report.messages],
            }
        )
    )
    store.close()


main()
