"""Crawls declared media, each in a process of its own: a Twisted reactor runs once, and a crash must not spread."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.declaring.addresses import sites_of
from crawlers.declaring.declared import UnusableSource
from crawlers.declaring.source import SourceSpec
from crawlers.site_lock import SiteBusy, note_head, site_locks
from crawlers.spooling.report import read_report
from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.schedule import LONGEST_PAUSE, interval
from crawlers.spooling.seen import write_seen
from domain.clock import CHINA, Clock
from domain.failures.errors import ConfigError, DatabaseBusy, QianshaoError
from domain.media.crawl import CrawlOutcome, CrawlReport
from pipeline.crawling.take_over import take_over
from storage.store import Store

_TIMEOUT_SECONDS = 3600.0
"""A source that is not finished after an hour is stopped; what it spooled so far is kept."""
_TRIES = 12
"""Tries to store a run; each waits for the database as long as any other writer does."""
_PAUSED_AGAIN = timedelta(hours=12)
"""After so long it is noted again that a site is left alone; who judges a source's health looks back a day."""
_CLOCK_STEP = timedelta(hours=1)
"""A clock that is put right by less makes no pause look longer than anybody may ask for."""
_HISTORY = 10
"""Runs that decide how often a source is asked."""

DeclaredSource = tuple[Path, SourceSpec]


@dataclass(frozen=True, slots=True)
class _Crawl:
    """What every run of this call shares."""

    store: Store
    folders: CrawlFolders
    variables: Mapping[str, str]
    clock: Clock


def crawl_sources(
    store: Store,
    sources: Iterable[DeclaredSource],
    spool: Path,
    variables: Mapping[str, str],
    clock: Clock,
    *,
    at_once: int = 1,
) -> list[CrawlReport]:
    """One report per source, in their order; a source that fails is reported and the others go on.

    Up to `at_once` sites are crawled at the same time, but never two sources of one site.
    """
    crawl = _Crawl(store, CrawlFolders(spool), variables, clock)
    chosen = list(sources)
    with ThreadPoolExecutor(max_workers=at_once) as workers:
        groups = workers.map(lambda group: [_crawl_one(crawl, source) for source in group], by_site(chosen, variables))
        reports = {report.source: report for group in groups for report in group}
    return [reports[spec.name] for _, spec in chosen]


def by_site(sources: Sequence[DeclaredSource], variables: Mapping[str, str]) -> list[list[DeclaredSource]]:
    """The sources in groups that share no site, in their order."""
    groups: list[tuple[set[str], list[DeclaredSource]]] = []
    for path, spec in sources:
        sites = set(_sites_or_none(spec, variables))
        joined = [(path, spec)]
        for group in [group for group in groups if group[0] & sites]:
            groups.remove(group)
            sites |= group[0]
            joined = [*group[1], *joined]
        groups.append((sites, joined))
    return [members for _, members in groups]


def due_sources(store: Store, sources: Mapping[str, SourceSpec], now: datetime) -> list[str]:
    """Names of the enabled sources whose interval has passed since their last run began.

    The interval follows what the last runs brought, see `crawlers.spooling.schedule`. A run that is yet to come was
    made while the clock ran ahead: it makes nobody wait.
    """
    with store.reading() as work:
        history = work.sources.latest_runs(_HISTORY)
    enabled = [(name, spec) for name, spec in sources.items() if spec.is_crawled]
    return [name for name, spec in enabled if _is_due(spec, history.get(name, []), now)]


def _is_due(spec: SourceSpec, history: Sequence[CrawlReport], now: datetime) -> bool:
    if not history:
        return True
    waited = now - history[0].started_at
    return waited < timedelta() or waited >= interval(spec.every_minutes, history, spec.fetch)


def _sites(spec: SourceSpec, variables: Mapping[str, str]) -> frozenset[str]:
    return sites_of(spec.with_variables(variables).start, spec.fetch)


def _sites_or_none(spec: SourceSpec, variables: Mapping[str, str]) -> frozenset[str]:
    """No sites where a variable is missing: that source fails by itself when its turn comes."""
    try:
        return _sites(spec, variables)
    except ConfigError:
        return frozenset()


def _crawl_one(crawl: _Crawl, source: DeclaredSource) -> CrawlReport:
    path, spec = source
    try:
        sites = _sites(spec, crawl.variables)
        with site_locks(crawl.folders.locks, sites) as locks:
            return _crawl_locked(crawl, path, spec, sites, locks)
    except SiteBusy as exc:
        return _not_run(crawl, spec, CrawlOutcome.BUSY, f"{exc} 正在被另一次抓取访问, 下次再抓")
    except (QianshaoError, OSError) as exc:
        return _not_run(crawl, spec, CrawlOutcome.FAILED, f"没有抓成: {exc}")


