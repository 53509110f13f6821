"""One HTTP request to the second reader: to a checked address, no redirect, no proxy, bounded in time and size."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from domain.failures.errors import SecondReaderUnreachable
from nlp.second_reader.address import Endpoint, Resolve, addresses_inside, resolve

LARGEST = 256 * 1024
"""Bytes of an answer; a good one has two or three thousand."""
_PIECE = 16 * 1024
_RESOURCE = "/chat/completions"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back."""

    status: int
    retry_after: str
    body: bytes


class Transport(Protocol):
    """Sends one request."""

    def post(self, body: bytes) -> HttpAnswer:
        """The answer, whatever its status; SecondReaderUnreachable when none came in time."""
        ...


@dataclass(frozen=True)
class IntranetTransport:
    """Connects by number to an address that was just looked up and checked; a new connection for every request."""

    endpoint: Endpoint
    timeout_seconds: float
    key: str = ""
    """Bearer token; none is sent when empty."""
    certificates: Path | None = None
    """File of the certificate authority for https; the machine's own when none."""
    look_up: Resolve = resolve
    monotonic: Callable[[], float] = time.monotonic

    def post(self, body: bytes) -> HttpAnswer:
        """The answer; ConfigError when the address lies outside the intranet."""
        addresses = addresses_inside(self.endpoint, self.look_up)
        for address in addresses[:-1]:
            try:
                return self._post_to(address, body)
            except NewConnectionError:
                continue
        try:
            return self._post_to(addresses[-1], body)
        except NewConnectionError as exc:
            raise SecondReaderUnreachable("第二判读服务连不上") from exc

    def _post_to(self, address: str, body: bytes) -> HttpAnswer:
        deadline = self.monotonic() + self.timeout_seconds
        with self._pool(address) as pool:
            try:
                response = pool.urlopen(
                    "POST",
                    self.endpoint.path + _RESOURCE,
                    body=body,
                    headers=self._headers(),
                    retries=False,
                    redirect=False,
                    preload_content=False,
                    decode_content=False,
                )
                with closing(response):
                    body_read = self._read(response, deadline)
                return HttpAnswer(response.status, response.headers.get("Retry-After", ""), body_read)
            except NewConnectionError:
                raise
            except SSLError as exc:
                raise SecondReaderUnreachable("第二判读服务的证书通不过, 请核对 certificates") from exc
            except HTTPError as exc:
                raise SecondReaderUnreachable(f"第二判读服务没有应答({type(exc).__name__})") from exc

    def _pool(self, address: str) -> urllib3.HTTPConnectionPool:
        timeout = urllib3.Timeout(total=self.timeout_seconds)
        if self.endpoint.scheme == "http":
            return urllib3.HTTPConnectionPool(address, self.endpoint.port, timeout=timeout)
        return urllib3.HTTPSConnectionPool(
            address,
            self.endpoint.port,
            timeout=timeout,
            server_hostname=self.endpoint.host,
            ca_certs=str(self.certificates) if self.certificates else None,
        )

    def _headers(self) -> dict[str, str]:
        headers = {"Host": self.endpoint.named, "Content-Type": "application/json", "Accept": "application/json"}
        return {**headers, "Authorization": f"Bearer {self.key}"} if self.key else headers

    def _read(self, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        """The body; the time-out of the library begins anew with every piece, so the deadline is kept here."""
        pieces: list[bytes] = []
        while piece := response.read1(_PIECE, decode_content=False):
            pieces.append(piece)
            if sum(map(len, pieces)) > LARGEST:
                raise SecondReaderUnreachable(f"第二判读服务的应答超过{LARGEST // 1024}KB, 已中断")
            if self.monotonic() > deadline:
                raise SecondReaderUnreachable("第二判读服务应答太慢, 已中断")
        return b"".join(pieces)
