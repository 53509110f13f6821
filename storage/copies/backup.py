"""Whole copies of the database: made while everything runs, checked, and put back when nothing does."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from domain.failures.errors import ConfigError, FileError, MigrationNeeded, StorageError
from storage.copies import postgres as postgres_copy
from storage.copies import sqlite as sqlite_copy
from storage.copies.contents import CopyContents, check_contents
from storage.copies.file_writing import SIDE_FILES, new_file
from storage.copies.sqlite import Progress, is_filled
from storage.encryption.keyring import Keyring

_NOT_SET_UP = "数据库还没有建立, 请先运行 qianshao init"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made and read back to its end."""

    path: Path
    size: int
    revision: str


def ending_of(url: str) -> str:
    """How the name of a copy of this database ends."""
    return ".db" if _is_sqlite(url) else ".dump"


def is_there(url: str) -> bool:
    """True when there is a database with anything in it, whatever it is."""
    if _is_sqlite(url):
        return is_filled(_path(url))
    return not postgres_copy.is_empty(url)


def back_up(url: str, target: Path, progress: Progress, others: Iterable[Path] = ()) -> Backup:
    """A copy of the database as it stands at this moment; what lies at `target` stays.

    Where somebody else took that name meanwhile, it gets the first of the others that is free.

    Raises:
        ConfigError: when something lies there already, or the program that PostgreSQL needs is not installed.
        FileError: when it cannot be written there, DatabaseFull when the disk fills meanwhile.
        StorageError: when the database cannot be read, or what was written is not whole: nothing is left of it.
    """
    if _is_sqlite(url):
        _refuse_own(_path(url), target)
        _refuse_torn(_path(url))
    if not is_there(url):
        raise MigrationNeeded(_NOT_SET_UP)
    with new_file(target, others) as new:
        if _is_sqlite(url):
            _refuse_narrow_disk(_path(url), target)
            sqlite_copy.write_copy(_path(url), new, progress)
        else:
            postgres_copy.write_copy(url, new)
        revision = _checked(url, new.part)
    return Backup(new.target, new.target.stat().st_size, revision)


def check_copy(url: str, copy: Path, ring: Keyring) -> str:
    """The schema version of a copy that can be put in the place of this database; the whole copy is read.

    Raises:
        ConfigError: when it cannot, KeyMissing when the keys are not those of the copy.
    """
    if _is_sqlite(url) and _path(url).exists() and copy.samefile(_path(url)):
        raise ConfigError(f"{copy} 就是正在用的数据库, 不是备份")
    found = _examined(url, copy)
    check_contents(str(copy), found, ring)
    return found.revision or ""


def put_back(url: str, copy: Path, kept: Path, progress: Progress) -> Path | None:
    """Put a checked copy in the database's place; where the database of before was kept, None where there was none.

    Killed at any moment, either the old content or the new is there.

    Raises:
        AlreadyRunning: when somebody is connected to the database.
        StorageError: when the copy could not be put back; the database is as it was.
    """
    if not _is_sqlite(url):
        return _put_back_postgres(url, copy, kept)
    path = _path(url)
    if not is_filled(path):
        # SQLite is not asked: it would delete the log of an empty file unread.
        return _put_anew(copy, path, kept, progress)
    with sqlite_copy.held_alone(path) as database:
        if database is None:
            return _put_anew(copy, path, kept, progress)
        with new_file(kept) as new:
            sqlite_copy.keep_aside(path, database, new, progress)
        sqlite_copy.put_in_place(copy, path, database, progress)
        return kept


def _put_anew(copy: Path, path: Path, kept: Path, progress: Progress) -> Path | None:
    aside = sqlite_copy.keep_files(path, kept)
    sqlite_copy.put_anew(copy, path, progress)
    return aside


def _put_back_postgres(url: str, copy: Path, kept: Path) -> Path | None:
    postgres_copy.refuse_when_in_use(url)
    there = is_there(url)

    def keep() -> None:
        # Whatever is there, also what is half-broken: that may be why a copy is put back.
        if there:
            with new_file(kept) as new:
                postgres_copy.write_copy(url, new)
                postgres_copy.examine(new.part)

    postgres_copy.put_in_place(url, copy, keep)
    return kept if there else None


def _checked(url: str, part: Path) -> str:
    try:
        found = _examined(url, part)
    except ConfigError as exc:
        raise StorageError(f"备份写出来以后核对不过, 没有留下它; 请先看数据库是否有损坏: {exc}") from exc
    if not found.is_set_up or found.revision is None:
        raise MigrationNeeded(_NOT_SET_UP)
    return found.revision


def _examined(url: str, copy: Path) -> CopyContents:
    return sqlite_copy.examine(copy) if _is_sqlite(url) else postgres_copy.examine(copy)


def _refuse_own(path: Path, target: Path) -> None:
    if target.resolve() in {Path(f"{path}{end}") for end in SIDE_FILES}:
        raise ConfigError(f"{target} 是数据库自己要用的文件名, 请换一个")


def _refuse_torn(path: Path) -> None:
    """StorageError where a log is left without its database: SQLite, asked for it, would delete the log unread."""
    left = next((one for end in SIDE_FILES if is_filled(one := Path(f"{path}{end}"))), None)
    if left is not None and not is_filled(path):
        raise StorageError(
            f"{path} 不在或是空的, 而 {left} 里还有内容: 请先把它另存到别处, 再用 qianshao db restore 放回备份"
        )


def _refuse_narrow_disk(path: Path, target: Path) -> None:
    """FileError before the disk is filled: everything else that runs writes to it too."""
    needed, free = path.stat().st_size, shutil.disk_usage(target.parent).free
    if free < needed:
        raise FileError(f"写不了 {target}: 要{needed / (1 << 20):.0f} MiB, 磁盘只剩{free / (1 << 20):.0f} MiB")


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _path(url: str) -> Path:
    name = make_url(url).database
    if not name or name == ":memory:":
        raise ConfigError("内存里的数据库没有文件, 不能备份和恢复")
    return Path(name).resolve()
