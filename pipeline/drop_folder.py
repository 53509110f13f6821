"""The drop folder: registers that clerks leave there are taken in, then moved with their receipt beside them.

Folders in it are the offices that deliver. `done` and `rejected` hold what was dealt with, by month and day.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.clock import Clock, china_date
from domain.errors import FileError
from domain.receipt import Origin, Receipt, RowOutcome, Way
from pipeline.import_petitions import import_petitions
from pipeline.receipt_record import receipt_json, receipt_sentence
from pipeline.receipt_workbook import write_receipt_workbook
from pipeline.settings import Settings
from storage.store import Store

DONE, REJECTED = "done", "rejected"
_SETTLED_SECONDS = 5.0
"""A file written to more recently than this may still be copied by the clerk's machine."""
_WATCHED_SECONDS = 2.0
"""So long a file must stay as it is before it is taken."""
_HALF_WRITTEN = frozenset({".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download"})
_OTHER_FILES = "户籍台账请用 qianshao import registry 导入, 帖子和留言板导出请用 qianshao import posts 导入"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropReceipt:
    """What became of one file of the drop folder."""

    file: str
    """Path below the drop folder."""
    moved_to: Path
    failed: bool
    message: str


def empty_drop_folder(
    store: Store,
    settings: Settings,
    clock: Clock,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> list[DropReceipt]:
    """Take in every file that has settled; one that cannot be read is moved aside, never deleted.

    Any number of schedulers may do it at the same time: a file is claimed before it is read. StorageError when the
    database cannot be used; the files then wait where they are.
    """
    folder = settings.drop_folder
    return [
        receipt
        for path in _settled(folder, clock, sleep)
        if (receipt := _take_in(store, settings, path, clock)) is not None
    ]


def _settled(folder: Path, clock: Clock, sleep: Callable[[float], None]) -> list[Path]:
    seen = {path: _state(path) for path in _delivered(folder)}
    now = clock.now().timestamp()
    old = {path: state for path, state in seen.items() if state and not 0 <= now - state.seconds < _SETTLED_SECONDS}
    if old:
        sleep(_WATCHED_SECONDS)
    return [path for path, state in old.items() if _state(path) == state]


def _delivered(folder: Path) -> Iterator[Path]:
    """Files below the folder in order; links are not followed, they could lead anywhere."""
    for path in _children(folder):
        if path.is_dir() and path.name not in {DONE, REJECTED}:
            yield from _below(path)
        elif path.is_file():
            yield path


def _below(folder: Path) -> Iterator[Path]:
    for path in _children(folder):
        if path.is_dir():
            yield from _below(path)
        elif path.is_file():
            yield path


def _children(folder: Path) -> Iterable[Path]:
    found = sorted(folder.iterdir()) if folder.exists() else []
    return [path for path in found if not path.is_symlink() and _is_whole(path)]


def _is_whole(path: Path) -> bool:
    return not path.name.startswith((".", "~$")) and path.suffix.lower() not in _HALF_WRITTEN


@dataclass(frozen=True, slots=True)
class _State:
    size: int
    seconds: float
    changed: int
    inode: int


def _state(path: Path) -> _State | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return _State(found.st_size, found.st_mtime, found.st_ctime_ns, found.st_ino)


def _take_in(store: Store, settings: Settings, path: Path, clock: Clock) -> DropReceipt | None:
    """None when another scheduler has the file."""
    relative = path.relative_to(settings.drop_folder)
    with store.claim(f"drop folder {relative}") as mine:
        if not mine or not path.exists():
            return None
        office = relative.parts[0] if len(relative.parts) > 1 else ""
        origin = Origin(way=Way.DROP_FOLDER, who=office[:128])
        try:
            found = _imported(store, settings, path, origin, clock)
            return _move(store, settings.drop_folder, relative, found, clock)
        except (OSError, FileError) as exc:
            reason = exc.strerror if isinstance(exc, OSError) else exc
            message = f"文件移不走({reason}), 请检查收件箱的权限和磁盘; 已经导入的行不会重复"
            return DropReceipt(file=str(relative), moved_to=path, failed=True, message=message)


def _imported(store: Store, settings: Settings, path: Path, origin: Origin, clock: Clock) -> Receipt | str:
    """The receipt, or why there is none."""
    try:
        return import_petitions(store, path, county=settings.county_code, clock=clock, origin=origin)
    except FileError as exc:
        return f"{exc}; {_OTHER_FILES}"


def _move(store: Store, folder: Path, relative: Path, found: Receipt | str, clock: Clock) -> DropReceipt:
    if isinstance(found, str):
        target = _free_place(folder / REJECTED, relative, clock)
        _write_json(target, [json.dumps({"file": relative.name, "error": found}, ensure_ascii=False, indent=1)])
        (folder / relative).replace(target)
        return DropReceipt(file=str(relative), moved_to=target, failed=True, message=found)
    rejected, message = found.count(RowOutcome.REJECTED), receipt_sentence(found)
    nothing_taken = rejected > 0 and found.accepted + found.count(RowOutcome.DUPLICATE) == 0
    if nothing_taken:
        message += f"; 没有一行能接收, 请核对交的是不是信访登记表; {_OTHER_FILES}"
    target = _free_place(folder / (REJECTED if nothing_taken else DONE), relative, clock)
    _write_json(target, receipt_json(store, found))
    if rejected:
        write_receipt_workbook(target.with_name(f"{target.name}.receipt.xlsx"), store, found)
    (folder / relative).replace(target)
    return DropReceipt(file=str(relative), moved_to=target, failed=rejected > 0, message=message)


def _free_place(folder: Path, relative: Path, clock: Clock) -> Path:
    """A path under the day's folder that no file has; only who claimed the file looks for its place."""
    today = china_date(clock.now())
    place = folder / f"{today:%Y-%m}" / f"{today:%d}" / relative
    place.parent.mkdir(parents=True, exist_ok=True)
    target, copies = place, 0
    while target.exists():
        copies += 1
        target = place.with_name(f"{place.stem}({copies}){place.suffix}")
    return target


def _write_json(target: Path, pieces: Iterable[str]) -> None:
    with target.with_name(f"{target.name}.receipt.json").open("w", encoding="utf-8") as output:
        output.writelines(pieces)
