"""Opens what was delivered, if it is a file: a pipe would be waited for without end, and a device never ends."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


def open_regular(path: Path) -> BufferedReader:
    """The file's bytes; OSError for anything else, at once."""
    opened = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - whoever asked for it closes it
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))
    return opened


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)
