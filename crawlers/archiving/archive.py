"""The archive of raw pages: what a site answered, beside the spool.

Of a page what was read of it is kept (`crawlers.archiving.redaction`); its head tells the SHA-256 and the length of
what came.

`archive/<source>/<YYYYMM>/<YYYYmmddTHHMMSSffffff>.pages.gz`, one file per run, named after its start in UTC. Every
page is a gzip member of its own: a head of one JSON line, then the body. A file still written ends in `.part`. Nobody
edits a file; retention removes whole files, or writes a file anew without the pages that have to go.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawlers.archiving.members import (
    PART,
    MemberFile,
    MemberWriter,
    OpenFile,
    Rest,
    Seal,
    finish_stale,
    head_of,
    read_members,
)

ENDING = ".pages.gz"
KEPT_HEADERS = (
    "Content-Type",
    "Content-Encoding",
    "Date",
    "ETag",
    "Last-Modified",
    "Location",
    "Retry-After",
    "Server",
)
"""What the server said that later questions may need; cookies are never kept."""

_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """One answer; `body` is what is kept of it, without transfer and content encoding."""

    source: str
    url: str
    address: str
    """The page's name everywhere else: the normalised address that was asked for."""
    status: int
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes
    sha256: str
    """Of the whole answer, as it came."""
    length: int
    """Bytes of the whole answer."""


@dataclass(frozen=True, slots=True)
class PageDamage:
    """A place in a file where no page can be read."""

    reason: str


class ArchiveWriter(MemberFile):
    """Writes the pages of one run of one source; use as a context manager."""

    def __init__(self, archive: Path, source: str, started_at: datetime, seal: Seal | None = None) -> None:
        """Finish what an earlier, killed run of the source left open, then open a new file, in clear without a seal."""
        folder = archive / source
        for month in folder.glob("*"):
            finish_stale(month, ENDING)
        path = folder / started_at.strftime("%Y%m") / f"{started_at.strftime('%Y%m%dT%H%M%S%f')}{ENDING}"
        super().__init__(MemberWriter(path, level=_LEVEL, seal=seal))

    def write(self, page: ArchivedPage) -> None:
        """Append a page; a spool line names it by its SHA-256."""
        head = {
            "source": page.source,
            "url": page.url,
            "address": page.address,
            "status": page.status,
            "fetched_at": page.fetched_at.isoformat(),
            "headers": dict(page.headers),
            "sha256": page.sha256,
            "length": page.length,
            "kept_sha256": hashlib.sha256(page.body).hexdigest(),
        }
        self._members.append(json.dumps(head, ensure_ascii=False).encode() + b"\n" + page.body)


def archive_files(archive: Path, source: str | None = None) -> list[Path]:
    """The archive files of a source, or of all, oldest first; files still being written are among them."""
    pattern = f"{source or '*'}/*/*{ENDING}"
    files = [*archive.glob(pattern), *archive.glob(pattern + PART)]
    return sorted(files, key=lambda path: (path.name, path.parts))


def is_in_clear(path: Path) -> bool:
    """True for a file that an earlier version of the program left, which sealed nothing and kept everything.

    False for one that a crawl has given its last name meanwhile.
    """
    with suppress(FileNotFoundError):
        return head_of(path) is None and isinstance(next(read_members(path), None), bytes)
    return False


def read_archive(path: Path, open_file: OpenFile | None = None) -> Iterator[ArchivedPage | PageDamage]:
    """The pages of a file, one in memory at a time, and in the place of each that cannot be read what is wrong.

    What a killed crawl left unfinished at the end is passed over. KeyMissing for a sealed file of which the key is not
    there.
    """
    for number, member in enumerate(read_members(path, open_file), start=1):
        if member is Rest.UNFINISHED:
            return
        place = f"网页存档 {path.name} 第{number}页"
        yield PageDamage(f"{place}起解不开压缩, 其后的读不了") if member is Rest.DAMAGED else _read(member, place)


def _read(member: bytes, place: str) -> ArchivedPage | PageDamage:
    head, _, body = member.partition(b"\n")
    try:
        record = json.loads(head)
        kept = record.pop("kept_sha256", record["sha256"])
        page = _page(record, body)
    except (ValueError, TypeError, KeyError) as exc:
        return PageDamage(f"{place}的文件头不对({type(exc).__name__})")
    if hashlib.sha256(body).hexdigest() != kept:
        return PageDamage(f"{place}与其校验值不符: {page.url}")
    return page


def _page(head: dict[str, object], body: bytes) -> ArchivedPage:
    moment = datetime.fromisoformat(str(head["fetched_at"]))
    return ArchivedPage(**{**head, "fetched_at": moment, "body": body})  # type: ignore[arg-type]
