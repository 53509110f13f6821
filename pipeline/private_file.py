"""Files that people are handed: for their owner alone, and there once they are whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from domain.failures.errors import FileError

_OWNER_ONLY = 0o600


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """What is written in the block stands at the path afterwards, in the place of what was there.

    Raises:
        FileError: when nothing can be written there; nothing half-written is left.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("wb") as output:
            partial.chmod(_OWNER_ONLY)
            yield output
            output.flush()
            # A name that reaches the disk before its content would stand for an empty file after a power cut.
            os.fsync(output.fileno())
        partial.replace(path)
    except OSError as exc:
        partial.unlink(missing_ok=True)
        raise FileError(f"写不了 {path}, 请看文件夹在不在, 磁盘满没满, 文件是不是正开着") from exc
