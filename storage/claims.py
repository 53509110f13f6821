"""Claims: who works on something right now. The system lets a claim go when its process dies, however it dies.

PostgreSQL holds them as advisory locks of a connection of their own, across hosts; beside an SQLite file they are locks
of the operating system, since all processes on one SQLite database are on one host.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from storage.engine import translated

_FOLDER = ".claims"


@contextmanager
def claim(engine: Engine, name: str) -> Iterator[bool]:
    """True inside the block when nobody else holds the name; threads of one process exclude each other too."""
    digest = hashlib.sha256(os.fsencode(name)).digest()
    if engine.dialect.name == "postgresql":
        with _advisory(engine, int.from_bytes(digest[:8], signed=True)) as taken:
            yield taken
        return
    with _file_lock(Path(f"{engine.url.database}{_FOLDER}"), digest.hex()[:32]) as taken:
        yield taken


@contextmanager
def _advisory(engine: Engine, number: int) -> Iterator[bool]:
    with translated(engine):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        # Its own connection, closed at the end: one given back to the pool would keep the lock.
        connection.detach()
        try:
            # A host that vanished is noticed within a minute instead of after hours.
            for setting, seconds in (("tcp_keepalives_idle", 20), ("tcp_keepalives_interval", 10)):
                connection.execute(text(f"SET {setting} = {seconds}"))
            taken = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}))
        except BaseException:
            connection.close()
            raise
    try:
        yield taken
    finally:
        # Closing only tells the server, which lets go a moment later: whoever comes right after would be turned away.
        # A connection that broke has lost the lock already.
        with suppress(DBAPIError):
            if taken:
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})
        connection.close()


@contextmanager
def _file_lock(folder: Path, name: str) -> Iterator[bool]:
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        if not _is_still(path, descriptor):
            # Its last holder took the file away between our opening and our locking it.
            yield False
            return
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False
