"""The cookies of a session and of a known device: out of reach of scripts, other sites and, over https, the network."""

from datetime import timedelta
from typing import Literal

from fastapi import Request
from fastapi.responses import Response

COOKIE = "qianshao_session"
"""Its name over plain http."""
_DEVICE = "qianshao_device"
_FLOW = "qianshao_sso"


def cookie_name(request: Request, name: str = COOKIE) -> str:
    """Over https the browser itself guards the name: no neighbour of the host can set it (`__Host-`)."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def session_token(request: Request) -> str:
    """The token that the request carries; empty without one."""
    return request.cookies.get(cookie_name(request), "")


def device_token(request: Request) -> str:
    """What the browser keeps of accounts that signed in with it; empty where none did."""
    return request.cookies.get(cookie_name(request, _DEVICE), "")


def keep_session(request: Request, response: Response, token: str, lasts: timedelta) -> None:
    """Put the session into the browser for at most so long."""
    _keep(request, response, COOKIE, token, lasts)


def keep_device(request: Request, response: Response, token: str, lasts: timedelta) -> None:
    """Let the browser be known for at most so long; signing out leaves it known."""
    _keep(request, response, _DEVICE, token, lasts)


def flow_token(request: Request) -> str:
    """The way to the county's sign-in server and back that this browser is on; empty where it is on none."""
    return request.cookies.get(cookie_name(request, _FLOW), "")


def keep_flow(request: Request, response: Response, flow: str, lasts: timedelta) -> None:
    """Let the browser be on this way; lax, for the way back is a link from another site."""
    _keep(request, response, _FLOW, flow, lasts, same_site="lax")


def drop_flow(request: Request, response: Response) -> Response:
    """The answer, with which the way is over."""
    _drop(request, response, _FLOW)
    return response


def _keep(
    request: Request,
    response: Response,
    name: str,
    token: str,
    lasts: timedelta,
    same_site: Literal["lax", "strict"] = "strict",
) -> None:
    response.set_cookie(
        cookie_name(request, name),
        token,
        max_age=int(lasts.total_seconds()),
        path="/",
        httponly=True,
        samesite=same_site,
        secure=request.url.scheme == "https",
    )


def drop_session(request: Request, response: Response) -> None:
    """Take the session out of the browser."""
    _drop(request, response, COOKIE)


def _drop(request: Request, response: Response, name: str) -> None:
    secure = request.url.scheme == "https"
    response.delete_cookie(cookie_name(request, name), path="/", httponly=True, samesite="strict", secure=secure)
