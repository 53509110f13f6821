"""What somebody handed in through the web: from the moment it is stored until its receipt is written."""

from dataclasses import dataclass
from datetime import datetime

from domain.deliveries.receipt import Origin, ReceiptId
from domain.labelled import Labelled
from domain.places.region import RegionCode


class SubmissionState(Labelled):
    """How far a submission is.

    A file from a page waits until a person has looked at what was recognised; one from the interface is queued at once.
    """

    WAITING = "waiting", "待确认"
    QUEUED = "queued", "排队导入"
    RUNNING = "running", "正在导入"
    DONE = "done", "已导入"
    FAILED = "failed", "没有导入"
    DISCARDED = "discarded", "已撤回"


class SubmissionKind(Labelled):
    """What was handed in."""

    PETITIONS = "petitions", "信访件"
    REGISTER = "register", "户籍台账"


UNDER_WAY = frozenset({SubmissionState.QUEUED, SubmissionState.RUNNING})
"""What the worker has still to do."""
FINISHED = frozenset({SubmissionState.DONE, SubmissionState.FAILED, SubmissionState.DISCARDED})
"""Of these nothing is kept on disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file, one form or one batch of records."""

    id: str
    """32 hexadecimal digits: random, or a hash of the sender and the sender's own key; says nothing of the content."""
    origin: Origin
    region: RegionCode
    """The office it was handed in for; only this office sees it."""
    file: str
    """The file's name as the sender gave it, cleaned."""
    size: int
    """In bytes."""
    state: SubmissionState
    created_at: datetime
    changed_at: datetime
    rows: int = 0
    """Rows that the worker has got through."""
    receipt_id: ReceiptId | None = None
    message: str = ""
    """Why it was not imported, in Chinese."""
    kind: SubmissionKind = SubmissionKind.PETITIONS
    partial: bool = False
    """Of a register: households that the file does not name stay as they are."""
    confirmed: bool = False
    """Of a register: a person has said that what it removes is to go."""
    fingerprint: str = ""
    """SHA-256 of what was handed in under a key of the sender's own; the same key with other content is refused."""
