"""The arguments of a process that crawls one source: SOURCE.yml --spool DIR --report FILE [--seen FILE]."""

import argparse
from pathlib import Path

from crawlers.archiving.members import Seal
from crawlers.declaring.source import load_source
from crawlers.run import crawl
from crawlers.spooling.report import write_report
from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.seen import no_memory, read_seen
from domain.clock import SystemClock


def crawl_from_command_line(seal: Seal | None = None) -> None:
    """Crawl one source and write its report; without a seal what was fetched lies in clear."""
    parser = argparse.ArgumentParser(prog="python -m crawlers")
    parser.add_argument("source", type=Path)
    parser.add_argument("--spool", type=Path, required=True)
    parser.add_argument("--seen", type=Path, help="what earlier runs saw, as written by crawlers.spooling.seen")
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--variable", action="append", default=[], help="name=value")
    given = parser.parse_args()
    variables = dict(entry.split("=", 1) for entry in given.variable)
    spec = load_source(given.source).with_variables(variables)
    seen = read_seen(given.seen, spec.fetch) if given.seen else no_memory(spec.fetch)
    report = crawl(spec, folders=CrawlFolders(given.spool), seen=seen, clock=SystemClock(), seal=seal)
    write_report(given.report, report)
