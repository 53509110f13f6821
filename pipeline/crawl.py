"""Crawls declared media, each in a process of its own: a Twisted reactor runs once, and a crash must not spread."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.report import read_report
from crawlers.source import SourceSpec
from domain.clock import Clock
from domain.crawl import CrawlOutcome, CrawlReport
from storage.store import Store

_TIMEOUT_SECONDS = 3600.0
"""A source that is not finished after an hour is stopped; what it spooled so far is kept."""


def crawl_sources(
    store: Store, sources: Iterable[tuple[Path, SourceSpec]], spool: Path, variables: Mapping[str, str], clock: Clock
) -> list[CrawlReport]:
    """One report per source; a source that fails is reported and the others go on."""
    reports = []
    for path, spec in sources:
        report = _crawl_one(store, path, spec, spool, variables, clock)
        with store.unit_of_work() as work:
            work.sources.add_run(report)
            work.commit()
        reports.append(report)
    return reports


def due_sources(store: Store, sources: Mapping[str, SourceSpec], now: datetime) -> list[str]:
    """Names of the enabled sources whose interval has passed since their last run began."""
    with store.reading() as work:
        last = {report.source: report.started_at for report in work.sources.last_runs()}
    return [
        name
        for name, spec in sources.items()
        if spec.disabled is None and (name not in last or now - last[name] >= timedelta(minutes=spec.every_minutes))
    ]


def _crawl_one(
    store: Store, path: Path, spec: SourceSpec, spool: Path, variables: Mapping[str, str], clock: Clock
) -> CrawlReport:
    started_at = clock.now()
    with store.reading() as work:
        seen = work.sources.seen(spec.name)
    with tempfile.TemporaryDirectory(prefix="qianshao-") as scratch:
        seen_path, report_path = Path(scratch, "seen.json"), Path(scratch, "report.json")
        seen_path.write_text(
            json.dumps(
                {
                    url: {"etag": page.etag, "last_modified": page.last_modified, "content_sha256": page.content_sha256}
                    for url, page in seen.items()
                }
            ),
            encoding="utf-8",
        )
        message = _run_process(_command(path, spool, seen_path, report_path, variables))
        if report_path.exists():
            return read_report(report_path)
    return CrawlReport(
        source=spec.name,
        started_at=started_at,
        finished_at=clock.now(),
        outcome=CrawlOutcome.FAILED,
        fetched=0,
        unchanged=0,
        blocked=0,
        failed=0,
        messages=(message,),
    )


def _command(
    path: Path, spool: Path, seen_path: Path, report_path: Path, variables: Mapping[str, str]
) -> Sequence[str]:
    command = [sys.executable, "-m", "crawlers", str(path), "--spool", str(spool)]
    command += ["--seen", str(seen_path), "--report", str(report_path)]
    for name, value in variables.items():
        command += ["--variable", f"{name}={value}"]
    return command


def _run_process(command: Sequence[str]) -> str:
    try:
        finished = subprocess.run(  # noqa: S603 - our own module, arguments from declared sources
            command, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "抓取超过1小时, 已停止, 已抓到的内容保留"
    return f"抓取进程意外结束(退出码{finished.returncode}): {finished.stderr.strip()[-300:]}"
