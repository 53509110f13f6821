"""Headers that make a browser refuse what the pages never need: scripts from elsewhere, frames, caches, referrers."""

from collections.abc import Awaitable, Callable

from fastapi import Request, Response

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


async def add_security_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """The response with its headers; only static files may be kept by the browser."""
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    static = request.url.path.startswith("/static/")
    response.headers["Cache-Control"] = "max-age=3600" if static else "no-store"
    return response
