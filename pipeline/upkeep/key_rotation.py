"""A new key for the fields, everything sealed anew with it, and the end of an old one; safe to kill and begin again."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawlers.archiving.archive import archive_files
from crawlers.archiving.members import NEW_HEAD, PART, head_of, replace_head
from crawlers.site_lock import heads_of_runs
from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.spool import spool_files
from domain.accounts.account import AuditEntry
from domain.clock import Clock
from domain.failures.errors import ConfigError, DatabaseBusy, KeyMissing
from domain.leads.lead import SYSTEM
from storage.encryption.key_file import KeyFile, load_keyring, replace_keyring
from storage.encryption.keyring import FieldKey, KeyState
from storage.encryption.suites import Algorithm
from storage.key_change import KeyChange, Unopened
from storage.store import Store, open_store

_PATIENCE_SECONDS = 120.0
_MOST_PASSES = 5
"""A pass finds what was written with the old key during the one before: the second finds hardly anything."""

Progress = Callable[[str, int], None]
_WORK = "加密值和索引"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyInUse:
    """A key and what is sealed with it."""

    key: FieldKey
    state: KeyState
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationReport:
    """What a change of keys did."""

    number: int
    """The key that seals now."""
    begun: bool
    """False when it went on with a change that was broken off."""
    sealed: int
    indexed: int
    unopened: Sequence[Unopened]
    seconds: float


class KeyRotation:
    """The keys of one deployment."""

    def __init__(self, path: Path, url: str, clock: Clock, folders: CrawlFolders) -> None:
        """Work on the key file at `path`, the database at `url` and what crawls left in `folders`."""
        self._path, self._clock, self._folders = path, clock, folders
        self._store: Store = open_store(url, KeyFile(path))
        self._store.check_schema(keys_change=True)

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def keys(self) -> list[KeyInUse]:
        """Every key, oldest first, with the number of values that it sealed."""
        ring = load_keyring(self._path)
        counts = self._store.key_change().values_by_key()
        return [KeyInUse(key=key, state=ring.state(key), values=counts.get(key.number, 0)) for key in ring.keys]

    def rotate(self, algorithm: Algorithm | None, progress: Progress, expect: Progress) -> RotationReport:
        """Make a new key and seal everything with it, or go on with a change that was broken off.

        Args:
            algorithm: Of the new key; that of the present one when None.
            progress: Told what kind of value, and how many of them a transaction just finished.
            expect: Told beforehand how many values there are.

        Raises:
            DatabaseBusy: operations that began with the old key do not end, or somebody goes on writing with it; what
                was done stays done, begin again later.
        """
        started = time.perf_counter()
        ring = load_keyring(self._path)
        begun = ring.indexed_from == ring.current.number and self._store.key_change().is_finished()
        if begun:
            ring = ring.with_new(algorithm or ring.current.algorithm, self._clock.now())
            replace_keyring(self._path, ring)
            self._note("rotate_key", ring.current.number, ring.current.algorithm.label)
        change, counted = self._store.key_change(), _Counted(progress)
        change.remember()
        expect(_WORK, change.remaining())
        unopened = self._pass_over(change, counted)
        change.finish()
        replace_keyring(self._path, ring.reindexed())
        self._lead_files_on()
        self._store.drop_old_pages()
        report = RotationReport(
            number=ring.current.number,
            begun=begun,
            sealed=counted.sealed,
            indexed=counted.indexed,
            unopened=unopened,
            seconds=time.perf_counter() - started,
        )
        self._note("finish_key_rotation", report.number, f"sealed {report.sealed} indexed {report.indexed}")
        return report

    def retire(self, number: int) -> None:
        """Destroy the secret of a key that nothing is sealed with any more.

        Raises:
            ConfigError: the key is unknown, in use, retired already, or values or files are still sealed with it.
        """
        ring = load_keyring(self._path)
        without = ring.retired(number)
        if ring.keys[number - 1].secret is None:
            raise ConfigError(f"密钥 {number} 早已停用")
        if ring.indexed_from != ring.current.number or not self._store.key_change().is_finished():
            raise ConfigError("更换密钥还没有完成, 请先运行 qianshao key rotate")
        count = self._store.key_change().values_by_key().get(number, 0)
        if count:
            raise ConfigError(f"还有{count}个值是用密钥 {number} 加密的, 不能停用; 请先运行 qianshao key rotate")
        self._refuse_while_crawled_under(number)
        self._store.key_change().forget(number)
        replace_keyring(self._path, without)
        self._note("retire_key", number, "")

    def _refuse_while_crawled_under(self, number: int) -> None:
        """Runs are asked before files: what a run that ends meanwhile wrote is among the files."""
        seals = self._store.file_seals()
        runs = [head for head in heads_of_runs(self._folders.locks) if not head or seals.is_under(head, number)]
        self._lead_files_on()
        files = self._files_under(number)
        if files:
            waiting = f"还有{len(files)}个抓取文件(如 {files[0].name})是用密钥 {number} 加密的, 不能停用"
        elif runs:
            waiting = f"还有{len(runs)}次抓取刚开始, 要写的文件可能用密钥 {number} 加密, 不能停用"
        else:
            return
        raise ConfigError(f"{waiting}; 请等正在进行的抓取结束后再停用")

    def _lead_files_on(self) -> None:
        """Bring the files of finished crawls under the current key; one that no key opens stays as it is."""
        for folder in (self._folders.archive, self._folders.spool):
            for left in folder.rglob(f"*{NEW_HEAD}"):
                left.unlink()
        seals = self._store.file_seals()
        for path, head in self._heads():
            with suppress(KeyMissing, FileNotFoundError):
                new = seals.led_on(head)
                if new != head and not path.name.endswith(PART):
                    replace_head(path, new)

    def _files_under(self, number: int) -> list[Path]:
        seals = self._store.file_seals()
        return [path for path, head in self._heads() if seals.is_under(head, number)]

    def _heads(self) -> Iterator[tuple[Path, bytes]]:
        """Every sealed file that crawls left, with its head; retention may delete some meanwhile."""
        for path in (*archive_files(self._folders.archive), *spool_files(self._folders.spool)):
            with suppress(FileNotFoundError):
                if (head := head_of(path)) is not None:
                    yield path, head

    def _pass_over(self, change: KeyChange, counted: "_Counted") -> Sequence[Unopened]:
        began = change.moment()
        for _ in range(_MOST_PASSES):
            unopened = change.reseal(counted.of_sealed)
            change.wait_for_older(began, patience=_PATIENCE_SECONDS)
            change.reindex(counted.of_indexed)
            if change.remaining() <= sum(one.count for one in unopened):
                return unopened
        raise DatabaseBusy(
            "还有程序在用旧密钥写入, 请停掉别的机器上的程序或换上新的密钥文件, 再运行 qianshao key rotate"
        )

    def _note(self, action: str, number: int, detail: str) -> None:
        entry = AuditEntry(at=self._clock.now(), actor=SYSTEM, action=action, subject=str(number), detail=detail)
        with self._store.unit_of_work() as work:
            work.audit.append(entry)
            work.commit()


class _Counted:
    """Counts what a progress bar is told."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.sealed = self.indexed = 0

    def of_sealed(self, count: int) -> None:
        self.sealed += count
        self._progress(_WORK, count)

    def of_indexed(self, count: int) -> None:
        self.indexed += count
        self._progress(_WORK, count)
