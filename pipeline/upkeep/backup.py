"""Makes copies of a deployment's database and puts them back: names, locks, and what has to follow."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from domain.clock import CHINA, Clock
from domain.failures.errors import (
    AlreadyRunning,
    ConfigError,
    DatabaseBusy,
    FileError,
    MigrationNeeded,
    QianshaoError,
    StorageError,
)
from domain.failures.unreadable import why_unreadable
from pipeline.run_lock import run_lock
from pipeline.settings.settings import Settings
from pipeline.upkeep.access_journal import AccessJournal
from pipeline.upkeep.database_copies import BEFORE_RESTORE
from storage.copies.backup import Backup, back_up, check_copy, ending_of, is_there, put_back
from storage.copies.file_writing import SIDE_FILES, drop_leftovers
from storage.copies.sqlite import Progress
from storage.encryption.key_file import KeyFile, load_keyring
from storage.schema import code_revision, upgrade
from storage.store import Store, open_store

_LOCK = "backup.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """A database that was put back, and what a person has to do before anybody works with it."""

    kept: Path | None
    """The database of before; None where there was none."""
    revision: str
    """The schema version of the copy."""
    upgraded: bool
    rotate: str | None
    """Why the keys have to be changed first; None when they need not."""


class Backups:
    """The copies of one deployment's database."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Work for the deployment that these settings describe."""
        self._settings, self._clock, self._url = settings, clock, settings.url

    def make(self, to: Path | None, progress: Progress) -> Backup:
        """A new copy in the folder of backups, or at `to`, a file or a folder.

        ConfigError when something lies there already or another one is being made.
        """
        with self._alone():
            if to is None:
                self._settings.backups.mkdir(mode=0o700, exist_ok=True)
                drop_leftovers(self._settings.backups)
                to = self._settings.backups
            if not to.is_dir():
                return back_up(self._url, to, progress)
            names = self._free_names(to)
            return back_up(self._url, next(names), progress, names)

    def put_back(self, copy: Path, progress: Progress) -> PutBack:
        """Put the copy in the place of the database, which is kept beside the other copies, and upgrade it.

        Raises:
            ConfigError: when the copy cannot be used, or somebody works with the database; nothing was changed.
        """
        settings = self._settings
        with self._alone(), run_lock(settings.home):
            if copy.exists() and not copy.is_file():
                raise ConfigError(f"{copy} 不是文件")
            try:
                revision = check_copy(self._url, copy, load_keyring(settings.key_path))
            except OSError as exc:
                raise ConfigError(f"{copy}: {why_unreadable(exc)}") from exc
            _refuse_damaged(AccessJournal(settings.home))
            if is_there(self._url):
                self._leave()
            settings.backups.mkdir(mode=0o700, exist_ok=True)
            kept = put_back(self._url, copy, next(self._free_names(settings.backups, BEFORE_RESTORE)), progress)
            upgraded = revision != code_revision()
            if upgraded:
                self._upgrade(kept)
            return PutBack(kept=kept, revision=revision, upgraded=upgraded, rotate=self._asks_for_keys())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        home = self._settings.home
        if not home.is_dir():
            raise ConfigError(f"没有数据目录 {home}: 请检查 QIANSHAO_HOME; 还没有装好的先运行 qianshao init")
        with run_lock(home, _LOCK):
            yield

    def _leave(self) -> None:
        """Write into the journal what was done with ways in until now; AlreadyRunning when a scheduler is at work."""
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
        except StorageError:
            # It may be damaged, or of another version: the very reason why a copy is put back.
            return

    def _upgrade(self, kept: Path | None) -> None:
        try:
            upgrade(self._url, load_keyring(self._settings.key_path))
        except QianshaoError as exc:
            before = f", 原来的另存在 {kept}" if kept else ""
            raise StorageError(
                f"备份已经放回{before}; 但结构没有升级成, 解决以后 qianshao db upgrade, 再 qianshao db restored: {exc}"
            ) from exc

    def _asks_for_keys(self) -> str | None:
        with closing(self._opened()) as store:
            try:
                store.check_schema()
            except MigrationNeeded as exc:
                return str(exc)
        return None

    def _opened(self) -> Store:
        return open_store(self._url, KeyFile(self._settings.key_path))

    def _free_names(self, folder: Path, more: str = "") -> Iterator[Path]:
        """Names of this minute in China that nothing in the folder has."""
        name, end = f"qianshao-{self._clock.now().astimezone(CHINA):%Y%m%d-%H%M}{more}", ending_of(self._url)
        for number in count(1):
            found = folder / f"{name}{f'-{number}' if number > 1 else ''}{end}"
            # SQLite's files may be kept under longer names.
            if not any(os.path.lexists(f"{found}{side}") for side in ("", *SIDE_FILES)):
                yield found


def _refuse_damaged(journal: AccessJournal) -> None:
    """ConfigError when what `qianshao db restored` works from cannot be read."""
    try:
        journal.seen()
    except FileError as exc:
        raise ConfigError(f"没有恢复, 数据库没有动: {exc}") from exc
    try:
        journal.acts()
    except FileError as exc:
        raise ConfigError(
            f"没有恢复, 数据库没有动: {exc}; 请先用 qianshao audit export 另存现在的审计, "
            "把 access-journal 开头的文件移到别处, 再恢复; 以后用 qianshao db restored --audit 另存的文件, "
            "审计也导不出来就用 --unknown"
        ) from exc


def _refuse_scheduler(leases: Iterable[datetime]) -> None:
    for until in leases:
        free = (until + timedelta(seconds=1)).astimezone(CHINA)
        raise AlreadyRunning(
            "定时任务(qianshao schedule)还在运行: 请先停下它; 如果它是突然中断的, "
            f"{free:%H:%M:%S} 以后再试; 数据库没有动"
        )
