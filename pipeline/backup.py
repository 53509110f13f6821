"""Makes copies of a deployment's database and puts them back: names, locks, and what has to follow."""

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import CHINA, Clock
from domain.errors import AlreadyRunning, ConfigError, DatabaseBusy, MigrationNeeded, QianshaoError, StorageError
from domain.unreadable import why_unreadable
from pipeline.access_journal import AccessJournal
from pipeline.run_lock import run_lock
from pipeline.settings import Settings
from storage.backup import Backup, back_up, check_copy, ending_of, is_there, put_back
from storage.key_file import KeyFile, load_keyring
from storage.schema import code_revision, upgrade
from storage.store import Store, open_store

_LOCK = "backup.lock"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """A database that was put back, and what a person has to do before anybody works with it."""

    kept: Path | None
    """The database of before; None where there was none."""
    revision: str
    """The schema version of the copy."""
    upgraded: bool
    rotate: str
    """Why the keys have to be changed first; empty when they need not."""
    settle: bool
    """True unless nothing at all has happened since the copy was made."""


class Backups:
    """The copies of one deployment's database."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Work for the deployment that these settings describe."""
        self._settings, self._clock, self._url = settings, clock, settings.url

    def make(self, to: Path | None, progress: Progress) -> Backup:
        """A new copy in the folder of backups, or at `to`, a file or a folder.

        ConfigError when something lies there already or another one is being made.
        """
        with run_lock(self._settings.home, _LOCK):
            if to is None:
                self._settings.backups.mkdir(mode=0o700, exist_ok=True)
                self._drop_leftovers()
                return back_up(self._url, self._free_name(self._settings.backups), progress)
            return back_up(self._url, self._free_name(to) if to.is_dir() else to, progress)

    def put_back(self, copy: Path, progress: Progress) -> PutBack:
        """Put the copy in the place of the database, which is kept beside the other copies, and upgrade it.

        Raises:
            ConfigError: when the copy cannot be used, or somebody works with the database; nothing was changed.
        """
        settings = self._settings
        with run_lock(settings.home, _LOCK), run_lock(settings.home):
            if copy.exists() and not copy.is_file():
                raise ConfigError(f"{copy} 不是文件")
            try:
                revision = check_copy(self._url, copy, load_keyring(settings.key_path))
            except OSError as exc:
                raise ConfigError(f"{copy}: {why_unreadable(exc)}") from exc
            noted = is_there(self._url) and self._leave()
            settings.backups.mkdir(mode=0o700, exist_ok=True)
            kept = put_back(self._url, copy, self._free_name(settings.backups, "-before-restore"), progress)
            upgraded = revision != code_revision()
            if upgraded:
                self._upgrade(kept)
            rotate, same = self._state()
            return PutBack(kept=kept, revision=revision, upgraded=upgraded, rotate=rotate, settle=not (noted and same))

    def _leave(self) -> bool:
        """Take leave of the present database; True when all ways in that were changed in it are in the journal.

        AlreadyRunning when a scheduler owns it.
        """
        now = self._clock.now()
        try:
            with closing(self._opened()) as store:
                with store.reading() as work:
                    running = work.leases.running(now)
                _refuse_scheduler(running.values())
                store.check_schema()
                # A copy that was put back and never settled has let nobody in: nothing of it is missing in the journal.
                with suppress(MigrationNeeded):
                    AccessJournal(self._settings.home).keep(store, now)
        except (AlreadyRunning, DatabaseBusy):
            raise
        except QianshaoError:
            # It may be damaged, or of another version: the very reason why a copy is put back.
            return False
        return True

    def _upgrade(self, kept: Path | None) -> None:
        try:
            upgrade(self._url, load_keyring(self._settings.key_path))
        except QianshaoError as exc:
            before = f", 原来的另存在 {kept}" if kept else ""
            raise StorageError(
                f"备份已经放回{before}; 但结构没有升级成, 解决以后 qianshao db upgrade, 再 qianshao db restored: {exc}"
            ) from exc

    def _state(self) -> tuple[str, bool]:
        """Why the keys have to be changed, and whether the database is as the journal saw it last."""
        with closing(self._opened()) as store:
            try:
                store.check_schema()
            except MigrationNeeded as exc:
                return str(exc), False
            return "", AccessJournal(self._settings.home).has_seen_all(store)

    def _opened(self) -> Store:
        return open_store(self._url, KeyFile(self._settings.key_path))

    def _free_name(self, folder: Path, more: str = "") -> Path:
        """A name of this minute in China that nothing in the folder has."""
        name = f"qianshao-{self._clock.now().astimezone(CHINA):%Y%m%d-%H%M}{more}"
        number = 1
        while (found := folder / f"{name}{f'-{number}' if number > 1 else ''}{ending_of(self._url)}").exists():
            number += 1
        return found

    def _drop_leftovers(self) -> None:
        """Delete what a copy that was killed left half-written; nobody else makes one at the moment."""
        for left in self._settings.backups.glob(".qianshao-*.part*"):
            left.unlink()


def _refuse_scheduler(leases: Iterable[datetime]) -> None:
    for until in leases:
        free = (until + timedelta(seconds=1)).astimezone(CHINA)
        raise AlreadyRunning(
            "定时任务(qianshao schedule)还在运行: 请先停下它; 如果它是突然中断的, "
            f"{free:%H:%M:%S} 以后再试; 数据库没有动"
        )
