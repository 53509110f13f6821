"""Copies of an SQLite database: taken while others write, read to their end, put back in one transaction."""

import fcntl
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from domain.failures.errors import AlreadyRunning, ConfigError, DatabaseBusy, DatabaseFull, FileError, StorageError
from domain.failures.unreadable import why_unreadable
from storage.copies.contents import KEYS, REVISIONS, SET_UP, CopyContents
from storage.copies.file_writing import SIDE_FILES, NewFile, drop_with_side_files, new_file, sync, sync_folder
from storage.engine import BUSY_SECONDS

Progress = Callable[[int, int], None]
"""Told how much is left and how much it is in all."""
_MARK = b"SQLite format 3\0"
_PAGES_AT_ONCE = 4096
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_NOT_WRITTEN = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE}
_IN_USE = "还有程序连着数据库(网页、定时任务或别的命令): 请都停下再恢复; 数据库没有动"


def write_copy(path: Path, new: NewFile, progress: Progress) -> None:
    """The database as it stands at this moment, into an empty file; nobody waits for it.

    DatabaseBusy when somebody holds it alone, StorageError when it cannot be read.
    """
    with _in_our_words(path, new.target), closing(_connected(path, "mode=rw")) as source:
        # One state from the first page to the last: without it the copy begins anew whenever somebody writes.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _write(source, new.part, progress)


def examine(path: Path) -> CopyContents:
    """What stands in a copy; the whole file is read and nothing is written, also not beside it.

    ConfigError when it is no whole SQLite database.
    """
    left = [end for end in SIDE_FILES if (beside := Path(f"{path}{end}")).exists() and beside.stat().st_size]
    if left:
        raise ConfigError(
            f"{path} 旁边还有 {path.name}{left[0]}, 一部分内容可能在那里: 请先用 sqlite3 的 .backup 把它们合成一个文件"
        )
    with path.open("rb") as opened:
        if opened.read(len(_MARK)) != _MARK:
            raise ConfigError(f"{path} 不是SQLite数据库(压缩的请先解开)")
    try:
        with closing(_connected(path, "mode=ro&immutable=1")) as copy:
            problem = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if problem != "ok":
                raise ConfigError(f"{path} 不完整或已损坏, 不能用: {problem}")
            return _contents(copy)
    except sqlite3.DatabaseError as exc:
        raise ConfigError(f"{path} 不完整或已损坏, 不能用: {exc}") from exc


