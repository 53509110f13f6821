"""Forms with files: the same whatever the pieces in which they arrive, and no piece of anything brings them down."""

import asyncio
import contextlib
import io
import itertools
import tracemalloc
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from domain.failures.errors import ReviewError
from review.doors.multipart import FormLimits, receive_form
from storage.deliveries.held_files import HeldFiles

BODY = (
    b'--b0\r\nContent-Disposition: form-data; name="csrf"\r\n\r\ntoken\r\n'
    b'--b0\r\nContent-Disposition: form-data; name="file"; filename="\xe8\xa1\xa8.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\na,b\r\n1,2\r\n--not\r\n\r\n"
    b'--b0\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--b0--\r\n'
)


class Kept(io.BytesIO):
    """What was written, after it was closed."""

    content = b""

    def close(self) -> None:
        if not self.closed:
            self.content = self.getvalue()
        super().close()


def received(
    chunks: list[bytes], content_type: str = "multipart/form-data; boundary=b0"
) -> tuple[dict[str, str], dict[str, bytes], list[Mapping[str, str]]]:
    """The fields, the files, and the fields that were known when each file began."""
    files: dict[str, Kept] = {}
    seen: list[Mapping[str, str]] = []
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Message:
        return waiting.pop(0)

    def begin(name: str, fields: Mapping[str, str]) -> BinaryIO:
        seen.append(dict(fields))
        files[name] = Kept()
        return files[name]

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", content_type.encode())]}
    held = HeldFiles(Path("unused"))
    limits = FormLimits(largest_file=1000, most_files=2, take_room=lambda size: held.take_room(size, 1500))
    fields = asyncio.run(receive_form(Request(scope, receive), begin, limits))
    return fields, {name: file.content for name, file in files.items()}, seen


@given(st.lists(st.integers(0, len(BODY)), max_size=12))
def test_a_form_is_the_same_whatever_its_pieces(cuts: list[int]):
    places = [0, *sorted(cuts), len(BODY)]
    chunks = [BODY[start:end] for start, end in pairwise(places)]

    fields, files, seen = received(chunks)

    assert fields == {"csrf": "token"}
    assert files == {"表.csv": b"a,b\r\n1,2\r\n--not\r\n"}
    assert seen == [{"csrf": "token"}]


@given(st.binary(max_size=300), st.integers(0, len(BODY)), st.integers(0, len(BODY)))
def test_garbage_is_refused_or_read_and_never_more(garbage: bytes, start: int, end: int):
    with contextlib.suppress(ReviewError):
        fields, files, _ = received([BODY[:start] + garbage + BODY[end:]])
        assert sum(len(content) for content in (*fields.values(), *files.values())) <= len(BODY) + len(garbage)


def test_a_large_file_goes_to_the_disk_piece_by_piece(tmp_path: Path):
    piece, pieces = b"x" * 65_536, 1600
    head, tail = BODY[: BODY.index(b"a,b")], b"\r\n--b0--\r\n"
    path = tmp_path / "a.csv"
    coming = iter([head, *itertools.repeat(piece, pieces), tail])

    async def receive() -> Message:
        body = next(coming, None)
        return {"type": "http.request", "body": body or b"", "more_body": body is not None}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"multipart/form-data; boundary=b0")]}
    limits = FormLimits(largest_file=300 << 20, most_files=1, take_room=lambda _size: True)
    tracemalloc.start()
    asyncio.run(receive_form(Request(scope, receive), lambda _name, _fields: path.open("wb"), limits))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert path.stat().st_size == len(piece) * pieces
    assert most < 4 << 20


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "multipart/form-data; boundary="])
def test_what_is_no_form_with_files_is_told(kind: str):
    with pytest.raises(ReviewError, match="没有"):
        received([BODY], kind)


def form(*parts: tuple[str, bytes]) -> bytes:
    made = [
        f'--b0\r\nContent-Disposition: form-data; name="x"{rest}\r\n\r\n'.encode() + content + b"\r\n"
        for rest, content in parts
    ]
    return b"".join(made) + b"--b0--\r\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (form(('; filename="a"', b"x" * 1001)), "超过0MB"),
        (form(('; filename="a"', b"x" * 900), ('; filename="b"', b"x" * 900)), "等待导入的文件太多"),
        (form(*[(f'; filename="{name}"', b"x") for name in "abc"]), "一次最多上传2个"),
        (form(("", b"x" * 70_000)), "没有完整到达"),
        (form(*[(f"{number}", b"x") for number in range(60)]), "没有完整到达"),
        (BODY[:-20], "没有完整到达"),
        (b"", "没有完整到达"),
    ],
)
def test_what_is_too_much_or_too_little_is_told(body: bytes, said: str):
    with pytest.raises(ReviewError, match=said):
        received([body])
