"""Files that were handed in through the web and wait for their import: readable by this system alone, then deleted."""

import shutil
import unicodedata
from datetime import datetime
from pathlib import Path
from threading import Lock

_LONGEST_BYTES = 180
"""A name is cut here; file systems take 255 bytes, and copies get something added."""
_NAMELESS = "未命名"
_UNSAFE = frozenset('/\\:*?"<>|')


class HeldFiles:
    """One folder for each submission, named by its id, with the one file inside under its own cleaned name."""

    def __init__(self, folder: Path) -> None:
        """Keep the files below `folder`, which is made when it is first needed."""
        self._folder = folder
        self._lock = Lock()
        self._arriving = 0

    def take_room(self, size: int, room: int) -> bool:
        """True when so many more bytes may arrive; `room` is what is left for all that arrive at this moment."""
        with self._lock:
            if self._arriving + size > room:
                return False
            self._arriving += size
            return True

    def give_room(self, size: int) -> None:
        """These bytes do not arrive any more: they are written down in the database, or deleted."""
        with self._lock:
            self._arriving -= size

    def reserve(self, submission_id: str, name: str) -> Path:
        """Where the content is to be written; the folder is there afterwards and belongs to this account alone."""
        folder = self._of(submission_id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / clean_name(name)
        path.touch(mode=0o600)
        return path

    def rename(self, held_id: str, submission_id: str) -> bool:
        """True when the files lie under another id now; False when something lies there: both stay as they are."""
        try:
            self._of(held_id).rename(self._of(submission_id))
        except OSError:
            return False
        return True

    def path(self, submission_id: str) -> Path | None:
        """The submission's file, None when it is not there."""
        folder = self._of(submission_id)
        return next((path for path in folder.iterdir() if path.is_file()), None) if folder.is_dir() else None

    def drop(self, submission_id: str) -> None:
        """Delete the submission's file; nothing happens when it is gone already."""
        shutil.rmtree(self._of(submission_id), ignore_errors=True)

    def ids(self) -> list[str]:
        """Submissions of which something lies here."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return [path.name for path in found if path.is_dir() and _is_id(path.name)]

    def ids_before(self, moment: datetime) -> list[str]:
        """Those of which nothing was written since a moment."""
        return [one for one in self.ids() if self._of(one).stat().st_mtime < moment.timestamp()]

    def _of(self, submission_id: str) -> Path:
        if not _is_id(submission_id):
            raise ValueError("a submission's id is letters and digits")
        return self._folder / submission_id


def clean_name(name: str) -> str:
    """The last part of a sender's file name without anything that a file system, a page or a reader takes amiss.

    Control characters and those that turn the direction of writing go; what is too long is cut before the ending.
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(
        "_" if sign in _UNSAFE else sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}
    ).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = kept, "", ""
    room = _LONGEST_BYTES - len((dot + ending).encode())
    return (stem.encode()[:room].decode(errors="ignore").strip() or _NAMELESS) + dot + ending


def _is_id(name: str) -> bool:
    return name.isascii() and name.isalnum()
