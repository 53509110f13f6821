"""Requests to the county's sign-in server: no redirect, no proxy, bounded in time and size."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from domain.failures.errors import SingleSignOnFailed

NO_ANSWER = "no_answer"
"""Reason where the server could not be reached, or not in time."""
_WRONG_ANSWER = "wrong_answer"
_LARGEST = 256 * 1024
_PIECE = 16 * 1024
_SECONDS = 5.0
_GOOD = 200


class HttpFetch:
    """Asks over HTTP; SingleSignOnFailed when no JSON object comes back."""

    def __init__(self, certificates: Path | None = None) -> None:
        """Trust the authority of the file, or the machine's own."""
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(total=_SECONDS),
            retries=False,
            ca_certs=str(certificates) if certificates is not None else None,
        )

    def get(self, url: str) -> Mapping[str, Any]:
        """The object at the address."""
        return self._ask("GET", url, {})

    def post(self, url: str, fields: Mapping[str, str], user: str, password: str) -> Mapping[str, Any]:
        """The object that answers a form, sent with basic authentication."""
        headers = urllib3.make_headers(basic_auth=f"{user}:{password}")
        headers["content-type"] = "application/x-www-form-urlencoded"
        return self._ask("POST", url, headers, urlencode(fields))

    def _ask(self, method: str, url: str, headers: Mapping[str, str], body: str | None = None) -> Mapping[str, Any]:
        try:
            answer = self._pool.request(
                method,
                url,
                headers={**headers, "accept": "application/json"},
                body=body,
                preload_content=False,
                redirect=False,
            )
            try:
                content = _read(answer)
            finally:
                answer.close()
        except (HTTPError, OSError) as exc:
            raise _failed(NO_ANSWER) from exc
        try:
            found = json.loads(content) if answer.status == _GOOD and len(content) <= _LARGEST else None
        except (ValueError, RecursionError) as exc:
            raise _failed(_WRONG_ANSWER) from exc
        if not isinstance(found, dict):
            raise _failed(_WRONG_ANSWER)
        return found


def _read(answer: BaseHTTPResponse) -> bytes:
    """The body as far as it came in time; the limit of the connection holds for each piece only."""
    content, until = b"", time.monotonic() + _SECONDS
    while len(content) <= _LARGEST and (piece := answer.read1(_PIECE, decode_content=True)):
        content += piece
        if time.monotonic() > until:
            raise OSError("the answer came too slowly")
    return content


def _failed(reason: str) -> SingleSignOnFailed:
    return SingleSignOnFailed("统一身份认证服务没有正常应答, 请稍后再试, 或用本系统的密码登录", reason=reason)
