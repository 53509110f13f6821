"""An upper limit for what a request may carry: forms are small, and whoever sends more is cut off."""

import asyncio
from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.doors.refusals import refuse

_LARGEST = 8 * 1024 * 1024
_SECONDS = 60.0
"""Within this time a body has to be here; forms and batches are small."""
_SLOW = "提交太慢或中断了, 没有接收, 请检查网络后重新提交"
_MESSAGE = "提交的内容太多, 请分几次提交"


class BodyLimit:
    """Answers 413 as soon as a body is larger than a form or a batch of records can be, 408 when it does not come."""

    def __init__(
        self, app: ASGIApp, own_limits: Collection[str] = (), largest: int = _LARGEST, seconds: float = _SECONDS
    ) -> None:
        """Addresses in `own_limits` count for themselves."""
        self._app, self._own_limits, self._largest, self._seconds = app, own_limits, largest, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its body."""
        if scope["type"] != "http" or scope["path"].rstrip("/") in self._own_limits:
            await self._app(scope, receive, send)
            return
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if declared.isdigit() and int(declared) > self._largest:
            await refuse(scope, send, 413, _MESSAGE)
            return
        counter = _Counter(receive, send, self._largest, self._seconds)
        try:
            await self._app(scope, counter.receive, counter.send)
        except* _CutOff:
            # Alone or among what the tasks of a middleware raised with it: the caller is answered below.
            pass
        if counter.cut_off and not counter.answered:
            await refuse(scope, send, *counter.cut_off)


class _CutOff(Exception):
    """More came than may come, or it came too slowly."""


class _Counter:
    """Counts what is received."""

    def __init__(self, receive: Receive, send: Send, largest: int, seconds: float) -> None:
        self._receive, self._send, self._left = receive, send, largest
        self._ends_at = asyncio.get_running_loop().time() + seconds
        self._whole = False
        self.answered = False
        self.cut_off: tuple[int, str] | None = None

    async def receive(self) -> Message:
        """The next message; raises when it is too much."""
        if self._whole:
            # Waits for the caller to hang up, however long the answer takes.
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends_at):
                message = await self._receive()
        except TimeoutError:
            self.cut_off = 408, _SLOW
            raise _CutOff from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.cut_off = 413, _MESSAGE
            raise _CutOff
        self._whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Send; what the application says to a body that was cut off is left out."""
        if self.cut_off is None or self.answered:
            self.answered = True
            await self._send(message)
