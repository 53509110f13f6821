"""New files that are there whole or not at all, for their owner alone, and never in the place of another."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import ConfigError, FileError
from domain.unreadable import why_unreadable

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}

_CANNOT_SAY = {errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF}


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """An empty file to write into, which stands at `target` once the block is left; nothing is left of it otherwise.

    Raises:
        ConfigError: when something lies there already.
        FileError: when nothing can be written there.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        _refuse_existing(target)
        drop_with_side_files(part)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield part
            sync(part)
            _name(part, target)
            sync_folder(target.parent)
        finally:
            drop_with_side_files(part)
    except OSError as exc:
        raise FileError(f"写不了 {target}: {why_unreadable(exc)}") from exc


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
    """Delete the file, and what a database program left beside it under longer names."""
    for left in path.parent.glob(f"{_literal(path.name)}*"):
        left.unlink()


def _name(part: Path, target: Path) -> None:
    try:
        # Unlike renaming this never takes the place of a file that came meanwhile.
        os.link(part, target)
    except OSError as exc:
        if exc.errno not in _NO_LINKS:
            raise
        # A disk that knows no links, such as a memory stick.
        _refuse_existing(target)
        part.rename(target)


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        raise ConfigError(f"{target} 已存在, 不会覆盖: 请换一个文件名")


def _literal(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
