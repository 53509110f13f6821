"""A crawl's report as a file, because the crawl runs in a process of its own."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from domain.media.crawl import CrawlOutcome, CrawlReport, StartPageState


def write_report(path: Path, report: CrawlReport) -> None:
    """Write the report."""
    record = asdict(report)
    record["started_at"] = report.started_at.isoformat()
    record["finished_at"] = report.finished_at.isoformat()
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def read_report(path: Path) -> CrawlReport:
    """The report of the file."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return CrawlReport(
        **{
            **record,
            "started_at": datetime.fromisoformat(record["started_at"]),
            "finished_at": datetime.fromisoformat(record["finished_at"]),
            "outcome": CrawlOutcome(record["outcome"]),
            "messages": tuple(record["messages"]),
            "start_pages": {address: StartPageState(state) for address, state in record["start_pages"].items()},
        }
    )
