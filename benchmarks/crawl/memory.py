"""What a crawl pays for remembering: the file of fingerprints beside the same pages in a dictionary."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.declaring.fetch_rules import FetchRules
from crawlers.spooling.seen import read_seen, write_seen
from domain.media.crawl import SeenPage

_NOW = datetime(2026, 11, 20, tzinfo=UTC)
_ASKED = 5000


def pages(number: int) -> Iterator[SeenPage]:
    """Pages of an invented site, most of them old."""
    for place in range(number):
        published = _NOW - timedelta(days=place % 900, hours=place % 24)
        yield SeenPage(
            url=f"https://www.news.example/county/{published:%Y%m}/t{published:%Y%m%d}_{place}.html",
            etag=f'"{place:x}-5d1"',
            last_modified="Mon, 02 Mar 2026 10:00:00 GMT",
            content_sha256=f"{place:064x}",
            published_at=published,
            first_seen_at=published + timedelta(hours=2),
            asked_at=min(published + timedelta(days=8), _NOW - timedelta(hours=1)),
        )


def measure(number: int) -> dict[str, dict[str, float]]:
    """Megabytes and seconds of each way of remembering, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seen")
        started = time.process_time()
        write_seen(path, pages(number), {}, FetchRules(), _NOW)
        written = {"seconds": time.process_time() - started, "megabytes": path.stat().st_size / (1 << 20)}
        found = {way: _measured(way, path, number) for way in ("fingerprints", "dictionary")}
    return {"written": written, **found}


def _measured(way: str, path: Path, number: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.crawl.memory", way, str(path), str(number)]
    content: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return content


def _remember(way: str, path: Path, number: int) -> dict[str, float]:
    before, started = _resident(), time.process_time()
    memory = read_seen(path, FetchRules()) if way == "fingerprints" else {page.url: page for page in pages(number)}
    after, seconds = _resident(), time.process_time() - started
    addresses = [page.url for page in pages(_ASKED)]
    started = time.process_time()
    known = sum(address in memory for address in addresses)
    each = (time.process_time() - started) / _ASKED
    return {"megabytes": after - before, "seconds": seconds, "lookup_microseconds": each * 1e6, "known": known}


def _resident() -> float:
    """Megabytes that the process holds now; its peak would begin at that of the process that started it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / (1 << 20)


if __name__ == "__main__":
    print(json.dumps(_remember(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
