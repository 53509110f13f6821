"""What is remembered of crawling."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select

from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem, PageKind, SeenPage, SitePause, StartPageState
from storage.session import Session
from storage.tables.operation import CrawlRunRow, SeenPageRow, SitePauseRow, SpoolFileRow

_PORTION = 2000
"""Rows fetched from the database at a time."""
_COUNTS = ("fetched", "unchanged", "blocked", "failed", "lists", "lists_unchanged", "listed", "known", "read")
_START = "start."
"""Beginning of those keys of `hits` that hold what a start page gave: `start.barren http://…`."""


class Sources:
    """Pages seen, runs, and how far each spool file has been taken in."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def seen(self, source: str) -> Iterator[SeenPage]:
        """The source's pages, read from the database in portions: a source may have hundreds of thousands."""
        query = select(SeenPageRow.__table__).where(SeenPageRow.source == source)
        rows = self._session.connection.execute(query, execution_options={"yield_per": _PORTION})
        return (_page(row) for row in rows)

    def remember(self, source: str, pages: Sequence[SeenPage], at: datetime) -> None:
        """Keep the pages' newest state; `at` is when those were asked for that do not say so themselves."""
        keys = [SeenPageRow.source, SeenPageRow.url]
        self._session.upsert(SeenPageRow, keys, _page_rows(source, pages, at))

    def remember_new(self, source: str, pages: Sequence[SeenPage], at: datetime) -> None:
        """Keep the pages of which nothing is known yet."""
        self._session.insert_new(SeenPageRow, _page_rows(source, pages, at))

    def pauses(self, hosts: Collection[str]) -> dict[str, SitePause]:
        """The pauses of these sites, those that are over among them."""
        query = select(SitePauseRow.__table__).where(SitePauseRow.host.in_(hosts))
        rows = self._session.connection.execute(query)
        return {row.host: SitePause(host=row.host, until=row.until, times=row.times) for row in rows}

    def pause(self, pause: SitePause) -> None:
        """Keep a site's newest pause."""
        row = {"host": pause.host, "until": pause.until, "times": pause.times}
        self._session.upsert(SitePauseRow, [SitePauseRow.host], [row])

    def end_pauses(self, hosts: Collection[str]) -> None:
        """Forget the pauses of sites that have answered again."""
        self._session.connection.execute(delete(SitePauseRow).where(SitePauseRow.host.in_(hosts)))

    def add_run(self, report: CrawlReport) -> None:
        """Append a run."""
        row = {
            "source": report.source,
            "started_at": report.started_at,
            "finished_at": report.finished_at,
            "outcome": report.outcome.value,
            "counts": {name: getattr(report, name) for name in _COUNTS},
            "messages": list(report.messages),
            "problems": dict(report.problems),
            "hits": {**report.hits, **_start_hits(report.start_pages)},
        }
        self._session.insert_new(CrawlRunRow, [row])

    def last_runs(self) -> list[CrawlReport]:
        """The latest run of every source, by name."""
        latest = select(func.max(CrawlRunRow.sequence)).group_by(CrawlRunRow.source)
        query = select(CrawlRunRow.__table__).where(CrawlRunRow.sequence.in_(latest)).order_by(CrawlRunRow.source)
        return [_report(row) for row in self._session.connection.execute(query)]

    def last_run(self, source: str) -> CrawlReport | None:
        """The latest run of one source, whether it began or not."""
        query = select(CrawlRunRow.__table__).where(CrawlRunRow.source == source)
        row = self._session.connection.execute(query.order_by(CrawlRunRow.sequence.desc()).limit(1)).one_or_none()
        return _report(row) if row is not None else None

    def runs_since(self, moment: datetime) -> dict[str, list[CrawlReport]]:
        """The runs that began at `moment` or later, by source, oldest first."""
        query = select(CrawlRunRow.__table__).where(CrawlRunRow.started_at >= moment)
        found: dict[str, list[CrawlReport]] = defaultdict(list)
        for row in self._session.connection.execute(query.order_by(CrawlRunRow.started_at, CrawlRunRow.sequence)):
            found[row.source].append(_report(row))
        return found

    def latest_runs(self, each: int) -> dict[str, list[CrawlReport]]:
        """The latest runs of every source that began, newest first, at most `each` of one."""
        began = [outcome.value for outcome in CrawlOutcome if outcome.began]
        place = func.row_number().over(partition_by=CrawlRunRow.source, order_by=CrawlRunRow.sequence.desc())
        ranked = select(CrawlRunRow.sequence, place.label("place")).where(CrawlRunRow.outcome.in_(began)).subquery()
        chosen = select(ranked.c.sequence).where(ranked.c.place <= each)
        query = select(CrawlRunRow.__table__).where(CrawlRunRow.sequence.in_(chosen))
        found: dict[str, list[CrawlReport]] = {}
        for row in self._session.connection.execute(query.order_by(CrawlRunRow.sequence.desc())):
            found.setdefault(row.source, []).append(_report(row))
        return found

    def spool_lines(self, name: str) -> int:
        """How many lines of a spool file have been taken in."""
        query = select(SpoolFileRow.lines).where(SpoolFileRow.name == name)
        return self._session.connection.scalar(query) or 0

    def set_spool_lines(self, name: str, lines: int) -> None:
        """Remember how far a spool file has been taken in."""
        self._session.upsert(SpoolFileRow, [SpoolFileRow.name], [{"name": name, "lines": lines}])


def _page_rows(source: str, pages: Sequence[SeenPage], at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "source": source,
            "url": page.url,
            "etag": page.etag,
            "last_modified": page.last_modified,
            "content_sha256": page.content_sha256,
            "seen_at": page.asked_at or at,
            "kind": page.kind.value,
            "published_at": page.published_at,
            "first_seen_at": page.first_seen_at or page.asked_at or at,
            "problem": page.problem.value if page.problem else None,
            "failures": page.failures,
            "inner": list(page.inner),
        }
        for page in pages
    ]


def _page(row: Row[Any]) -> SeenPage:
    return SeenPage(
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        content_sha256=row.content_sha256,
        kind=PageKind(row.kind),
        published_at=row.published_at,
        first_seen_at=row.first_seen_at or row.seen_at,
        asked_at=row.seen_at,
        problem=FetchProblem(row.problem) if row.problem else None,
        failures=row.failures,
        inner=tuple(row.inner),
    )


def _report(row: Row[Any]) -> CrawlReport:
    return CrawlReport(
        source=row.source,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=CrawlOutcome(row.outcome),
        messages=tuple(row.messages),
        problems=row.problems,
        hits={name: count for name, count in row.hits.items() if not name.startswith(_START)},
        start_pages=dict(_start_page(name) for name in row.hits if name.startswith(_START)),
        **row.counts,
    )


def _start_hits(pages: Mapping[str, StartPageState]) -> dict[str, int]:
    return {f"{_START}{state.value} {address}": 1 for address, state in pages.items()}


def _start_page(hit: str) -> tuple[str, StartPageState]:
    state, _, address = hit.removeprefix(_START).partition(" ")
    return address, StartPageState(state)