def _crawl_locked(
    crawl: _Crawl, path: Path, spec: SourceSpec, sites: frozenset[str], locks: Sequence[int]
) -> CrawlReport:
    take_over(crawl.store, spec.name, crawl.folders, crawl.clock)
    with crawl.store.reading() as work:
        pauses = work.sources.pauses(sites)
    now = crawl.clock.now()
    # One that lasts longer than anybody may ask for was noted while the clock ran ahead.
    waiting = [pause for pause in pauses.values() if now < pause.until <= now + LONGEST_PAUSE + _CLOCK_STEP]
    if waiting:
        said = "、".join(f"{pause.host} 到 {pause.until.astimezone(CHINA):%m月%d日 %H:%M}" for pause in waiting)
        paused = _not_run(crawl, spec, CrawlOutcome.PAUSED, f"网站要求暂停访问: {said}")
        if not _is_known(crawl, paused):
            _patiently(lambda: _store(crawl, paused, sites))
        return paused
    times = {host: pause.times for host, pause in pauses.items()}
    report = _run(crawl, path, spec, times, locks)
    _patiently(lambda: _store(crawl, report, sites))
    return report


def _is_known(crawl: _Crawl, paused: CrawlReport) -> bool:
    """True where a row says it already: days of rest must not push what was crawled off the page."""
    with crawl.store.reading() as work:
        last = work.sources.last_run(paused.source)
    if last is None or last.outcome is not CrawlOutcome.PAUSED:
        return False
    return timedelta() <= paused.started_at - last.started_at < _PAUSED_AGAIN


def _store(crawl: _Crawl, report: CrawlReport, sites: frozenset[str]) -> None:
    take_over(crawl.store, report.source, crawl.folders, crawl.clock)
    with crawl.store.unit_of_work() as work:
        work.sources.add_run(report)
        if report.outcome is CrawlOutcome.FINISHED:
            work.sources.end_pauses(sites)
        work.commit()


def _patiently(write: Callable[[], None]) -> None:
    """Write after a crawl that took long, even where the stages keep the database busy meanwhile."""
    for _ in range(_TRIES - 1):
        try:
            write()
        except DatabaseBusy:
            continue
        return
    write()


def _run(crawl: _Crawl, path: Path, spec: SourceSpec, times: Mapping[str, int], locks: Sequence[int]) -> CrawlReport:
    started_at = crawl.clock.now()
    with tempfile.TemporaryDirectory(prefix="qianshao-") as scratch:
        seen_path, report_path = Path(scratch, "seen"), Path(scratch, "report.json")
        with crawl.store.reading() as work:
            write_seen(seen_path, work.sources.seen(spec.name), times, spec.fetch, started_at)
        # The locks were taken before: an old key cannot be retired between these two lines.
        seal = crawl.store.file_seals().new()
        note_head(locks, seal.head)
        message = _run_process(list(_command(crawl, path, seen_path, report_path)), seal.to_line(), locks)
        if report_path.exists():
            return read_report(report_path)
    return _not_run(crawl, spec, CrawlOutcome.FAILED, message, started_at)


def not_crawled(source: UnusableSource, now: datetime) -> CrawlReport:
    """The report of a source that is passed over because its declaration is wrong; no run began."""
    return _empty(source.name, CrawlOutcome.MISDECLARED, source.problem, now, now)


def _not_run(
    crawl: _Crawl, spec: SourceSpec, outcome: CrawlOutcome, message: str, started_at: datetime | None = None
) -> CrawlReport:
    now = crawl.clock.now()
    return _empty(spec.name, outcome, message, started_at or now, now)


def _empty(name: str, outcome: CrawlOutcome, message: str, started_at: datetime, now: datetime) -> CrawlReport:
    return CrawlReport(
        source=name,
        started_at=started_at,
        finished_at=now,
        outcome=outcome,
        fetched=0,
        unchanged=0,
        blocked=0,
        failed=0,
        messages=(message,),
    )


def _command(crawl: _Crawl, path: Path, seen_path: Path, report_path: Path) -> Iterator[str]:
    yield from (sys.executable, "-m", "pipeline.crawling.crawl_process", str(path), "--spool", str(crawl.folders.spool))
    yield from ("--seen", str(seen_path), "--report", str(report_path))
    for name, value in crawl.variables.items():
        yield from ("--variable", f"{name}={value}")


def _run_process(command: Sequence[str], seal: str, locks: Sequence[int]) -> str:
    """Run it with the key of the run on its standard input, where no list of processes shows it."""
    try:
        finished = subprocess.run(  # noqa: S603 - our own module, arguments from declared sources
            command, input=seal, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False, pass_fds=locks
        )
    except subprocess.TimeoutExpired:
        return "抓取超过1小时, 已停止, 已抓到的内容保留"
    return f"抓取进程意外结束(退出码{finished.returncode}): {finished.stderr.strip()[-300:]}"
