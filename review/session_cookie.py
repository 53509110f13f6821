"""The cookie that carries a session: out of reach of scripts, of other sites and, over https, of the network."""

from datetime import timedelta

from fastapi import Request
from fastapi.responses import Response

COOKIE = "qianshao_session"
"""Its name over plain http."""


def cookie_name(request: Request) -> str:
    """Over https the browser itself guards the name: no neighbour of the host can set it (`__Host-`)."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def session_token(request: Request) -> str:
    """The token that the request carries; empty without one."""
    return request.cookies.get(cookie_name(request), "")


def keep_session(request: Request, response: Response, token: str, lasts: timedelta) -> None:
    """Put the session into the browser for at most so long."""
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=int(lasts.total_seconds()),
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def drop_session(request: Request, response: Response) -> None:
    """Take the session out of the browser."""
    response.delete_cookie(
        cookie_name(request), path="/", httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