@contextmanager
def held_alone(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The database, with nobody else connected to it until the block is left; None when it is none any more.

    AlreadyRunning when somebody is connected.
    """
    database = _alone(path)
    if database is None:
        yield None
        return
    try:
        yield database
    finally:
        # The lock is given back when the database is read the next time.
        with suppress(sqlite3.Error):
            database.execute("PRAGMA locking_mode=NORMAL")
            # Its content may have come with another mode, which would leave the journal of the restore behind.
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        database.close()


def keep_aside(path: Path, database: sqlite3.Connection, new: NewFile, progress: Progress) -> None:
    """The database that is held, page by page, into an empty file."""
    with _in_our_words(path, new.target):
        _write(database, new.part, progress)


def put_in_place(copy: Path, path: Path, database: sqlite3.Connection, progress: Progress) -> None:
    """The copy's content in the database that is held, in one transaction: killed, the old content is there again."""
    with _in_our_words(copy, path), closing(_connected(copy, "mode=ro&immutable=1")) as source:
        source.backup(database, pages=_PAGES_AT_ONCE, progress=lambda _, left, total: progress(left, total))


def put_anew(copy: Path, path: Path, progress: Progress) -> None:
    """The copy at a path where no usable database lies, in the place of its files, which were kept.

    FileError when it cannot be written there.
    """
    try:
        _put_anew(copy, path, progress)
    except OSError as exc:
        raise FileError(f"写不了 {path}: {why_unreadable(exc)}") from exc


def keep_files(path: Path, kept: Path) -> Path | None:
    """Every file of a database that SQLite does not open, as it is, under another name; the first, None for none.

    AlreadyRunning when somebody has one of them open.
    """
    if _is_open_elsewhere(path):
        raise AlreadyRunning(_IN_USE)
    names = [_kept(one, Path(f"{kept}{end}")) for end in ("", *SIDE_FILES) if is_filled(one := Path(f"{path}{end}"))]
    return names[0] if names else None


def is_filled(path: Path) -> bool:
    """True for a file with anything in it."""
    return path.exists() and path.stat().st_size > 0


def _kept(one: Path, name: Path) -> Path:
    with new_file(name) as new:
        shutil.copyfile(one, new.part)
    return name


def _put_anew(copy: Path, path: Path, progress: Progress) -> None:
    part = path.with_name(f".{path.name}.restore.part")
    drop_with_side_files(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with _in_our_words(copy, path), closing(_connected(copy, "mode=ro&immutable=1")) as source:
            _write(source, part, progress)
        if path.exists():
            # The program's own account must be able to open it, also where another one runs the restore.
            before = path.stat()
            os.chown(part, before.st_uid, before.st_gid)
            part.chmod(stat.S_IMODE(before.st_mode))
        sync(part)
        for end in SIDE_FILES:
            # The log of the old database would be read into the new one.
            Path(f"{path}{end}").unlink(missing_ok=True)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        drop_with_side_files(part)


def _alone(path: Path) -> sqlite3.Connection | None:
    database = _connected(path, "mode=rw")
    try:
        # Leaving the write-ahead log merges it into the file, and is refused while anybody else is connected.
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        database.execute("COMMIT")
    except sqlite3.Error as exc:
        database.close()
        damaged = exc.sqlite_errorcode in _DAMAGED
        if exc.sqlite_errorcode in _BUSY or (damaged and _is_open_elsewhere(path)):
            raise AlreadyRunning(_IN_USE) from exc
        if not damaged:
            raise StorageError(f"数据库不能用({path}), 没有动它, 数据库的原话: {exc}") from exc
        return None
    return database


def _write(source: sqlite3.Connection, part: Path, progress: Progress) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        # Whoever calls waits for the disk, and lets nobody see the file before.
        target.execute("PRAGMA synchronous=OFF")
        try:
            source.backup(target, pages=_PAGES_AT_ONCE, progress=lambda _, left, total: progress(left, total))
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode in _NOT_WRITTEN:
                # SQLite does not tell why; the system does, asked for a file of that size.
                os.truncate(part, _size(source))
            raise
        # One file that can be carried away: without this it would ask for a log beside it.
        target.execute("PRAGMA journal_mode=DELETE")


def _size(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA page_count").fetchone()[0] * database.execute("PRAGMA page_size").fetchone()[0])


def _contents(copy: sqlite3.Connection) -> CopyContents:
    tables = frozenset(name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    return CopyContents(
        tables=tables,
        holds=any(copy.execute(f"SELECT 1 FROM {_quoted(one)} LIMIT 1").fetchone() for one in tables - SET_UP),  # noqa: S608
        revision=next((row[0] for row in _rows(copy, tables, REVISIONS, "version_num")), None),
        keys=tuple((row[0], row[1]) for row in _rows(copy, tables, KEYS, "name, fingerprint")),
    )


def _rows(copy: sqlite3.Connection, tables: frozenset[str], table: str, columns: str) -> list[tuple[str, ...]]:
    return copy.execute(f"SELECT {columns} FROM {table}").fetchall() if table in tables else []  # noqa: S608


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _connected(path: Path, how: str) -> sqlite3.Connection:
    address = f"file:{quote(os.fsencode(path.resolve()))}?{how}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _is_open_elsewhere(path: Path) -> bool:
    """True when another process has locks on a file of it; also where it is no database any more, or was moved."""
    return any(_is_locked(one) for end in ("", *SIDE_FILES) if (one := Path(f"{path}{end}")).exists())


def _is_locked(path: Path) -> bool:
    with path.open("rb+") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@contextmanager
def _in_our_words(path: Path, target: Path) -> Iterator[None]:
    """What goes wrong from one file to another, said of the one that it is about."""
    try:
        yield
    except sqlite3.Error as exc:
        if exc.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise DatabaseFull(f"磁盘已满, {target} 没有写成, 请腾出空间后再运行") from exc
        if exc.sqlite_errorcode in _NOT_WRITTEN:
            raise FileError(f"写不了 {target}: 磁盘读写出错") from exc
        if exc.sqlite_errorcode in _BUSY:
            raise DatabaseBusy(f"数据库正被占用({path}), 请稍后再试") from exc
        raise StorageError(f"数据库不能用({path}), 数据库的原话: {exc}") from exc
