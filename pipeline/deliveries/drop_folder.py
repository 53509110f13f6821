"""The drop folder: registers that clerks leave there are taken in, then moved with their receipt beside them.

Folders in it are the offices that deliver. `done` and `rejected` hold what was dealt with, by month and day.
"""

import contextlib
import json
import logging
import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.accounts.account import AuditEntry
from domain.clock import Clock
from domain.deliveries.receipt import Origin, Receipt, RowOutcome, Way
from domain.failures.errors import AlreadyRunning, FileError, StorageError, ValueNotStorable
from domain.failures.unreadable import why_unreadable
from domain.leads.lead import SYSTEM
from pipeline.deliveries.drop_places import DONE, OWNER_ONLY, REGISTERS, REJECTED, DropPlaces, readable, readably_named
from pipeline.deliveries.drop_registers import is_register, take_register
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.receipt_record import receipt_json, receipt_sentence
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from pipeline.deliveries.register_reception import RegisterReception
from pipeline.settings.settings import Settings
from storage.store import Store

_LOG = logging.getLogger("drop_folder")
REFUSED_FILE = "refuse_file"
"""In the audit log: nothing of a file was taken in."""
_BUG = "程序出错, 这个文件没有导入完, 已导入的行不会丢失; 请把文件名和时间告诉管理员"
_SETTLED_SECONDS = 5.0
"""A file written to more recently than this may still be copied by the clerk's machine."""
_WATCHED_SECONDS = 2.0
"""So long a file must stay as it is before it is taken."""
_HALF_WRITTEN = frozenset({".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download"})
_OTHER_FILES = f"户籍台账请放到「{REGISTERS}」文件夹或在网页上交, 帖子和留言板的导出请交给管理员导入"
_MEND = "没有一行能接收, 请在回执表格里改好退回的行, 再放到收件箱里原来的位置"
_NO_FILE = "{kind}, 不是文件本身, 没有导入; 请删去它, 把文件复制进收件箱"
_SHUT = "文件夹打不开, 里面的文件没有导入; 请让管理员把文件夹的权限改好"
_CHANGED = "文件在导入时又被保存过, 还留在收件箱里, 下次按新的内容导入; 已经导入的行不会重复"
_NOT_HERE = "信访件请放到别的文件夹"


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
    registers: RegisterReception,
    sleep: Callable[[float], None] = time.sleep,
) -> list[DropReceipt]:
    """Take in every file that has settled; one that cannot be read is moved aside, never deleted.

    Any number of schedulers may do it at the same time: a file is claimed before it is read. Whatever one file does,
    the next one is looked at. StorageError when the database cannot be used; the files then wait where they are.
    """
    folder = settings.drop_folder
    named = (readably_named(path) for path in _settled(folder, clock, sleep))
    return [
        receipt
        for path in named
        if path is not None and (receipt := _take_in(store, settings, path, registers, clock)) is not None
    ]


def waiting_since(folder: Path, moment: datetime) -> int:
    """How many files lie in the drop folder that nobody has touched since the moment: none of them is taken in."""
    _check_open(folder)
    states = (_state(path) for path in _delivered(folder))
    return sum(state is not None and max(state.seconds, state.changed / 1e9) < moment.timestamp() for state in states)


def passed_over(folder: Path) -> Iterator[DropReceipt]:
    """What lies below the folder and is never taken in, each with what to do: links, pipes, folders that stay shut."""
    for path, message in _no_files(folder, (DONE, REJECTED)):
        name = str(readable(path.relative_to(folder)))
        yield DropReceipt(file=name, moved_to=path, failed=True, message=message)


def shut_folders(folder: Path) -> list[str]:
    """Folders below the drop folder that cannot be opened, so that nothing in them is taken in."""
    return [
        str(readable(path.relative_to(folder)))
        for path, message in _no_files(folder, (DONE, REJECTED))
        if message == _SHUT
    ]


def _no_files(folder: Path, left_out: Collection[str] = ()) -> Iterator[tuple[Path, str]]:
    for path, mode in _entries(folder):
        if path.name in left_out:
            continue
        if stat.S_ISDIR(mode):
            if not _opens(path):
                yield path, _SHUT
            yield from _no_files(path)
        elif not stat.S_ISREG(mode):
            yield path, _NO_FILE.format(kind="是链接" if stat.S_ISLNK(mode) else "是管道、套接字一类")


def _settled(folder: Path, clock: Clock, sleep: Callable[[float], None]) -> list[Path]:
    _check_open(folder)
    seen = {path: _state(path) for path in _delivered(folder)}
    now = clock.now().timestamp()
    old = {path: state for path, state in seen.items() if state and not 0 <= now - state.seconds < _SETTLED_SECONDS}
    if old:
        sleep(_WATCHED_SECONDS)
    return [path for path, state in old.items() if _state(path) == state]


def _delivered(folder: Path, left_out: Collection[str] = (DONE, REJECTED)) -> Iterator[Path]:
    """Files below the folder in order, without what lies in folders `left_out` of it; links are not followed."""
    for path, mode in _entries(folder):
        if stat.S_ISDIR(mode) and path.name not in left_out:
            yield from _delivered(path, left_out=())
        elif stat.S_ISREG(mode):
            yield path


def _entries(folder: Path) -> Iterator[tuple[Path, int]]:
    """What lies in the folder, each with its mode; nothing of one that cannot be opened, for the others are read on.

    What went away meanwhile or cannot be looked at is left out.
    """
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return
    for path in found:
        if not _is_whole(path):
            continue
        try:
            mode = path.lstat().st_mode
        except OSError:
            continue
        yield path, mode


