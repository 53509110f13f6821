"""Members of an archive or a mail: named apart, counted, and read one by one; a bad one costs itself."""

from collections.abc import Callable
from typing import BinaryIO

from importers.formats.sink import Sink
from importers.formats.source import Source, printable


class Members:
    """Reads the members of one container."""

    def __init__(self, container: Source, sink: Sink, read: Callable[[Source, Sink], None]) -> None:
        self._container = container
        self._sink = sink
        self._read = read
        self._names: set[str] = set()
        self._copies: dict[str, int] = {}
        """Of each name how many have it so far: counting from one anew would take the square of their number."""

    def read(self, name: str, stream: BinaryIO, size: int) -> None:
        """Read one; an empty one is refused."""
        source = self._container.member(self.distinct(name), stream, size)
        if not self._sink.begins(source.part, source.sent):
            return
        if size == 0:
            self._sink.refused(source.part, "文件是空的, 请重新导出")
        else:
            self._read(source, self._sink)

    def refuse(self, name: str, reason: str) -> None:
        """Say that a member is not even opened."""
        part = self._container.member(self.distinct(name), self._container.stream, 0).part
        if self._sink.begins(part):
            self._sink.refused(part, reason)

    def leave_out(self, name: str, reason: str) -> None:
        """Say that a member is no delivery."""
        part = self._container.member(self.distinct(name), self._container.stream, 0).part
        if self._sink.begins(part):
            self._sink.left_out(part, reason)

    def distinct(self, name: str) -> str:
        """The name; with a number behind it when an earlier member has the same one."""
        name = printable(name)
        given = name
        while name in self._names:
            count = self._copies[given] = self._copies.get(given, 1) + 1
            head, _, ending = given.rpartition(".")
            name = f"{head}({count}).{ending}" if head else f"{given}({count})"
        self._names.add(name)
        return name
