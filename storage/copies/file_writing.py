"""New files that are there whole or not at all, for their owner alone, and never in the place of another."""

import errno
import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from secrets import token_hex

from domain.failures.errors import ConfigError, FileError
from domain.failures.unreadable import why_unreadable

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, by the end of the name; it belongs to that database alone."""
_PART = re.compile(r"\.qianshao-[0-9a-f]{16}\.part")
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_CANNOT_SAY = {errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF}


@dataclass(slots=True)
class NewFile:
    """A file that is being written."""

    part: Path
    """Where it is written."""
    target: Path
    """Where it shall stand; once the block is left, where it stands."""


@contextmanager
def new_file(target: Path, others: Iterable[Path] = ()) -> Iterator[NewFile]:
    """An empty file to write into, which stands at `target` once the block is left; nothing is left of it otherwise.

    Where somebody else took that name meanwhile, it gets the first of the others that is free.

    Raises:
        ConfigError: when something lies there already.
        FileError: when nothing can be written there.
    """
    new = NewFile(target.with_name(f".qianshao-{token_hex(8)}.part"), target)
    try:
        if os.path.lexists(target):
            raise ConfigError(f"{target} 已存在, 不会覆盖: 请换一个文件名")
        descriptor = os.open(new.part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            _lock(descriptor)
            yield new
            sync(new.part)
            new.target = _named(new.part, chain((target,), others))
            sync_folder(target.parent)
        finally:
            drop_with_side_files(new.part)
            os.close(descriptor)
    except OSError as exc:
        raise FileError(f"写不了 {target}: {why_unreadable(exc)}") from exc


def drop_leftovers(folder: Path) -> None:
    """Delete what was left half-written by a kill; not what somebody still writes, nor another account's."""
    for left in [one for one in folder.iterdir() if _PART.fullmatch(one.name)]:
        try:
            descriptor = os.open(left, os.O_RDWR)
        except PermissionError:
            continue
        try:
            if _lock(descriptor):
                drop_with_side_files(left)
        finally:
            os.close(descriptor)


def sync(path: Path) -> None:
    """Return once the file is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Return once the names in the folder are on the disk, where its kind of disk can say that."""
    try:
        sync(folder)
    except OSError as exc:
        if exc.errno not in _CANNOT_SAY:
            raise


def drop_with_side_files(path: Path) -> None:
    """Delete the file, and what SQLite left beside it."""
    for end in ("", *SIDE_FILES):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _named(part: Path, names: Iterator[Path]) -> Path:
    taken: OSError | None = None
    for name in names:
        try:
            _name(part, name)
        except FileExistsError as exc:
            taken = exc
        else:
            return name
    raise taken or FileExistsError(errno.EEXIST, "")


def _name(part: Path, target: Path) -> None:
    try:
        # Unlike renaming this never takes the place of a file that came meanwhile.
        os.link(part, target)
    except OSError as exc:
        if exc.errno not in _NO_LINKS:
            raise
        # A disk that knows no links, such as a memory stick: an empty file of our own holds the name.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(target)


def _lock(descriptor: int) -> bool:
    """True when nobody else has the file; a disk that knows no locks says that somebody has."""
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
