"""What the pages and the interface ask for when something is handed in, joined from the parts that do it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.deliveries.receipt import ReceiptId, RowReader, reads_everything
from domain.deliveries.reception import ReceptionLimits
from domain.deliveries.register_preview import RegisterPreview
from domain.deliveries.submission import Submission
from domain.failures.errors import FileError
from domain.places.office import Offices
from domain.places.region import RegionCode
from pipeline.deliveries.import_submissions import SubmissionImports
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from storage.deliveries.held_files import HeldFiles


@dataclass(frozen=True, slots=True)
class WebReception:
    """Imports submissions, at once or by waking the worker."""

    imports: SubmissionImports
    county: RegionCode
    wake_worker: Callable[[], None]

    @property
    def offices(self) -> Offices:
        """Who gives the numbers of what is handed in."""
        return self.imports.offices

    @property
    def limits(self) -> ReceptionLimits:
        """How much is taken at a time."""
        return self.imports.limits

    @property
    def held(self) -> HeldFiles:
        """Where files wait."""
        return self.imports.held

    def import_now(self, submission_id: str) -> None:
        """Import a queued submission before returning."""
        self.imports.import_now(submission_id)

    def wake(self) -> None:
        """Something was queued."""
        self.wake_worker()

    def preview_register(self, submission: Submission) -> RegisterPreview:
        """What the register would change."""
        path, office = self._register(submission), self.offices.of_region(submission.region)
        return self.imports.registers.preview(path, office, submission.region, partial=submission.partial)

    def write_register_report(self, submission: Submission, path: Path) -> None:
        """Write what the register would change, and what the checks say of it, as a workbook."""
        held, office = self._register(submission), self.offices.of_region(submission.region)
        registers, region = self.imports.registers, submission.region
        registers.write_report(held, office, region, partial=submission.partial, target=path)

    def _register(self, submission: Submission) -> Path:
        path = self.held.path(submission.id)
        if path is None:
            raise FileError("文件已不在服务器上, 请撤回后重新上传")
        return path

    def write_receipt(self, receipt_id: ReceiptId, path: Path, may_read: RowReader = reads_everything) -> None:
        """Write the receipt as a workbook for this reader; FileError when there is no such receipt."""
        with self.imports.store.reading() as work:
            receipt = work.receipts.get(receipt_id)
        if receipt is None:
            raise FileError(f"没有编号为 {receipt_id} 的回执")
        write_receipt_workbook(path, self.imports.store, receipt, may_read)
