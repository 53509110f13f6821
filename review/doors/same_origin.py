"""Refuses what another site makes a browser send, a second lock beside the form's token; and plain http if told to."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from review.doors.refusals import refuse

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})
_FOREIGN = "这次提交不是从本系统的页面发出的, 没有接收; 请打开本系统的页面再提交"
_PLAIN = "本系统只能用 https:// 开头的地址打开"
_NO_HOST = "地址写法不对"
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


class SameOrigin:
    """Answers 403 to a changing request that the browser says comes from elsewhere.

    `Sec-Fetch-Site` is sent over https only, `Origin` always by browsers; programs with a key of the interface send
    neither and carry no cookie. A Host that is none is refused: addresses of the pages are made of it.
    """

    def __init__(self, app: ASGIApp, *, https_only: bool) -> None:
        """Stand before the application."""
        self._app, self._https_only = app, https_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not _HOST.fullmatch(Headers(scope=scope).get("host", "none")):
            await refuse(scope, send, 400, _NO_HOST)
        elif self._https_only and scope["scheme"] != "https":
            await refuse(scope, send, 403, _PLAIN)
        elif scope["method"] in _HARMLESS or _is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
        else:
            await refuse(scope, send, 403, _FOREIGN)


def _is_own(headers: Headers) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN:
        return False
    return origin is None or origin.partition("://")[2] == headers.get("host")
