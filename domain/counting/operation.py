"""How the installation is, for whoever runs it: counts and times, never a text and never a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.counting.stage_report import StageName
from domain.texts.document import DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class StageQueue:
    """One stage of the way."""

    stage: StageName
    documents: Sequence[DocumentId]
    """What waits, in the order in which it will be taken, as far as it was counted."""
    more: bool
    """True when more wait than were counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationState:
    """What no page can know by itself."""

    model: str
    queues: Sequence[StageQueue]
    free_bytes: int
    last_backup: datetime | None
    """None when there is no copy in the backup folder."""
    key: str
    """Chinese: which key is in use and whether a change is unfinished."""
    key_ok: bool
    second_reader: str
    """Model of the second reader; empty when none is configured."""
    second_reader_counts: Mapping[str, int]
    """Chinese words and counts of its last run."""
