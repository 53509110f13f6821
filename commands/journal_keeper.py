"""Keeps the journal of ways in while the pages are served, and ends the service over a database that went back."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from domain.failures.errors import MigrationNeeded, QianshaoError
from pipeline.deployment import Deployment
from pipeline.upkeep.access_journal import AccessJournal
from storage.unit_of_work import UnitOfWork

_EVERY = 60.0
"""Seconds: what is done in the last of them before a disk is lost, is lost."""
_log = logging.getLogger(__name__)


def note_ways_in(deployment: Deployment) -> None:
    """Bring the journal of ways in up to date; MigrationNeeded when the database is an unsettled backup."""
    AccessJournal(deployment.settings.home).keep(deployment.store, deployment.clock.now())


@contextmanager
def changing_ways_in(deployment: Deployment) -> Iterator[UnitOfWork]:
    """A transaction of a command that changes a way in; the journal is brought up to date before it and after it.

    MigrationNeeded when the database is an unsettled backup. Whoever asks commits.
    """
    note_ways_in(deployment)
    with deployment.store.unit_of_work() as work:
        yield work
    note_ways_in(deployment)


class JournalKeeper:
    """A thread that writes down what was done each minute, and once more at the end."""

    def __init__(self, deployment: Deployment, stop_serving: Callable[[], None], every: float = _EVERY) -> None:
        """Call `stop_serving` when the database is found to be a backup that nobody settled."""
        self._deployment, self._stop_serving, self._every = deployment, stop_serving, every
        self._over = Event()
        self._thread = Thread(target=self._run, name="access-journal", daemon=True)

    def start(self) -> None:
        """Begin; whoever calls has kept the journal once."""
        self._thread.start()

    def stop(self) -> None:
        """Write down the last minute and end."""
        self._over.set()
        self._thread.join()
        self._keep()

    def _run(self) -> None:
        while not self._over.wait(self._every):
            self._keep()

    def _keep(self) -> None:
        try:
            note_ways_in(self._deployment)
        except MigrationNeeded as exc:
            _log.error("%s", exc)
            self._stop_serving()
        except QianshaoError as exc:
            # A database that is busy is asked again in a minute; the pages say for themselves when it is away.
            _log.warning("进出记录没有写成: %s", exc)
