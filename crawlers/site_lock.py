"""One crawl a site at a time, whichever sources are on it: locks that the system lets go when their holders die.

A crawl's process inherits the locks from the one that started it: should that one be killed, its child holds them.
A lock's file also says under which key the run seals, from before its first page: an old key waits for such runs.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class SiteBusy(Exception):
    """Another process is crawling the site."""


@contextmanager
def site_locks(folder: Path, sites: Iterable[str]) -> Iterator[tuple[int, ...]]:
    """Hold the locks of the sites; their file descriptors, for a child to inherit. SiteBusy when one is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    held: list[int] = []
    try:
        for site in sorted(sites):
            name = hashlib.sha256(site.encode()).hexdigest()[:32]
            held.append(os.open(folder / f"{name}.lock", os.O_CREAT | os.O_RDWR, 0o600))
            try:
                fcntl.flock(held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as exc:
                raise SiteBusy(site) from exc
            os.truncate(held[-1], 0)
        yield tuple(held)
    finally:
        for descriptor in held:
            os.close(descriptor)


def note_head(locks: Iterable[int], head: bytes) -> None:
    """Write into the held locks what the files of this run will begin with."""
    for descriptor in locks:
        os.pwrite(descriptor, head, 0)


def heads_of_runs(folder: Path) -> list[bytes]:
    """What the files of the runs in progress begin with; empty for one that has not said so yet."""
    found = []
    for path in sorted(folder.glob("*.lock")):
        with path.open("rb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                found.append(lock.read())
    return found
