"""Bodies that are too large or do not come."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from review.doors.body_limit import BodyLimit

SCOPE: Scope = {"type": "http", "scheme": "http", "path": "/", "headers": []}


async def reads_all(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers when the body is here, then waits for the caller to hang up."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await asyncio.wait_for(receive(), 5)


def status_of(pieces: list[tuple[float, Message]]) -> int:
    """The status of the answer when these pieces come, each after so many seconds."""
    sent: list[Message] = []

    async def receive() -> Message:
        seconds, message = pieces.pop(0)
        await asyncio.sleep(seconds)
        return message

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(BodyLimit(reads_all, largest=10, seconds=0.2)(SCOPE, receive, send))
    return int(sent[0]["status"])


def body(content: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": content, "more_body": more}


def test_a_body_that_stops_coming_is_cut_off():
    assert status_of([(0, body(b"a", more=True)), (5, body(b"b", more=False))]) == 408


def test_a_body_that_grows_too_large_is_cut_off():
    assert status_of([(0, body(b"a" * 9, more=True)), (0, body(b"a" * 9, more=False))]) == 413


def test_an_answer_may_take_longer_than_a_body():
    assert status_of([(0, body(b"a", more=False)), (0.5, {"type": "http.disconnect"})]) == 200
