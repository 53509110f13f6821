"""Boards, kept while nothing changed; counting a county of 200,000 leads takes an eighth of a second of processor time.

What was counted quickly is counted again as soon as something changed. What took long is shown as it was, with the time
of it, while it is counted anew beside; the day is part of the key, so nothing is shown that is older.
"""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

Counted = TypeVar("Counted")
_QUICK_SECONDS = 0.4
"""A page that takes longer is felt as slow on a phone."""
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Kept(Generic[Counted]):
    """One board, when it was counted and on what."""

    board: Counted
    mark: tuple[int, ...]
    at: datetime
    seconds: float
    current: bool = True
    """False where something was appended since."""


@dataclass
class KeptBoards(Generic[Counted]):
    """Of one application; nothing of it is on the disk, a restart counts anew."""

    _kept: dict[Hashable, Kept[Counted]] = field(default_factory=dict)
    _counting: set[Hashable] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable, mark: tuple[int, ...], count: Callable[[], Counted], at: datetime) -> Kept[Counted]:
        """The board of the key, counted by `count`, which may run in a thread of its own; `at` is now."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept.mark == mark:
            return kept
        if kept is None or kept.seconds <= _QUICK_SECONDS:
            return self._count(key, mark, count, at)
        self._count_beside(key, mark, count, at)
        return Kept(kept.board, kept.mark, kept.at, kept.seconds, current=False)

    def _count(self, key: Hashable, mark: tuple[int, ...], count: Callable[[], Counted], at: datetime) -> Kept[Counted]:
        begun = time.perf_counter()
        board = count()
        found = Kept(board, mark, at, time.perf_counter() - begun)
        with self._lock:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _count_beside(self, key: Hashable, mark: tuple[int, ...], count: Callable[[], Counted], at: datetime) -> None:
        with self._lock:
            if key in self._counting:
                return
            self._counting.add(key)

        def run() -> None:
            try:
                self._count(key, mark, count, at)
            finally:
                with self._lock:
                    self._counting.discard(key)

        threading.Thread(target=run, daemon=True).start()
