"""One run at a time on one home: a lock the operating system lets go when its process dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.failures.errors import AlreadyRunning


@contextmanager
def run_lock(home: Path, name: str = "run.lock") -> Iterator[None]:
    """Hold the home's lock of this name; AlreadyRunning when another process holds it."""
    descriptor = os.open(home / name, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise AlreadyRunning("另一个进程正在处理, 请等它结束后再运行") from exc
        yield
    finally:
        os.close(descriptor)
