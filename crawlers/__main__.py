"""`python -m crawlers SOURCE.yml --spool DIR --report FILE [--seen FILE]`: one source, one process, one exit code.

For trying out a declaration: what it fetches lies in clear. A deployment's crawls run as
`pipeline.crawling.crawl_process`.
"""

from crawlers.command_line import crawl_from_command_line

crawl_from_command_line()
