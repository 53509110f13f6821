"""Answers given before the application is asked, as problem details with the headers that every answer has."""

import json

from starlette.types import Scope, Send

from review.doors.security_headers import headers_of


async def refuse(scope: Scope, send: Send, status: int, said: str) -> None:
    """Send the answer, after which the connection ends: the rest of the request is not read."""
    body = json.dumps({"title": said, "status": status, "detail": said}, ensure_ascii=False).encode()
    headers = {
        **headers_of("", scope["scheme"]),
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": body})