def _check_open(folder: Path) -> None:
    """OSError where the drop folder itself stays shut: that is not one office's matter."""
    first = next(folder.iterdir(), None) if folder.exists() else None
    if first is not None:
        with contextlib.suppress(FileNotFoundError):
            first.lstat()


def _opens(folder: Path) -> bool:
    """False for a folder that may not be listed, or of which nothing may be looked at."""
    try:
        _check_open(folder)
    except OSError as exc:
        return isinstance(exc, FileNotFoundError)
    return True


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
        found = path.lstat()
    except OSError:
        return None
    is_file = stat.S_ISREG(found.st_mode)
    return _State(found.st_size, found.st_mtime, found.st_ctime_ns, found.st_ino) if is_file else None


def _take_in(
    store: Store, settings: Settings, path: Path, registers: RegisterReception, clock: Clock
) -> DropReceipt | None:
    """None when another scheduler has the file, or a register has to wait for the stages to end."""
    relative = path.relative_to(settings.drop_folder)
    with store.claim(f"drop folder {relative}") as mine:
        state = _state(path)
        if not mine or state is None:
            return None
        try:
            places = DropPlaces(settings.drop_folder, readable(relative), clock)
            found = _imported(store, settings, path, places, registers, clock)
            if _state(path) != state:
                # Somebody saved another version over it: put away unread, that would be lost.
                return DropReceipt(file=str(readable(relative)), moved_to=path, failed=True, message=_CHANGED)
            return _put_away(store, path, places, found, clock)
        except AlreadyRunning:
            return None
        except (OSError, FileError) as exc:
            reason = why_unreadable(exc) if isinstance(exc, OSError) else exc
            message = f"文件移不走({reason}), 请检查收件箱的权限和磁盘; 已经导入的行不会重复"
            return DropReceipt(file=str(readable(relative)), moved_to=path, failed=True, message=message)


def _imported(
    store: Store, settings: Settings, path: Path, places: DropPlaces, registers: RegisterReception, clock: Clock
) -> Receipt | str:
    """The receipt, or why there is none; AlreadyRunning for a register that has to wait."""
    folder = places.office
    office = settings.known_offices.of_folder(folder)
    origin = Origin(way=Way.DROP_FOLDER, who=folder[:128], office=office[:160])
    try:
        if is_register(places.relative):
            return take_register(path, folder, settings.known_offices, registers, origin)
        return import_petitions(store, path, county=settings.county_code, clock=clock, origin=origin)
    except FileError as exc:
        return str(exc)
    except ValueNotStorable as exc:
        return str(exc)
    except (StorageError, AlreadyRunning):
        raise
    except Exception:  # noqa: BLE001 - logged with its trace, and told beside the file
        # One file that meets a mistake of ours must not keep all others from being taken in.
        _LOG.exception("a file of the drop folder failed")
        return _BUG


def _put_away(store: Store, path: Path, places: DropPlaces, found: Receipt | str, clock: Clock) -> DropReceipt:
    if isinstance(found, str):
        target = places.free(REJECTED)
        error = json.dumps({"file": places.relative.name, "error": found}, ensure_ascii=False, indent=1)
        _move(path, target, lambda: _write_json(target, [error]))
        _note_refusal(store, places.office, "", clock)
        return DropReceipt(file=str(places.relative), moved_to=target, failed=True, message=found)
    rejected, message = found.count(RowOutcome.REJECTED), receipt_sentence(found)
    if found.refuses_all:
        message += f"; {_MEND if found.has_header else _look_what_it_is(places)}"
        _note_refusal(store, places.office, found.id, clock)
    target = places.free(REJECTED if found.refuses_all else DONE)
    _move(path, target, lambda: _write_receipts(store, target, found))
    return DropReceipt(file=str(places.relative), moved_to=target, failed=rejected > 0, message=message)


def _look_what_it_is(places: DropPlaces) -> str:
    asked = f"户籍台账; {_NOT_HERE}" if is_register(places.relative) else f"信访登记表; {_OTHER_FILES}"
    return f"没有一行能接收, 请看交的是不是{asked}"


def _move(path: Path, target: Path, write: Callable[[], None]) -> None:
    """The receipt first, so that no file lies without one; a receipt that cannot be written keeps no file from going.

    It stands in the database all the same, and a file that stayed would be taken in again at every look.
    """
    try:
        write()
    finally:
        path.replace(target)
        with contextlib.suppress(PermissionError):
            # A clerk's own file under another account keeps its rights; the folder around it is closed.
            target.chmod(OWNER_ONLY)


def _note_refusal(store: Store, office: str, receipt_id: str, clock: Clock) -> None:
    entry = AuditEntry(at=clock.now(), actor=SYSTEM, action=REFUSED_FILE, subject=receipt_id, detail=office[:128])
    with store.unit_of_work() as work:
        work.audit.append(entry)
        work.commit()


def _write_receipts(store: Store, target: Path, found: Receipt) -> None:
    _write_json(target, receipt_json(store, found))
    if found.count(RowOutcome.REJECTED):
        write_receipt_workbook(target.with_name(f"{target.name}.receipt.xlsx"), store, found)


def _write_json(target: Path, pieces: Iterable[str]) -> None:
    path = target.with_name(f"{target.name}.receipt.json")
    with open(path, "w", encoding="utf-8", opener=_owner_only) as output:
        output.writelines(pieces)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)
