"""What the ways in ask of the floor beside them, and who hands something in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.accounts.account import Account
from domain.accounts.api_key import ApiKey
from domain.deliveries.receipt import ReceiptId, RowReader
from domain.deliveries.reception import ReceptionLimits
from domain.deliveries.register_preview import RegisterPreview
from domain.deliveries.submission import Submission
from domain.places.office import Offices
from domain.places.region import RegionCode
from storage.deliveries.held_files import HeldFiles


class Reception(Protocol):
    """Imports submissions; whoever joins the parts hands in something that does."""

    @property
    def limits(self) -> ReceptionLimits:
        """How much is taken at a time."""
        ...

    @property
    def held(self) -> HeldFiles:
        """Where files wait."""
        ...

    @property
    def county(self) -> RegionCode:
        """The county whose petitions are taken in."""
        ...

    @property
    def offices(self) -> Offices:
        """Who gives the numbers of what is handed in."""
        ...

    def import_now(self, submission_id: str) -> None:
        """Import a queued submission before returning; afterwards it is done or failed, and its file is gone."""
        ...

    def write_receipt(self, receipt_id: ReceiptId, path: Path, may_read: RowReader) -> None:
        """Write the receipt, as its reader may read it, as a workbook to mend what failed and to hand in again."""
        ...

    def preview_register(self, submission: Submission) -> RegisterPreview:
        """What the register that waits would change, as a person chose; FileError when it cannot be read."""
        ...

    def write_register_report(self, submission: Submission, path: Path) -> None:
        """Write the same as a workbook, with everything that the checks say; FileError as above."""
        ...

    def wake(self) -> None:
        """Something was queued: begin with it at once, beside the request."""
        ...


@dataclass(frozen=True, slots=True)
class Sender:
    """A clerk or a program, and the office in whose name it hands in."""

    who: str
    region: RegionCode


def sender_of(somebody: Account | ApiKey) -> Sender:
    """The sender that an account or a key is."""
    return Sender(somebody.actor if isinstance(somebody, ApiKey) else somebody.username, somebody.region)
