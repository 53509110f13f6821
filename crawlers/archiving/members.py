"""Files of gzip members: each entry is a member of its own, so that a killed writer damages at most its last one.

A sealed file begins with a member that holds its head, by which whoever has the keys finds the key of this file. Every
further member holds a sealed entry, compressed before it was sealed and bound to its file and its place in it.
"""

import gzip
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from domain.failures.errors import KeyMissing

PART = ".part"
"""Ending of a file that is still written."""

_CHUNK = 1 << 16
_HEAD = b"QSF\x01"
"""What a head begins with; an entry in clear begins with the bracket of a JSON object."""
NEW_HEAD = ".head"
"""Ending of a file that is about to replace the one with the older head."""

OpenEntry = Callable[[bytes, bytes], bytes]
"""Opens a sealed entry at its place; KeyMissing when it was changed or belongs to another place."""
OpenFile = Callable[[bytes], OpenEntry]
"""What opens the entries of the file with this head; KeyMissing when its key is not there."""


class Seal(Protocol):
    """Seals the entries of files that are written."""

    @property
    def head(self) -> bytes:
        """What every such file begins with."""
        ...

    def seal(self, content: bytes, place: bytes) -> bytes:
        """The sealed entry, bound to its place."""
        ...


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

    def __init__(self, path: Path, *, level: int = 9, seal: Seal | None = None) -> None:
        """Open `path` under its name of a file still written, for its owner alone; FileExistsError when it exists.

        Entries are in clear where there is nothing to seal them with.
        """
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path, self._level, self._seal = path, level, seal
        self._part = path.with_name(path.name + PART)
        self._output = os.fdopen(os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        self._written = 0

    def append(self, content: bytes) -> None:
        """Append a member; it survives the death of the process, and after `sync` that of the machine."""
        self._written += 1
        self._output.write(self._packed(content))
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

    def _packed(self, content: bytes) -> bytes:
        packed = gzip.compress(content, self._level)
        if self._seal is None:
            return packed
        sealed = _stored(self._seal.seal(packed, _place(self._path, self._written)))
        return sealed if self._written > 1 else _stored(_HEAD + self._seal.head) + sealed


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


def read_members(path: Path, open_file: OpenFile | None = None) -> Iterator[bytes | Rest]:
    """The unpacked entries, one in memory at a time; at the end, when the rest cannot be unpacked, why.

    KeyMissing for a sealed file of which the key is not there, or that is read without `open_file`.
    """
    members = _members(path)
    first = next(members, None)
    if first is None:
        return
    if isinstance(first, Rest) or not first.startswith(_HEAD):
        yield first
        yield from members
        return
    if open_file is None:
        raise KeyMissing(f"{path.name} 是加密的, 没有密钥读不了")
    open_entry = open_file(first.removeprefix(_HEAD))
    for number, sealed in enumerate(members, start=1):
        entry = sealed if isinstance(sealed, Rest) else _opened(sealed, open_entry, _place(path, number))
        yield entry
        if isinstance(entry, Rest):
            return


def head_of(path: Path) -> bytes | None:
    """The head of a sealed file; None of one in clear, or that has no whole member yet."""
    first = next(_members(path), None)
    return first.removeprefix(_HEAD) if isinstance(first, bytes) and first.startswith(_HEAD) else None


def replace_head(path: Path, head: bytes) -> None:
    """Give a sealed file that nobody writes any more another head; killed at any time, it has either."""
    new = path.with_name(path.name + NEW_HEAD)
    with path.open("rb") as old, os.fdopen(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as output:
        _, rest = _one_member(old, old.read(_CHUNK))
        output.write(_stored(_HEAD + head) + rest)
        shutil.copyfileobj(old, output)
        output.flush()
        os.fsync(output.fileno())
    # Retention may have deleted the file meanwhile: it must not come back.
    if path.exists():
        new.replace(path)
    else:
        new.unlink()


def _opened(sealed: bytes, open_entry: OpenEntry, place: bytes) -> bytes | Rest:
    try:
        return gzip.decompress(open_entry(sealed, place))
    except (KeyMissing, OSError, EOFError, zlib.error):
        return Rest.DAMAGED


def _place(path: Path, number: int) -> bytes:
    """Of an entry: the names of folder and finished file, and its number; a page's month stands in the file's name."""
    source = path.parent.parent.name if path.parent.name.isdecimal() else path.parent.name
    return f"{source}/{path.name.removesuffix(PART)}/{number}".encode()


def _stored(content: bytes) -> bytes:
    return gzip.compress(content, 0)


def _members(path: Path) -> Iterator[bytes | Rest]:
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
