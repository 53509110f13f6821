"""The files that one run of one source writes: articles to the spool, raw pages to the archive, visits."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawlers.archive import ArchivedPage, ArchiveWriter
from crawlers.spool import SpoolRecord, SpoolWriter
from crawlers.visits import Visit, VisitWriter


@dataclass(frozen=True, slots=True)
class CrawlFolders:
    """Where crawls leave what they bring; archive, visits and locks lie beside the spool."""

    spool: Path

    @property
    def archive(self) -> Path:
        """Raw pages, see `crawlers.archive`."""
        return self.spool.parent / "archive"

    @property
    def visits(self) -> Path:
        """Visits that have not been taken over by the database."""
        return self.spool.parent / "visits"

    @property
    def locks(self) -> Path:
        """Locks of the sites that are being crawled."""
        return self.spool.parent / "locks"


class RunFiles:
    """Open files of a run; use as a context manager."""

    def __init__(self, folders: CrawlFolders, source: str, started_at: datetime) -> None:
        """Finish what an earlier, killed run of the source left open, then open new files."""
        with ExitStack() as opened:
            self._archive = opened.enter_context(ArchiveWriter(folders.archive, source, started_at))
            self._spool = opened.enter_context(SpoolWriter(folders.spool, source, started_at))
            self._visits = opened.enter_context(VisitWriter(folders.visits, source, started_at))
            self._opened = opened.pop_all()

    def archive(self, page: ArchivedPage) -> str:
        """Keep a raw page; the SHA-256 of its body."""
        return self._archive.write(page)

    def keep(self, record: SpoolRecord) -> None:
        """Keep an article; when this returns it is on the disk."""
        self._spool.write(record)

    def visit(self, visit: Visit) -> None:
        """Keep what was learned of a page or a site; called after the article it belongs to is kept."""
        self._visits.write(visit)

    def __enter__(self) -> Self:
        """The open files."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all."""
        self._opened.__exit__(kind, error, trace)
