"""The files that one run of one source writes: articles to the spool, raw pages to the archive, visits."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawlers.archiving.archive import ArchivedPage, ArchiveWriter
from crawlers.archiving.members import Seal
from crawlers.spooling.spool import SpoolRecord, SpoolWriter
from crawlers.spooling.visits import Visit, VisitWriter

_SYNCED_TOGETHER = 16
"""Articles that are brought to the disk at once; each wait for a disk takes as long as reading a page."""


@dataclass(frozen=True, slots=True)
class CrawlFolders:
    """Where crawls leave what they bring; archive, visits and locks lie beside the spool."""

    spool: Path

    @property
    def archive(self) -> Path:
        """Raw pages, see `crawlers.archiving.archive`."""
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

    def __init__(self, folders: CrawlFolders, source: str, started_at: datetime, seal: Seal | None = None) -> None:
        """Finish what an earlier, killed run of the source left open, then open new files.

        Visits hold addresses and dates only and live as long as the run: they are not sealed.
        """
        with ExitStack() as opened:
            self._archive = opened.enter_context(ArchiveWriter(folders.archive, source, started_at, seal))
            self._spool = opened.enter_context(SpoolWriter(folders.spool, source, started_at, seal))
            self._visits = opened.enter_context(VisitWriter(folders.visits, source, started_at))
            self._opened = opened.pop_all()
        self._unsynced = 0
        self._waiting: list[Visit] = []

    def archive(self, page: ArchivedPage) -> None:
        """Keep what is kept of a page."""
        self._archive.write(page)

    def keep(self, record: SpoolRecord) -> None:
        """Keep an article; it survives the death of the process."""
        self._spool.write(record)
        self._unsynced += 1

    def visit(self, visit: Visit) -> None:
        """Keep what was learned of a page or a site; called after the article it belongs to is kept.

        It is written once that article is on the disk: should the machine die, no page is known whose text is lost.
        """
        self._waiting.append(visit)
        if not 0 < self._unsynced < _SYNCED_TOGETHER:
            self._flush()

    def _flush(self) -> None:
        if self._unsynced:
            self._spool.sync()
            self._unsynced = 0
        for visit in self._waiting:
            self._visits.write(visit)
        self._waiting.clear()

    def __enter__(self) -> Self:
        """The open files."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all."""
        self._flush()
        self._opened.__exit__(kind, error, trace)
