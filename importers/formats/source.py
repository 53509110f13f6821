"""What a reader is given: the bytes of one member, where they came from, and the limits."""

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from importers.formats.limits import Limits

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LONGEST_NAME = 500


class Unreadable(Exception):
    """The member, or the rest of it, cannot be read; the message is Chinese and says what to do."""


UNFORESEEN = "文件已损坏或内容不完整, 读不出来; 请用原来的软件打开, 另存后再提交"
"""Said when a parser threw what no reader of ours expects."""


def printable(name: str) -> str:
    """A name of a member, sheet or letter without what moves the cursor or turns the direction of writing."""
    return "".join(character for character in name if unicodedata.category(character) not in _UNPRINTABLE)[
        :_LONGEST_NAME
    ]


def reason_of(exc: Exception) -> str:
    """What to tell the clerk about whatever a parser threw."""
    if isinstance(exc, Unreadable):
        return str(exc)
    if isinstance(exc, MemoryError):
        return "读取时超出内存上限, 请分成几个较小的文件再提交"
    return UNFORESEEN


class Budget:
    """What all archives and mails of one delivered file may unpack together."""

    def __init__(self, limits: Limits) -> None:
        self._members = limits.members
        self._bytes = limits.unpacked_bytes

    def take(self, members: int, size: int) -> None:
        """Take so many members and bytes; Unreadable when there are not enough left."""
        self._members -= members
        self._bytes -= size
        if self._members < 0 or self._bytes < 0:
            raise Unreadable("压缩包或邮件里的文件太多, 后面的没有读取; 请分成几次提交")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One member of a delivered file, or the file itself; only ever inside the reading process."""

    stream: BinaryIO
    """Seekable, at its start."""
    size: int
    name: str
    """File name with its ending."""
    part: str
    """Path inside the delivered file, "" for the file itself."""
    depth: int
    """0 for the file itself, 1 for a member of it, 2 for a member of an archive in it."""
    folder: Path
    """The one folder that the reading process may write to."""
    limits: Limits
    budget: Budget
    sent: str = ""
    """When the mail was sent to which this is attached; "" for everything else."""

    @property
    def ending(self) -> str:
        """The name's ending in small letters, with the dot."""
        return Path(self.name).suffix.lower()

    def member(self, name: str, stream: BinaryIO, size: int) -> "Source":
        """A member of this one."""
        part = f"{self.part}/{name}" if self.part else name
        return replace(self, stream=stream, size=size, name=Path(name).name, part=part, depth=self.depth + 1)

    def converted(self, stream: BinaryIO, size: int) -> "Source":
        """The same member in another format."""
        return replace(self, stream=stream, size=size)

    def start(self) -> BinaryIO:
        """The stream, set back to its first byte."""
        self.stream.seek(0)
        return self.stream

    @property
    def is_delivered_file(self) -> bool:
        """Whether this is the whole of what was delivered, not a member of it."""
        return self.depth == 0

    def share_read(self) -> float:
        """Which share of the bytes lies before the place at which the stream stands."""
        return self.stream.tell() / self.size

    def head(self, count: int) -> bytes:
        """The first `count` bytes."""
        return self.start().read(count)
