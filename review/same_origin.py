"""Refuses what another site makes a browser send, a second lock beside the form's token; and plain http if told to."""

import json
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})
_FOREIGN = "这次提交不是从本系统的页面发出的, 没有接收; 请打开本系统的页面再提交"
_PLAIN = "本系统只能用 https:// 开头的地址打开"


class SameOrigin:
    """Answers 403 to a changing request that the browser says comes from elsewhere.

    `Sec-Fetch-Site` is sent over https only, `Origin` always by browsers; programs with a key of the interface send
    neither and carry no cookie.
    """

    def __init__(self, app: ASGIApp, *, https_only: bool) -> None:
        """Stand before the application."""
        self._app, self._https_only = app, https_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._https_only and scope["scheme"] != "https":
            await _refuse(send, _PLAIN)
        elif scope["method"] in _HARMLESS or _is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
        else:
            await _refuse(send, _FOREIGN)


def _is_own(headers: Headers) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN:
        return False
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


async def _refuse(send: Send, said: str) -> None:
    body = json.dumps({"title": said, "status": 403, "detail": said}, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/problem+json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
