"""Files of gzip members: each entry is a member of its own, so that a killed writer damages at most its last one."""

import gzip
import os
import zlib
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

PART = ".part"
"""Ending of a file that is still written."""

_CHUNK = 1 << 16


class Rest(Enum):
    """Why what follows in a file cannot be unpacked."""

    UNFINISHED = auto()
    """It stops before its end: the writer was killed, or is still writing."""
    DAMAGED = auto()


def finish_stale(folder: Path, ending: str) -> None:
    """Give the files that killed runs left open their final names."""
    for stale in folder.glob(f"*{ending}{PART}"):
        stale.rename(stale.with_name(stale.name.removesuffix(PART)))


class MemberWriter:
    """Appends members to a new file, which has the ending `.part` until it is closed."""

    def __init__(self, path: Path, *, level: int = 9) -> None:
        """Open `path` under its name of a file still written; FileExistsError when it exists."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._level = path, level
        self._part = path.with_name(path.name + PART)
        self._output = self._part.open("xb")

    def append(self, content: bytes) -> None:
        """Append a member; it survives the death of the process, and after `sync` that of the machine."""
        self._output.write(gzip.compress(content, self._level))
        self._output.flush()

    def sync(self) -> None:
        """Bring everything to the disk."""
        os.fsync(self._output.fileno())

    def close(self) -> None:
        """Bring everything to the disk and give the file its final name; one without members is removed."""
        self.sync()
        self._output.close()
        if self._part.stat().st_size:
            self._part.rename(self._path)
        else:
            self._part.unlink()


class MemberFile:
    """Base of what writes one kind of entry into such a file; use as a context manager."""

    def __init__(self, members: MemberWriter) -> None:
        """Write into `members`."""
        self._members = members

    def __enter__(self) -> Self:
        """The writer."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file under its final name; one without entries is removed."""
        self._members.close()


def read_members(path: Path) -> Iterator[bytes | Rest]:
    """The unpacked members, one in memory at a time; at the end, when the rest cannot be unpacked, why."""
    with path.open("rb") as packed:
        rest = b""
        while rest := rest or packed.read(_CHUNK):
            try:
                content, rest = _one_member(packed, rest)
            except (zlib.error, EOFError) as exc:
                yield Rest.UNFINISHED if isinstance(exc, EOFError) else Rest.DAMAGED
                return
            yield content


def _one_member(packed: BinaryIO, rest: bytes) -> tuple[bytes, bytes]:
    unpacker, parts = zlib.decompressobj(zlib.MAX_WBITS | 16), []
    while True:
        parts.append(unpacker.decompress(rest))
        if unpacker.eof:
            return b"".join(parts), unpacker.unused_data
        rest = packed.read(_CHUNK)
        if not rest:
            raise EOFError
