"""The spool: append-only files of JSON lines between crawl and pipeline.

Every line is a gzip member of its own, so that a killed crawl damages at most the line it was writing.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from crawlers.archiving.members import PART, MemberFile, MemberWriter, OpenFile, Rest, Seal, finish_stale, read_members
from crawlers.extraction.choice import Extractor
from crawlers.extraction.links import Attachment
from domain.words.vocabulary import Channel

_ENDING = ".jsonl.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolRecord:
    """One article as it was fetched."""

    source: str
    url: str
    title: str
    text: str
    published_at: datetime | None
    origin: str
    author: str
    fetched_at: datetime
    etag: str = ""
    last_modified: str = ""
    content_sha256: str = ""
    channel: Channel = Channel.NEWS
    editor: str = ""
    captions: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    original_text: str = ""
    """The text in traditional characters, where the page is written in them."""
    how: Extractor = Extractor.NONE
    page_sha256: str = ""
    """Under which the archive keeps the raw page; of an article on several pages, the last one."""
    awaits_reply: bool = False
    """True for a message to an office that had no reply yet."""


@dataclass(frozen=True, slots=True)
class SpoolDamage:
    """A line that cannot be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class SpoolLine:
    """A line with its 1-based number."""

    number: int
    content: SpoolRecord | SpoolDamage


class SpoolWriter(MemberFile):
    """Writes one run of one source; use as a context manager."""

    def __init__(self, spool: Path, source: str, started_at: datetime, seal: Seal | None = None) -> None:
        """Finish what an earlier, killed run of the source left open, then open a new file, in clear without a seal."""
        finish_stale(spool / source, _ENDING)
        path = spool / source / f"{started_at.strftime('%Y%m%dT%H%M%S%f')}{_ENDING}"
        super().__init__(MemberWriter(path, seal=seal))

    def write(self, record: SpoolRecord) -> None:
        """Append a line; it survives the death of the process, and after `sync` that of the machine."""
        self._members.append((json.dumps(_to_json(record), ensure_ascii=False) + "\n").encode())

    def sync(self) -> None:
        """Bring every line to the disk."""
        self._members.sync()


def spool_files(spool: Path, source: str | None = None) -> list[Path]:
    """The spool files of a source, or of all, oldest first; files still being written are among them."""
    pattern = f"{source or '*'}/*{_ENDING}"
    files = [*spool.glob(pattern), *spool.glob(pattern + PART)]
    return sorted(files, key=lambda path: (path.name, path.parent.name))


def unfinished_files(spool: Path, source: str) -> list[Path]:
    """The files of a source that a killed run left, or a running one is writing."""
    return sorted((spool / source).glob(f"*{_ENDING}{PART}"))


def spool_name(path: Path) -> str:
    """The file's name whether it is finished or not, for counting how far it was read."""
    return f"{path.parent.name}/{path.name.removesuffix(PART)}"


def read_spool(path: Path, skip: int, open_file: OpenFile | None = None) -> Iterator[SpoolLine]:
    """The lines after the first `skip`; what a killed crawl left unfinished is damage, unless it is still written.

    KeyMissing for a sealed file of which the key is not there.
    """
    number = 0
    for number, member in enumerate(read_members(path, open_file), start=1):
        if number <= skip:
            continue
        if isinstance(member, Rest):
            if path.suffix != PART:
                yield SpoolLine(number, SpoolDamage("这一行没有写完(抓取中断), 该网页会在下次抓取时重取"))
            return
        yield SpoolLine(number, _from_json(member))


def _to_json(record: SpoolRecord) -> dict[str, object]:
    content = asdict(record)
    content["published_at"] = record.published_at.isoformat() if record.published_at else None
    content["fetched_at"] = record.fetched_at.isoformat()
    return content


def _from_json(line: bytes) -> SpoolRecord | SpoolDamage:
    try:
        content = json.loads(line)
        published = content.pop("published_at")
        return SpoolRecord(
            **{
                **content,
                "published_at": datetime.fromisoformat(published) if published else None,
                "fetched_at": datetime.fromisoformat(content["fetched_at"]),
                "channel": Channel(content["channel"]),
                "captions": tuple(content.get("captions", ())),
                "attachments": tuple(Attachment(**one) for one in content.get("attachments", ())),
                "how": Extractor(content.get("how", Extractor.NONE)),
            }
        )
    except (ValueError, TypeError, KeyError, AttributeError) as exc:
        return SpoolDamage(f"内容不是抓取记录({type(exc).__name__}), 请保留该文件并告知管理员")
