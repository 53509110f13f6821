"""Previews that were made: each file is read once, few at a time, so that no reload of a page costs a reading."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from domain.failures.errors import ReviewError
from review.handing_in.preview import Preview

_AT_ONCE = 2
"""Files read at the same time; every one is a process that wants a core."""
_KEPT = 100


class PreviewNotReady(ReviewError):
    """The file is being read, or others are: ask again in a few seconds."""


@dataclass(frozen=True, slots=True)
class PreviewKey:
    """What a preview depends on."""

    submission_id: str
    headers: str
    """The confirmed headers that it was made with, as `KnownHeaders.mark` says."""


class Previews:
    """One object per running application."""

    def __init__(self) -> None:
        """Nothing made yet."""
        self._lock = Lock()
        self._made: OrderedDict[PreviewKey, Preview] = OrderedDict()
        self._being_made: set[PreviewKey] = set()

    def get(self, key: PreviewKey, make: Callable[[], Preview]) -> Preview:
        """The preview, made now where it was not made before; nobody waits for another one's file.

        Raises:
            PreviewNotReady: this file, or as many others as may be, are being read at this moment.
        """
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            if key in self._being_made or len(self._being_made) >= _AT_ONCE:
                raise PreviewNotReady("正在识别文件, 请几秒后再试")
            self._being_made.add(key)
        try:
            made = make()
        finally:
            with self._lock:
                self._being_made.discard(key)
        with self._lock:
            self._made[key] = made
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return made

    def forget(self, submission_id: str) -> None:
        """Keep nothing of a file that waits no longer."""
        with self._lock:
            for key in [key for key in self._made if key.submission_id == submission_id]:
                del self._made[key]
