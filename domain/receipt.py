"""What a clerk gets back for a delivered file: an outcome for every row."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from domain.document import DocumentId
from domain.labelled import Labelled

ReceiptId = NewType("ReceiptId", str)
"""Sixteen random hexadecimal digits: it says nothing of the file and cannot be guessed."""


class Way(Labelled):
    """By which way a file came in."""

    COMMAND = "command", "命令行"
    UPLOAD = "upload", "网页上传"
    FORM = "form", "网页登记"
    API = "api", "接口"
    DROP_FOLDER = "drop_folder", "收件箱文件夹"
    MAILBOX = "mailbox", "电子邮箱"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who delivered, by which way."""

    way: Way
    who: str = ""
    """Account, name of the API key, subfolder of the drop folder, or sender's address; empty where nobody is known."""


class RowOutcome(Labelled):
    """What became of one row."""

    ACCEPTED = "accepted", "已接收"
    DUPLICATE = "duplicate", "重复"
    REJECTED = "rejected", "退回"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong with a row or a cell, where, and what stood there."""

    sheet: str
    row: int
    """The sheet's own 1-based row; for CSV the physical line where the record starts."""
    column: str | None
    """Header text, or None for the whole row."""
    reason: str
    """Chinese sentence: what is wrong and what to do."""
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReceipt:
    """What became of one row of a file."""

    sheet: str
    row: int
    outcome: RowOutcome
    document_id: DocumentId | None = None
    """The record taken in, or the one it repeats."""
    problem: RowProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one file."""

    file: str
    file_sha256: str
    received_at: datetime
    rows: tuple[RowReceipt, ...]
    warnings: tuple[RowProblem, ...] = ()

    def count(self, outcome: RowOutcome) -> int:
        """How many rows had this outcome."""
        return sum(row.outcome is outcome for row in self.rows)
