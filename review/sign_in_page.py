"""The sign-in page."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from review.requests import check_form, desk_of, plain_page
from review.sessions import COOKIE, IDLE

router = APIRouter()


@router.get("/login")
def show(request: Request) -> HTMLResponse:
    """The form."""
    return plain_page(request, "login.html", 200, refused=False)


@router.post("/login")
def sign_in(request: Request, username: Annotated[str, Form()], password: Annotated[str, Form()]) -> Response:
    """To the feed with a session cookie, or the form again."""
    token = desk_of(request).sessions.sign_in(username.strip(), password)
    if token is None:
        return plain_page(request, "login.html", 401, refused=True)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(IDLE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/logout")
def sign_out(request: Request, csrf: Annotated[str, Form()]) -> Response:
    """To the sign-in page, the session closed."""
    check_form(request, csrf)
    desk_of(request).sessions.sign_out(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE)
    return response
