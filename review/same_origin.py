"""Refuses what another site makes a browser send: the second lock beside the token of the form."""

import json
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})
_MESSAGE = "这次提交不是从本系统的页面发出的, 没有接收; 请打开本系统的页面再提交"


class SameOrigin:
    """Answers 403 to a changing request that the browser says comes from elsewhere.

    `Sec-Fetch-Site` is sent over https only, `Origin` always by browsers; programs with a key of the interface send
    neither and carry no cookie.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _HARMLESS or _is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        body = json.dumps({"title": _MESSAGE, "status": 403, "detail": _MESSAGE}, ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 403, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _is_own(headers: Headers) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN:
        return False
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")
