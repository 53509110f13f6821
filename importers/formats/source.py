"""What a reader is given: the bytes of one member, where they came from, and the limits."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from importers.formats.limits import Limits


class Unreadable(Exception):
    """The member, or the rest of it, cannot be read; the message is Chinese and says what to do."""


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

    @property
    def ending(self) -> str:
        """The name's ending in small letters, with the dot."""
        return Path(self.name).suffix.lower()

    def member(self, name: str, stream: BinaryIO, size: int) -> "Source":
        """A member of this one."""
        part = f"{self.part}/{name}" if self.part else name
        return replace(self, stream=stream, size=size, name=Path(name).name, part=part, depth=self.depth + 1)

    def start(self) -> BinaryIO:
        """The stream, set back to its first byte."""
        self.stream.seek(0)
        return self.stream

    def head(self, count: int) -> bytes:
        """The first `count` bytes."""
        return self.start().read(count)
