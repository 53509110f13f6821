"""The guard of a crawl's memory."""

import subprocess
import sys

_CRAWL = """
from scrapy.utils.test import get_crawler
from crawlers.memory import MemoryNow
print(MemoryNow(get_crawler(settings_dict={"MEMUSAGE_LIMIT_MB": 512})).get_virtual_size())
"""


def test_the_memory_of_the_process_that_started_it_does_not_count():
    held = bytearray(700_000_000)
    held[::4096] = b"x" * len(held[::4096])

    found = subprocess.run([sys.executable, "-c", _CRAWL], check=True, capture_output=True, text=True)

    assert len(held) > 600_000_000
    assert int(found.stdout) < 400_000_000
