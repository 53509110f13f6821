"""Ends a crawl that holds too much memory now, whatever the process that started it held."""

import psutil
from scrapy.extensions.memusage import MemoryUsage


class MemoryNow(MemoryUsage):
    """Scrapy's guard with the memory of this moment.

    Scrapy asks for the most that the process ever held. Linux hands that figure down from the process that started
    this one, so that every crawl of a scheduler with a classifier loaded would end as it begins.
    """

    def get_virtual_size(self) -> int:
        """Bytes that the process holds."""
        return int(psutil.Process().memory_info().rss)
