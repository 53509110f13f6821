"""Which key a call carries, whether it is good for what is asked, and how often it called."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from domain.accounts.api_key import ApiKey, KeyScope
from review.api.problems import ApiRefused
from review.requests import Desk, desk_of
from review.sign_in.callers import caller_of
from review.sign_in.key_secrets import key_id_of, matches

_BEARER = HTTPBearer(auto_error=False, description="qianshao account key create 给出的密钥")
_NOTED_EVERY = timedelta(minutes=1)
"""A call writes nothing unless the last note of the key's use is older than this."""
_UNKNOWN = "密钥无效、已过期或已作废, 请向信访办索取新的密钥"


def key_with(scope: KeyScope) -> Callable[..., ApiKey]:
    """A dependency: the caller's key when it is valid, has this scope, and does not call too often."""

    def key(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]) -> ApiKey:
        found = _valid_key(request, credentials.credentials if credentials else "")
        if scope not in found.scopes:
            desk_of(request).note_of(found.actor, "api_refused", "", scope.value)
            raise ApiRefused(403, f"这个密钥没有「{scope.label}」的权限, 请向信访办申请")
        return found

    return key


def _valid_key(request: Request, text: str) -> ApiKey:
    desk, now = desk_of(request), desk_of(request).clock.now()
    key_id = key_id_of(text)
    with desk.store.reading() as work:
        key = work.api_keys.get(key_id) if key_id else None
    if key is None or not matches(key, text) or not key.is_valid(now):
        raise _refused(request, desk, key)
    _slow_down(request, key.actor)
    if key.last_used_at is None or now - key.last_used_at >= _NOTED_EVERY:
        with desk.store.unit_of_work() as work:
            work.api_keys.note_use(key.id, now)
            work.commit()
    return key


def _refused(request: Request, desk: Desk, key: ApiKey | None) -> ApiRefused:
    """The refusal, written down unless this address fills the log with its tries."""
    caller = caller_of(request)
    _slow_down(request, f"address:{caller.network}")
    desk.note_of(key.actor if key is not None else "key:unknown", "api_refused", "", caller.address)
    return ApiRefused(401, _UNKNOWN, {"WWW-Authenticate": "Bearer"})


def _slow_down(request: Request, caller: str) -> None:
    wait = request.app.state.rate_limit.wait_of(caller, desk_of(request).clock.now())
    if wait:
        raise ApiRefused(429, f"请求太快, 请{wait}秒后再试", {"Retry-After": str(wait)})
