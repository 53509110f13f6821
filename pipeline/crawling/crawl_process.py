"""`python -m pipeline.crawling.crawl_process …`: one crawl that seals what it writes, the key on its standard input.

The arguments are those of `python -m crawlers`. Neither the field keys nor the database are in reach of its code.
"""

import sys

from crawlers.command_line import crawl_from_command_line
from storage.encryption.file_seals import FileSeal

if __name__ == "__main__":
    crawl_from_command_line(FileSeal.from_line(sys.stdin.readline()))
