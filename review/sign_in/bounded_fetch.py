"""Asks the county's sign-in server so that nobody else waits for it: in few threads, for a short time, not in vain.

A page is made by one of some forty threads. A server that hangs, or answers one byte at a time, would hold one for each
person who tries to sign in, until no page of anybody is answered.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock, Thread
from typing import Any

from domain.clock import Clock
from domain.failures.errors import SingleSignOnFailed
from review.sign_in.single_sign_on import DISCOVERY, Fetch
from review.sign_in.single_sign_on_fetch import NO_ANSWER

_MOST_AT_ONCE = 6
_MOST_WAITING = 12
"""Pages, with those that are being answered."""
_SECONDS = 8.0
"""How long a page waits for one answer, whatever the server does meanwhile."""
_TURN = 2.0
"""Seconds that a page waits for its turn."""
_FAILURES = 3
"""In a row, after which nobody is kept waiting for a while."""
_PAUSE = timedelta(seconds=30)
_DESCRIPTION_LASTS = timedelta(minutes=5)
_BUSY = "统一身份认证服务正忙或没有应答, 请稍后再试, 或用本系统的密码登录"


@dataclass
class BoundedFetch:
    """Another fetch, bounded; SingleSignOnFailed at once while too many ask, or the server has stopped answering."""

    fetch: Fetch
    clock: Clock
    seconds: float = _SECONDS
    _pages: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_MOST_WAITING))
    _slots: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_MOST_AT_ONCE))
    _lock: Lock = field(default_factory=Lock)
    _failures: int = 0
    _paused_until: datetime | None = None
    _description: tuple[str, Mapping[str, Any], datetime] | None = None

    def get(self, url: str) -> Mapping[str, Any]:
        """The object at the address; what the server says of itself may be some minutes old, its keys never are."""
        if not url.endswith(DISCOVERY):
            return self._bounded(lambda: self.fetch.get(url))
        kept = self._description
        if kept is not None and kept[0] == url and self.clock.now() < kept[2]:
            return kept[1]
        found = self._bounded(lambda: self.fetch.get(url))
        self._description = (url, found, self.clock.now() + _DESCRIPTION_LASTS)
        return found

    def post(self, url: str, fields: Mapping[str, str], user: str, password: str) -> Mapping[str, Any]:
        """The object that answers a form, sent with basic authentication."""
        return self._bounded(lambda: self.fetch.post(url, fields, user, password))

    def _bounded(self, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        if self._is_paused() or not self._pages.acquire(blocking=False):
            raise SingleSignOnFailed(_BUSY, reason="busy")
        try:
            return self._in_turn(ask)
        finally:
            self._pages.release()

    def _in_turn(self, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        if not self._slots.acquire(timeout=min(_TURN, self.seconds)):
            raise SingleSignOnFailed(_BUSY, reason="busy")
        answer: Future[Mapping[str, Any]] = Future()
        # A thread of its own, that no end of the program waits for; it keeps its slot until the server lets it go.
        asking = Thread(target=self._run, args=(ask, answer), daemon=True, name="single-sign-on")
        try:
            asking.start()
        except RuntimeError as exc:
            # The machine has no thread to give: nobody would ever give the slot back.
            self._slots.release()
            raise SingleSignOnFailed(_BUSY, reason="busy") from exc
        try:
            found = answer.result(self.seconds)
        except TooLate as exc:
            self._note(answered=False)
            raise SingleSignOnFailed(_BUSY, reason=NO_ANSWER) from exc
        except SingleSignOnFailed as exc:
            # One that refuses has answered: nobody shuts others out by bringing back what it does not know.
            self._note(answered=exc.reason != NO_ANSWER)
            raise
        self._note(answered=True)
        return found

    def _run(self, ask: Callable[[], Mapping[str, Any]], answer: Future[Mapping[str, Any]]) -> None:
        try:
            found = ask()
        except Exception as exc:  # noqa: BLE001 - raised again in the thread that waits
            answer.set_exception(exc)
        else:
            answer.set_result(found)
        finally:
            self._slots.release()

    def _is_paused(self) -> bool:
        with self._lock:
            return self._paused_until is not None and self.clock.now() < self._paused_until

    def _note(self, *, answered: bool) -> None:
        with self._lock:
            self._failures = 0 if answered else self._failures + 1
            self._paused_until = self.clock.now() + _PAUSE if self._failures >= _FAILURES else None
