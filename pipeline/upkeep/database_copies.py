"""Recognises copies of a database by what is in them; names and ages of files say nothing of what they hold.

But what `qianshao db restore` puts aside is known by its name: it may be damaged, and is no copy that somebody made.

Recognised are SQLite files (by their header, https://www.sqlite.org/fileformat.html 1.3), SQLite's `.dump` as text, and
what pg_dump and pg_dumpall write: custom format and tar by the mark PGDMP, plain text by its first and last comment.
Each of them may be packed by gzip, bzip2 or xz. What is empty, stops before its end or holds no rows is no copy.
"""

import bz2
import gzip
import lzma
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from io import BufferedIOBase
from pathlib import Path

BEFORE_RESTORE = "-before-restore"
"""In the name of what was the database before a copy was put in its place."""
_PUT_ASIDE = re.compile(rf"qianshao-\d{{8}}-\d{{4}}{BEFORE_RESTORE}(-\d+)?\.(db|dump)(-wal|-shm|-journal)?")
_CHUNK = 1 << 20
_HEAD = 1024
_TAIL = 2048
_SQLITE = b"SQLite format 3\0"
_PG_DUMP = b"PGDMP"
_TAR_MARK, _TAR_BLOCK = slice(257, 262), 512
_PACKED: dict[bytes, Callable[[Path], BufferedIOBase]] = {
    b"\x1f\x8b": gzip.GzipFile,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
_UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError)


class CopyKind(Enum):
    """What made a copy; one kind does not stand in for another."""

    SQLITE_FILE = "sqlite_file"
    SQLITE_TEXT = "sqlite_text"
    POSTGRES_CUSTOM = "postgres_custom"
    POSTGRES_TAR = "postgres_tar"
    POSTGRES_TEXT = "postgres_text"
    POSTGRES_CLUSTER_TEXT = "postgres_cluster_text"


@dataclass(frozen=True, slots=True)
class _TextForm:
    """How a copy written as text begins, how it ends, and how its rows begin."""

    begins: bytes
    ends: bytes
    rows: tuple[bytes, ...]


_TEXT_FORMS = {
    # First, for it holds those of the databases.
    CopyKind.POSTGRES_CLUSTER_TEXT: _TextForm(
        b"-- PostgreSQL database cluster dump\n",
        b"-- PostgreSQL database cluster dump complete",
        (b"\nCOPY ", b"\nINSERT INTO "),
    ),
    CopyKind.POSTGRES_TEXT: _TextForm(
        b"-- PostgreSQL database dump\n", b"-- PostgreSQL database dump complete", (b"\nCOPY ", b"\nINSERT INTO ")
    ),
    CopyKind.SQLITE_TEXT: _TextForm(b"BEGIN TRANSACTION;\n", b"COMMIT;", (b"\nINSERT INTO ",)),
}


@dataclass(frozen=True, slots=True)
class _Content:
    """What has to be known of a whole content."""

    head: bytes
    tail: bytes
    size: int
    has_rows: bool


def copies_due(folder: Path, before: datetime) -> list[Path]:
    """The whole copies in the folder and those below it that were written before the moment, without those to be kept.

    The newest whole copy of each kind is kept. Links are passed over. No other file is read to its end. What was put
    aside by a restore goes by its age alone, and what is still being written, under a hidden name, stays.
    """
    found: dict[CopyKind, list[tuple[float, Path]]] = defaultdict(list)
    due: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        made = path.stat().st_mtime
        if is_put_aside(path):
            due += [path] if made < before.timestamp() else []
        elif (kind := _kind_of(path)) is not None:
            found[kind].append((made, path))
    due += [path for kind, copies in found.items() for path in _due(kind, copies, before.timestamp())]
    return sorted(due)


def is_put_aside(path: Path) -> bool:
    """True for the database of before a restore, and what SQLite had beside it."""
    return _PUT_ASIDE.fullmatch(path.name) is not None


def _due(kind: CopyKind, copies: list[tuple[float, Path]], before: float) -> Iterator[Path]:
    newest_first = iter(sorted(copies, reverse=True))
    next((path for _, path in newest_first if kind_of_copy(path) is kind), None)
    yield from (path for made, path in newest_first if made < before and kind_of_copy(path) is kind)


def kind_of_copy(path: Path) -> CopyKind | None:
    """What made the copy; None for every other file, and for a copy that is empty, cut off or without rows.

    The whole file is read. Of pg_dump's custom format nothing says where it ends.
    """
    kind = _kind_of(path)
    if kind is None:
        return None
    try:
        with _opened(path) as stream:
            content = _read_through(stream, _TEXT_FORMS[kind].rows if kind in _TEXT_FORMS else ())
    except _UNREADABLE:
        return None
    return kind if _is_whole(kind, content) else None


def _kind_of(path: Path) -> CopyKind | None:
    try:
        with _opened(path) as stream:
            return _kind_by_head(stream.read(_HEAD))
    except _UNREADABLE:
        return None


def _opened(path: Path) -> BufferedIOBase:
    with path.open("rb") as raw:
        start = raw.read(8)
    opener = next((opener for mark, opener in _PACKED.items() if start.startswith(mark)), None)
    return opener(path) if opener else path.open("rb")


def _kind_by_head(head: bytes) -> CopyKind | None:
    if head.startswith(_SQLITE):
        return CopyKind.SQLITE_FILE
    if head.startswith(_PG_DUMP):
        return CopyKind.POSTGRES_CUSTOM
    if head[_TAR_MARK] == b"ustar" and head[_TAR_BLOCK:].startswith(_PG_DUMP):
        return CopyKind.POSTGRES_TAR
    return next((kind for kind, form in _TEXT_FORMS.items() if form.begins in head.replace(b"\r\n", b"\n")), None)


def _read_through(stream: BufferedIOBase, rows: tuple[bytes, ...]) -> _Content:
    head = tail = stream.read(_HEAD)
    size, has_rows = len(head), any(row in head for row in rows)
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        joined = tail + chunk
        has_rows = has_rows or any(row in joined for row in rows)
        tail = joined[-_TAIL:]
    return _Content(head, tail, size, has_rows)


def _is_whole(kind: CopyKind, content: _Content) -> bool:
    if kind in _TEXT_FORMS:
        return content.has_rows and _TEXT_FORMS[kind].ends in content.tail
    if kind is CopyKind.SQLITE_FILE:
        page, pages = int.from_bytes(content.head[16:18], "big"), int.from_bytes(content.head[28:32], "big")
        return pages > 1 and content.size == pages * (65536 if page == 1 else page)
    if kind is CopyKind.POSTGRES_TAR:
        return content.size % _TAR_BLOCK == 0 and not any(content.tail[-2 * _TAR_BLOCK :])
    return content.size > _HEAD
