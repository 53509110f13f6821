"""One POST to a checked address: no redirect, no proxy, one try, bounded in time and size."""

import socket
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from domain.failures.errors import NoticeError
from notices.address import Address, Resolve, allowed_addresses, resolve

LARGEST = 64 * 1024
"""Bytes of an answer that are read; a good one is empty or a line."""
_PIECE = 8 * 1024
UNREACHABLE = "unreachable"
"""Reason of an error where nobody answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to, and how long at most."""

    address: Address
    timeout_seconds: float
    intranet: bool = False
    """True when an address of the intranet was declared."""
    certificates: Path | None = None
    """File of the certificate authority for https; the machine's own when none."""
    look_up: Resolve = resolve


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    @property
    def taken(self) -> bool:
        """True for 2xx."""
        return 200 <= self.status < 300


class _EndingConnection(HTTPConnection):
    """Is over after its timeout, however slowly the other side goes on: one receiver must not hold up all others."""

    def connect(self) -> None:
        super().connect()
        _end_in_time(self)


class _EndingSecureConnection(HTTPSConnection):
    """The same over TLS."""

    def connect(self) -> None:
        super().connect()
        _end_in_time(self)


def _end_in_time(connection: HTTPConnection) -> None:
    """The library's timeout begins anew with every byte; this one does not."""
    if connection.sock is not None and connection.timeout is not None:
        end = Timer(connection.timeout, _shut, [connection.sock])
        end.daemon = True
        end.start()


def _shut(open_socket: socket.socket) -> None:
    with suppress(OSError):
        open_socket.shutdown(socket.SHUT_RDWR)


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _EndingConnection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _EndingSecureConnection


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    """The answer, whatever its status; NoticeError with reason `unreachable` when none came."""
    numbers = allowed_addresses(target.address, intranet=target.intranet, look_up=target.look_up)
    for number in numbers[:-1]:
        try:
            return _post_to(target, number, body, headers)
        except NewConnectionError:
            continue
    try:
        return _post_to(target, numbers[-1], body, headers)
    except NewConnectionError as exc:
        raise NoticeError("推送没有送到(连不上)", reason=UNREACHABLE) from exc


def _post_to(target: Target, number: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    deadline = time.monotonic() + target.timeout_seconds
    sent = {"Host": target.address.named, "User-Agent": "qianshao", **headers}
    with _pool(target, number) as pool:
        try:
            response = pool.urlopen(
                "POST",
                target.address.resource,
                body=body,
                headers=sent,
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            with closing(response):
                return Answer(response.status, _read(response, deadline))
        except NewConnectionError:
            raise
        except HTTPError as exc:
            raise NoticeError(f"推送没有送到({type(exc).__name__})", reason=UNREACHABLE) from exc


def _pool(target: Target, number: str) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(total=target.timeout_seconds)
    if target.address.scheme == "http":
        return _Pool(number, target.address.port, timeout=timeout)
    return _SecurePool(
        number,
        target.address.port,
        timeout=timeout,
        server_hostname=target.address.host,
        assert_hostname=target.address.host,
        ca_certs=str(target.certificates) if target.certificates else None,
    )


def _read(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """The beginning of the body; the library's time-out begins anew with every piece, so the deadline is kept here."""
    pieces: list[bytes] = []
    while piece := response.read1(_PIECE, decode_content=False):
        pieces.append(piece)
        if sum(map(len, pieces)) > LARGEST or time.monotonic() > deadline:
            break
    return b"".join(pieces)[:LARGEST]
