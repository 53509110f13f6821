"""Headers that make a browser refuse what the pages never need: scripts from elsewhere, frames, caches, referrers."""

from collections.abc import Awaitable, Callable

from fastapi import Request, Response

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Nothing to other sites. `no-referrer` would also make browsers send `Origin: null` with our own forms, which is
    # what a hostile page sends too (Fetch standard, "append a request Origin header").
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ONLY_HTTPS = "max-age=31536000"
"""A year; without subdomains, which may belong to other offices."""


async def add_security_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """The response with its headers; only static files may be kept by the browser."""
    response = await call_next(request)
    response.headers.update(headers_of(request.url.path, request.url.scheme))
    return response


def headers_of(path: str, scheme: str) -> dict[str, str]:
    """The headers of an answer to a request for the path."""
    cache = "max-age=3600" if path.startswith("/static/") else "no-store"
    secure = {"Strict-Transport-Security": _ONLY_HTTPS} if scheme == "https" else {}
    return {**_ALWAYS, **secure, "Cache-Control": cache}
