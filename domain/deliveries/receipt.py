"""What a clerk gets back for a delivered file: an outcome for every row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType, Protocol

from domain.labelled import Labelled
from domain.texts.document import DocumentId

ReceiptId = NewType("ReceiptId", str)
"""Sixteen random hexadecimal digits: it says nothing of the file and cannot be guessed."""

MARK_COLUMN = "回执识别码"
"""Of which row of which receipt a row is, for knowing it again when the workbook comes back."""
RECEIPT_COLUMNS = ("回执结果", "回执说明", "原表行号", MARK_COLUMN)
"""What a receipt written as a table puts in front of the delivered columns; no content when it comes back."""


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
    office: str = ""
    """Whose numbers the records carry, as `domain.places.office.Offices` names it; empty for the deployment itself."""


class RowOutcome(Labelled):
    """What became of one row."""

    ACCEPTED = "accepted", "已接收"
    CORRECTED = "corrected", "按更正接收"
    DUPLICATE = "duplicate", "重复"
    REJECTED = "rejected", "退回"
    WARNED = "warned", "提示"
    """A remark, beside the outcome of the row it speaks of."""


REMARKED_TOO = (RowOutcome.ACCEPTED, RowOutcome.CORRECTED, RowOutcome.DUPLICATE)
"""Outcomes beside which a remark may stand: that a number is used elsewhere or was another person's, that the content
is that of several numbers or of a version that was corrected since."""
REMARKED = (RowOutcome.WARNED, *REMARKED_TOO)
"""Outcomes that carry remarks."""


class ReceiptState(Labelled):
    """How far the import of a file came."""

    UNDER_WAY = "under_way", "正在导入"
    """Or broken off: the same file delivered again goes on where it stopped."""
    FINISHED = "finished", "已完成"
    FAILED = "failed", "文件中途读不下去"


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
    """The record taken in, or the one it repeats; None for a repeat of what another office delivered."""
    earlier_id: DocumentId | None = None
    """The record that this one corrects; of a repeat beside which a remark stands, the one in effect."""
    problem: RowProblem | None = None
    """Why it was refused; of a row that was taken in what a person should look at."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of a refused or repeated row the cells as delivered, by header text; those of other rows are the record's."""
    position: int = 0
    """Counts the entries of the file from 0."""


class RowReader(Protocol):
    """Who gets a receipt, asked of each row."""

    def __call__(self, cells: str, *, accusation: bool) -> bool:
        """True when the reader may read a row of these cells; `accusation` where it is one, or may turn out to be."""
        ...


def reads_everything(cells: str, *, accusation: bool) -> bool:
    """The reader of a receipt that is kept from nobody."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTable:
    """A sheet, a text table or a letter of the file."""

    sheet: str
    columns: tuple[str, ...]
    """Headers in the order in which the file has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one file, in numbers; its rows are read page by page."""

    id: ReceiptId
    file: str
    file_sha256: str
    origin: Origin
    received_at: datetime
    state: ReceiptState
    finished_at: datetime | None
    counts: Mapping[RowOutcome, int]
    tables: tuple[ReceiptTable, ...] = ()
    failure: str = ""
    """Why the file could not be read to its end."""
    earlier_id: ReceiptId | None = None
    """The receipt of the same bytes delivered before."""

    def count(self, outcome: RowOutcome) -> int:
        """How many rows had this outcome; of `WARNED` how many remarks there are, also beside an outcome."""
        return self.counts.get(outcome, 0)

    @property
    def accepted(self) -> int:
        """Rows taken in, corrections among them."""
        return self.count(RowOutcome.ACCEPTED) + self.count(RowOutcome.CORRECTED)

    @property
    def has_header(self) -> bool:
        """True when columns were found in the file: what was refused are its rows."""
        return any(table.columns for table in self.tables)

    @property
    def refuses_all(self) -> bool:
        """True when rows were refused, and none was taken in or known before."""
        return self.count(RowOutcome.REJECTED) > 0 and self.accepted + self.count(RowOutcome.DUPLICATE) == 0
