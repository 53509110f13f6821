"""One crawl a site at a time, whichever sources are on it: locks that the system lets go when their holders die.

A crawl's process inherits the locks from the one that started it: should that one be killed, its child holds them.
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
        yield tuple(held)
    finally:
        for descriptor in held:
            os.close(descriptor)
