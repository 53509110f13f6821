"""What the reading process takes from itself before it looks at the first byte: memory, time, files, the network."""

import os
import resource
import sys
from pathlib import Path

from importers.formats.landlock import restrict
from importers.formats.limits import Limits

_OPEN_FILES = 64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = ("socket.", "os.exec", "os.system", "os.posix_spawn", "os.spawn", "os.fork", "pty.", "ctypes.dlopen")
_CHANGING = frozenset({"os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate"})


def confine(limits: Limits, folder: Path) -> None:
    """Set the limits of the kernel and close what a parser of documents has no business with; no way back.

    The kernel's limits and Landlock hold whatever runs in the process. Where Landlock is missing (Linux before 5.13,
    other systems) the audit hook still stops Python code that opens files outside `folder`, sockets and programs.
    """
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, limits.temporary_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    restrict(folder)
    sys.addaudithook(lambda event, details: _forbid(event, details, str(folder)))


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (bounded, bounded))


def _forbid(event: str, details: tuple[object, ...], folder: str) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(details[2], int) and details[2] & _WRITING and not _inside(details[0], folder):
        raise PermissionError(event)
    if event in _CHANGING and not _inside(details[0], folder):
        raise PermissionError(event)


def _inside(path: object, folder: str) -> bool:
    if isinstance(path, int):
        return True
    return os.path.realpath(os.fsdecode(path)).startswith(folder + os.sep)  # type: ignore[arg-type]  # audited as given
