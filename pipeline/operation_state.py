"""How the installation is, for the operator's board."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.counting.operation import OperationState, StageQueue
from domain.counting.stage_report import StageName
from domain.texts.second_reading import RequestStep
from pipeline.stages import second_read
from pipeline.stages.run import plan
from pipeline.stages.stage import Stage
from pipeline.upkeep.database_copies import is_put_aside
from storage.encryption.key_file import load_keyring
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_COUNTED = 1000
"""More than this nobody counts by eye; the page says that there are more."""


def operation_state(
    *,
    store: Store,
    stages: Sequence[Stage[Any]],
    model: str,
    home: Path,
    backups: Path,
    key_path: Path,
    second_reader: str,
) -> OperationState:
    """The state at this moment; KeyMissing when the key file cannot be read."""
    ring = load_keyring(key_path)
    changed = ring.indexed_from == ring.current.number
    unfinished = "" if changed else ", 更换没有完成"
    with store.reading() as work:
        return OperationState(
            model=model,
            queues=_queues(work, stages),
            free_bytes=shutil.disk_usage(home).free,
            last_backup=_last_backup(backups),
            key=f"第{ring.current.number}个密钥({ring.current.algorithm.label}){unfinished}",
            key_ok=changed,
            second_reader=second_reader,
            second_reader_counts=_second_reader_counts(work),
        )


def _queues(work: UnitOfWork, stages: Sequence[Stage[Any]]) -> tuple[StageQueue, ...]:
    found = []
    for planned in plan(stages):
        name, version = planned.stage.name, planned.version
        waiting = work.breadcrumbs.pending(name, version, after=planned.after, limit=_COUNTED + 1)
        found.append(StageQueue(stage=StageName(name), documents=waiting[:_COUNTED], more=len(waiting) > _COUNTED))
    return tuple(found)


def _last_backup(folder: Path) -> datetime | None:
    """When the newest file of the backup folder was written; whether it can be read back only a restore tells."""
    # What begins with a full stop is still being written, or was when something killed it.
    files = [one for one in folder.iterdir() if one.is_file() and one.name[0] != "."] if folder.is_dir() else []
    times = [one.stat().st_mtime for one in files if not is_put_aside(one)]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _second_reader_counts(work: UnitOfWork) -> dict[str, int]:
    last = work.stage_runs.last(second_read.NAME)
    if last is None:
        return {}
    details = last[1].details
    words = {"agrees": "一致", "disagrees": "分歧", **{step.value: step.label for step in RequestStep}}
    return {label: details[name] for name, label in words.items() if details.get(name)}
