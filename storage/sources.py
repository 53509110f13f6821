"""What is remembered of crawling."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from domain.crawl import CrawlOutcome, CrawlReport, SeenPage
from storage.session import Session
from storage.tables.operation import CrawlRunRow, SeenPageRow, SpoolFileRow


class Sources:
    """Pages seen, runs, and how far each spool file has been taken in."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def seen(self, source: str) -> dict[str, SeenPage]:
        """The source's pages by address."""
        query = select(SeenPageRow.__table__).where(SeenPageRow.source == source)
        return {
            row.url: SeenPage(
                url=row.url, etag=row.etag, last_modified=row.last_modified, content_sha256=row.content_sha256
            )
            for row in self._session.connection.execute(query)
        }

    def remember(self, source: str, pages: Sequence[SeenPage], at: datetime) -> None:
        """Keep the pages' newest state."""
        rows = [
            {
                "source": source,
                "url": page.url,
                "etag": page.etag,
                "last_modified": page.last_modified,
                "content_sha256": page.content_sha256,
                "seen_at": at,
            }
            for page in pages
        ]
        self._session.upsert(SeenPageRow, [SeenPageRow.source, SeenPageRow.url], rows)

    def add_run(self, report: CrawlReport) -> None:
        """Append a run."""
        row = {
            "source": report.source,
            "started_at": report.started_at,
            "finished_at": report.finished_at,
            "outcome": report.outcome.value,
            "counts": {
                "fetched": report.fetched,
                "unchanged": report.unchanged,
                "blocked": report.blocked,
                "failed": report.failed,
            },
            "messages": list(report.messages),
        }
        self._session.insert_new(CrawlRunRow, [row])

    def last_runs(self) -> list[CrawlReport]:
        """The latest run of every source, by name."""
        latest = select(func.max(CrawlRunRow.sequence)).group_by(CrawlRunRow.source)
        query = select(CrawlRunRow.__table__).where(CrawlRunRow.sequence.in_(latest)).order_by(CrawlRunRow.source)
        return [_report(row) for row in self._session.connection.execute(query)]

    def runs_since(self, moment: datetime) -> dict[str, list[CrawlReport]]:
        """The runs that began at `moment` or later, by source, oldest first."""
        query = select(CrawlRunRow.__table__).where(CrawlRunRow.started_at >= moment)
        found: dict[str, list[CrawlReport]] = defaultdict(list)
        for row in self._session.connection.execute(query.order_by(CrawlRunRow.started_at, CrawlRunRow.sequence)):
            found[row.source].append(_report(row))
        return found

    def spool_lines(self, name: str) -> int:
        """How many lines of a spool file have been taken in."""
        query = select(SpoolFileRow.lines).where(SpoolFileRow.name == name)
        return self._session.connection.scalar(query) or 0

    def set_spool_lines(self, name: str, lines: int) -> None:
        """Remember how far a spool file has been taken in."""
        self._session.upsert(SpoolFileRow, [SpoolFileRow.name], [{"name": name, "lines": lines}])


def _report(row: Row[Any]) -> CrawlReport:
    return CrawlReport(
        source=row.source,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=CrawlOutcome(row.outcome),
        messages=tuple(row.messages),
        **row.counts,
    )
