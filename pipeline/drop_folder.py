"""The drop folder: registers that clerks leave there are taken in, then moved with their receipt beside them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.clock import Clock, china_date
from domain.errors import FileError
from domain.receipt import RowOutcome
from pipeline.import_petitions import import_petitions
from pipeline.receipt_record import receipt_record
from pipeline.settings import Settings
from storage.store import Store

_SETTLED_SECONDS = 5.0
"""A file written to more recently than this may still be copied by the clerk's machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropReceipt:
    """What became of one file of the drop folder."""

    file: str
    moved_to: Path
    failed: bool
    message: str


def empty_drop_folder(store: Store, settings: Settings, clock: Clock) -> list[DropReceipt]:
    """Take in every settled file, one transaction each; a file that cannot be read is moved aside, never deleted."""
    return [_take_in(store, settings, path, clock) for path in _settled(settings.drop_folder, clock.now())]


def _settled(folder: Path, now: datetime) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        visible = path.is_file() and not path.name.startswith((".", "~$"))
        if visible and now.timestamp() - path.stat().st_mtime >= _SETTLED_SECONDS:
            yield path


def _take_in(store: Store, settings: Settings, path: Path, clock: Clock) -> DropReceipt:
    try:
        receipt = import_petitions(store, path, county=settings.county_code, clock=clock)
    except FileError as exc:
        record: dict[str, object] = {"file": path.name, "error": str(exc)}
        moved = _move(path, settings.drop_folder / "rejected", record, clock)
        return DropReceipt(file=path.name, moved_to=moved, failed=True, message=str(exc))
    moved = _move(path, settings.drop_folder / "done", receipt_record(receipt), clock)
    rejected = receipt.count(RowOutcome.REJECTED)
    message = (
        f"接收{receipt.count(RowOutcome.ACCEPTED)}条, 重复{receipt.count(RowOutcome.DUPLICATE)}条, 退回{rejected}条"
    )
    return DropReceipt(file=path.name, moved_to=moved, failed=rejected > 0, message=message)


def _move(path: Path, folder: Path, record: dict[str, object], clock: Clock) -> Path:
    """Move the file under the day's folder without replacing one of the same name, the receipt written first."""
    day = folder / china_date(clock.now()).isoformat()
    day.mkdir(parents=True, exist_ok=True)
    target, copies = day / path.name, 0
    while target.exists():
        copies += 1
        target = day / f"{path.stem}({copies}){path.suffix}"
    receipt = target.with_name(target.name + ".receipt.json")
    receipt.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    path.replace(target)
    return target
