"""The one way from a delivered file to its parts; the parent process never parses a byte of it."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from domain.failures.errors import FileError
from domain.failures.unreadable import why_unreadable
from importers.formats.confined.messages import Begin, End, Far, Message, Rows, TableStart
from importers.formats.confined.reading_process import Allowance, Died, Left, ReadingProcess
from importers.formats.limits import Limits, standard_limits
from importers.formats.parts import Form, Letter, Part, RefusedPart, Row, Table
from importers.formats.regular_file import open_regular

_RESTARTS = 5
"""Members that may kill the reading process before the rest of the file is given up."""


class Parts:
    """The parts of an opened file, one after the other."""

    def __init__(self, parts: Iterator[Part], share_read: Callable[[], float | None]) -> None:
        """`share_read` knows how far the file is read."""
        self._parts = parts
        self.share_read = share_read
        """Which share of the file is read, 0 to 1; None where that cannot be told."""

    def __iter__(self) -> Iterator[Part]:
        return self

    def __next__(self) -> Part:
        return next(self._parts)


@contextmanager
def open_parts(path: Path, limits: Limits | None = None) -> Iterator[Parts]:
    """The parts of the file in its order, in constant memory.

    The rows of a table are read while it is the last part that was asked for. What cannot be read is a `RefusedPart`;
    FileError (Chinese: file, what is wrong, what to do) when that is all that there is. The iteration itself raises
    nothing. Leaving the context ends the reading process.
    """
    limits = limits or standard_limits()
    with _opened(path, limits) as opened:
        reading = _Reading(opened, path.name, limits)
        try:
            parts = reading.parts()
            first = next(parts, None)
            if first is None:
                raise FileError(f"{path.name}: 没有任何内容, 请检查是否导出了空文件")
            if isinstance(first, RefusedPart) and first.part == "" and not first.sheet:
                raise FileError(f"{path.name}: {first.reason}")
            yield Parts(chain([first], parts), lambda: reading.share)
        finally:
            reading.close()


def _nothing_more(blamed: str) -> Generator[Message]:
    """After the last process died: behind a member there may have been others, and that is said."""
    if blamed:
        yield RefusedPart("", f"{blamed}之后的文件没有读取, 请把它们另外压缩后再提交")
    yield End()


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[BinaryIO]:
    try:
        opened = open_regular(path)
    except OSError as exc:
        raise FileError(f"{path.name}: 文件读不出来({why_unreadable(exc)}), 请检查路径和权限") from exc
    with opened:
        size = os.fstat(opened.fileno()).st_size
        if size == 0:
            raise FileError(f"{path.name}: 文件是空的, 请重新导出")
        if size > limits.file_bytes:
            most = limits.file_bytes // 1048576
            raise FileError(f"{path.name}: 文件有{size // 1048576}MB, 超过{most}MB, 请分开提交")
        yield opened


class _Reading:
    """Turns messages into parts, and goes on after a member that killed the reading process."""

    def __init__(self, opened: BinaryIO, name: str, limits: Limits) -> None:
        self._opened = opened
        self._name = name
        self._limits = limits
        self._left = Left(Allowance(limits.wall_seconds), Allowance(limits.told_bytes))
        self._begun: list[str] = [""]
        self._given_up: set[str] = set()
        self._table: TableStart | None = None
        self._last_row = 0
        self._pushed: Message | None = None
        """What ended the rows of a table, for the next question about parts."""
        self.share: float | None = None
        """How far the file is read, as the reading process told last."""
        self._start()

    def _start(self) -> None:
        self._process = ReadingProcess(self._opened, self._name, self._limits, self._done(), self._left)
        self._messages = self._process.messages()

    def close(self) -> None:
        """End the reading process."""
        self._messages.close()
        self._process.close()

    def parts(self) -> Iterator[Part]:
        """Every part; the last one says so when the rest was lost."""
        while True:
            message = self._next()
            if isinstance(message, End):
                return
            if isinstance(message, TableStart):
                self._table, self._last_row = message, 0
                rows = self._rows()
                yield Table(message.part, message.sheet, rows, message.hidden)
                for _ in rows:
                    pass
            elif isinstance(message, Letter | Form | RefusedPart):
                yield message

    def _rows(self) -> Iterator[Row]:
        while isinstance(message := self._next(), Rows):
            for row in message.rows:
                self._last_row = row.number
                yield row
        self._table = None
        self._pushed = message

    def _next(self) -> Message:
        if self._pushed is not None:
            message, self._pushed = self._pushed, None
            return message
        while True:
            try:
                message = next(self._messages)
            except Died as exc:
                return self._refuse(str(exc))
            if isinstance(message, Far):
                self.share = message.share
                continue
            if not isinstance(message, Begin):
                return message
            self._begun.append(message.part)
            self._process.next_member(message.part or self._name)

    def _refuse(self, reason: str) -> Message:
        """Blame the member begun last; start again behind it where there is more to read."""
        blamed = self._begun[-1]
        sheet, row = (self._table.sheet, self._last_row + 1) if self._table else ("", None)
        self._process.close()
        self._given_up.add(blamed)
        if blamed and self._left.is_enough and len(self._given_up) <= _RESTARTS:
            self._start()
        else:
            self._messages = _nothing_more(blamed)
        return RefusedPart(blamed, reason, sheet, row)

    def _done(self) -> list[str]:
        """Members that were read or given up; an archive around one that was given up is entered again."""
        blamed = self._begun[-1]
        return [part for part in self._begun if part == blamed or not f"{blamed}/".startswith(f"{part}/")][1:]
