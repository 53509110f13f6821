"""How often one caller may call: so many within the last minute, counted in memory of this process."""

import math
from collections import deque
from datetime import datetime, timedelta
from threading import Lock

_WINDOW = timedelta(minutes=1)
_MOST_CALLERS = 10_000
"""Callers remembered at a time; the one that was quiet longest is forgotten first."""


class RateLimit:
    """One object per running application."""

    def __init__(self, per_minute: int) -> None:
        """Allow so many calls of each caller in any minute."""
        self._per_minute = per_minute
        self._calls: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait_of(self, caller: str, now: datetime) -> int:
        """0 when the caller may call now, and then the call is counted; else the seconds that it has to wait."""
        with self._lock:
            calls = self._calls.pop(caller, deque())
            while calls and now - calls[0] >= _WINDOW:
                calls.popleft()
            self._calls[caller] = calls
            if len(self._calls) > _MOST_CALLERS:
                del self._calls[next(iter(self._calls))]
            if len(calls) >= self._per_minute:
                return max(1, math.ceil((calls[0] + _WINDOW - now).total_seconds()))
            calls.append(now)
            return 0
