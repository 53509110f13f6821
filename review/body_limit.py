"""An upper limit for what a request may carry: forms are small, and whoever sends more is cut off."""

import contextlib
import json
from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGEST = 8 * 1024 * 1024
_MESSAGE = "提交的内容太多, 请分几次提交"


class BodyLimit:
    """Answers 413 as soon as a body is larger than a form or a batch of records can be."""

    def __init__(self, app: ASGIApp, own_limits: Collection[str] = (), largest: int = _LARGEST) -> None:
        """Addresses in `own_limits` count for themselves."""
        self._app, self._own_limits, self._largest = app, own_limits, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its body."""
        if scope["type"] != "http" or scope["path"].rstrip("/") in self._own_limits:
            await self._app(scope, receive, send)
            return
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if declared.isdigit() and int(declared) > self._largest:
            await _refuse(send)
            return
        counter = _Counter(receive, send, self._largest)
        with contextlib.suppress(_TooLarge):
            await self._app(scope, counter.receive, counter.send)
        if counter.exceeded and not counter.answered:
            await _refuse(send)


class _TooLarge(Exception):
    """More came than was declared."""


class _Counter:
    """Counts what is received."""

    def __init__(self, receive: Receive, send: Send, largest: int) -> None:
        self._receive, self._send, self._left = receive, send, largest
        self.answered, self.exceeded = False, False

    async def receive(self) -> Message:
        """The next message; raises when it is too much."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.exceeded = True
            raise _TooLarge
        return message

    async def send(self, message: Message) -> None:
        """Send; what the application says to a body that was cut off is left out."""
        if not self.exceeded or self.answered:
            self.answered = True
            await self._send(message)


async def _refuse(send: Send) -> None:
    body = json.dumps({"title": _MESSAGE, "status": 413, "detail": _MESSAGE}, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
