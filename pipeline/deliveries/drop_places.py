"""Where files of the drop folder go, and names that every later step can write: readable, and short enough."""

import os
from dataclasses import dataclass
from pathlib import Path

from domain.clock import Clock, china_date
from storage.deliveries.held_files import clean_name

REGISTERS = "户籍台账"
"""Folder for household registers, the office's or the deployment's: whatever lies below it is read as one."""
DONE, REJECTED = "done", "rejected"
OWNER_ONLY = 0o600
_FOLDER_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True)
class DropPlaces:
    """The places of one file."""

    folder: Path
    """The drop folder."""
    relative: Path
    """The file's readable path below it."""
    clock: Clock

    @property
    def office(self) -> str:
        """The subfolder that says which office delivered it; empty for none, and for that of registers."""
        first, *rest = self.relative.parts
        return first if rest and first != REGISTERS else ""

    def free(self, state: str) -> Path:
        """A path under `state` and the day that no file has; only who claimed the file looks for its place."""
        today = china_date(self.clock.now())
        place = self.folder / state / f"{today:%Y-%m}" / f"{today:%d}" / self.relative
        for parent in reversed(place.relative_to(self.folder).parents):
            (self.folder / parent).mkdir(mode=_FOLDER_OWNER_ONLY, exist_ok=True)
        return _free(place)


def readable(relative: Path) -> Path:
    """The path with names that can be written down: those in GBK decoded, what no reader should see taken out."""
    return Path(*(clean_name(_decoded(part)) for part in relative.parts))


def readably_named(path: Path) -> Path | None:
    """The file, renamed where its name could not be written down or leaves no room for a receipt beside it.

    None when it is not there any more.
    """
    name = clean_name(_decoded(path.name))
    if name == path.name:
        return path
    target = _free(path.with_name(name))
    try:
        path.rename(target)
    except FileNotFoundError:
        return None
    except OSError:
        return path
    return target


def _decoded(name: str) -> str:
    """Names that an older system wrote in GBK come as bytes that are no UTF-8."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def _free(place: Path) -> Path:
    target, copies = place, 0
    while target.exists():
        copies += 1
        target = place.with_name(f"{place.stem}({copies}){place.suffix}")
    return target
