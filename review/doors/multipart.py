"""Forms with files, streamed from the browser to the disk: no file is ever whole in memory, each has an upper limit."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from fastapi import Request
from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header
from starlette.requests import ClientDisconnect

from domain.failures.errors import ReviewError

_LONGEST_FIELD = 64 * 1024
_MOST_FIELDS = 50
_BROKEN = "上传没有完整到达, 请检查网络后重新上传"
_TOO_SLOW = "上传太慢或中断了, 没有收下, 请检查网络后重新上传"
_FULL = "等待导入的文件太多, 请等正在导入的完成后再上传"
_NO_ROOM = "服务器的磁盘写不进去, 没有收下文件, 请告诉管理员"

BeginFile = Callable[[str, Mapping[str, str]], BinaryIO]
"""Given a file's name and the fields before it, opens what the content goes into, or raises to refuse it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLimits:
    """How much one form may carry."""

    largest_file: int
    """Bytes of one file."""
    most_files: int
    take_room: Callable[[int], bool]
    """Asked for every piece of a file before it is written; False when the disk's share for such files is used up."""
    piece_seconds: float = 30.0
    """Within this time something has to come."""
    whole_seconds: float = 3600.0
    """Within this time all of it has to be here."""


@dataclass(slots=True)
class _Part:
    """The part that is being received."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: str = ""
    file: BinaryIO | None = None
    skipped: bool = False
    value: bytearray = field(default_factory=bytearray)
    size: int = 0


class _FormReceiver:
    """Callbacks of the parser; errors raised in them leave through it."""

    def __init__(self, begin_file: BeginFile, limits: FormLimits) -> None:
        self._begin_file, self._limits = begin_file, limits
        self.fields: dict[str, str] = {}
        self.files = 0
        self.ended = False
        self._part = _Part()
        self._header, self._value = b"", b""

    def callbacks(self) -> dict[str, Callable[..., None]]:
        """For the parser."""
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._end_headers,
            "on_part_data": self._data,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def close(self) -> None:
        """Close the file that is being written."""
        if self._part.file is not None:
            self._part.file.close()

    def _begin_part(self) -> None:
        self._part = _Part()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._part.headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._part.headers.get(b"content-disposition", b""))
        self._part.name = options.get(b"name", b"").decode(errors="replace")
        if b"filename" not in options:
            if len(self.fields) >= _MOST_FIELDS:
                raise ReviewError(_BROKEN)
            return
        name = options[b"filename"].decode(errors="replace")
        if not name:
            self._part.skipped = True
            return
        self.files += 1
        if self.files > self._limits.most_files:
            raise ReviewError(f"一次最多上传{self._limits.most_files}个文件, 请分几次上传")
        self._part.file = self._begin_file(name, self.fields)

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        part.size += end - start
        if part.file is not None:
            if part.size > self._limits.largest_file:
                raise ReviewError(f"文件超过{self._limits.largest_file // 1048576}MB, 请分成几个文件上传")
            if not self._limits.take_room(end - start):
                raise ReviewError(_FULL)
            part.file.write(data[start:end])
        elif not part.skipped:
            if part.size > _LONGEST_FIELD:
                raise ReviewError(_BROKEN)
            part.value += data[start:end]

    def _end_part(self) -> None:
        if self._part.file is not None:
            self._part.file.close()
        elif not self._part.skipped:
            self.fields[self._part.name] = self._part.value.decode(errors="replace")

    def _end(self) -> None:
        self.ended = True


async def _feed(request: Request, parser: MultipartParser, piece_seconds: float) -> None:
    pieces = request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(pieces), piece_seconds)
        except StopAsyncIteration:
            return
        parser.write(piece)


async def receive_form(request: Request, begin_file: BeginFile, limits: FormLimits) -> dict[str, str]:
    """The form's fields, its files written to where `begin_file` said; ReviewError when it is broken or too large.

    Fields that `begin_file` has to see must stand before the file in the form.
    """
    content_type, options = parse_options_header(request.headers.get("content-type", ""))
    if content_type != b"multipart/form-data" or b"boundary" not in options:
        raise ReviewError("没有收到文件, 请选择文件后再上传")
    receiver = _FormReceiver(begin_file, limits)
    parser = MultipartParser(options[b"boundary"], receiver.callbacks())  # type: ignore[arg-type]
    try:
        async with asyncio.timeout(limits.whole_seconds):
            await _feed(request, parser, limits.piece_seconds)
        parser.finalize()
    except (MultipartParseError, ClientDisconnect) as exc:
        raise ReviewError(_BROKEN) from exc
    except TimeoutError as exc:
        raise ReviewError(_TOO_SLOW) from exc
    except OSError as exc:
        raise ReviewError(_NO_ROOM) from exc
    finally:
        receiver.close()
    if not receiver.ended:
        raise ReviewError(_BROKEN)
    return receiver.fields
