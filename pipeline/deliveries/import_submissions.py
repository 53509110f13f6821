"""Imports what was handed in through the web: one file after the other, beside the pages, and again after a restart.

The queue stands in the database and the files in the data directory. Who imports a submission holds a claim on it that
runs out when it is not renewed, so what a killed process left is taken up by the next one; the import itself goes on
where it stopped and takes no row twice.
"""

import contextlib
import itertools
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Self

from domain.accounts.account import AuditEntry
from domain.clock import Clock
from domain.deliveries.receipt import Origin, Receipt, ReceiptId
from domain.deliveries.reception import ReceptionLimits
from domain.deliveries.submission import FINISHED, UNDER_WAY, Submission, SubmissionKind, SubmissionState
from domain.failures.errors import AlreadyRunning, FileError, StorageError, ValueNotStorable
from domain.leads.lead import SYSTEM
from domain.places.office import Offices
from importers.progress import Progress
from pipeline.deliveries.register_reception import RegisterReception
from pipeline.registers.import_registry import Delivery as RegisterDelivery
from storage.deliveries.held_files import HeldFiles
from storage.store import Store

_LOG = logging.getLogger("submissions")
CLAIM_SECONDS = 60.0
"""A worker that died is replaced after this long."""
_RENEW_SECONDS = 5.0
_LOOK_SECONDS = 20.0
"""How often the queue is looked at without being woken, for what a killed process left."""
_TIDY_EVERY = 30
"""Looks between two tidyings."""
_STOP_SECONDS = 10.0
_GONE = "文件已不在服务器上, 没有导入, 请重新上传"
_BUG = "程序出错, 这个文件没有导入完, 已导入的行不会丢失; 请把文件名和时间告诉管理员"

ImportFile = Callable[[Path, Origin, Progress], Receipt]
"""Imports a file; FileError when it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionImports:
    """Everything that importing submissions needs."""

    store: Store
    held: HeldFiles
    clock: Clock
    limits: ReceptionLimits
    offices: Offices
    import_file: ImportFile
    registers: RegisterReception

    def import_all(self) -> int:
        """Import whatever is queued; how many submissions that were."""
        count = 0
        while (submission := self._claimed()) is not None:
            self._finish(submission)
            count += 1
        return count

    def import_now(self, submission_id: str) -> None:
        """Import this submission before returning, unless another worker is at it."""
        with self.store.unit_of_work() as work:
            taken = work.submissions.claim_this(submission_id, self.clock.now(), seconds=CLAIM_SECONDS)
            submission = work.submissions.get(submission_id)
            work.commit()
        if taken and submission is not None:
            self._finish(submission)

    def tidy(self) -> None:
        """Forget what waited too long for a person's word, and delete files that belong to no open submission."""
        before = self.clock.now() - timedelta(hours=self.limits.unconfirmed_hours)
        with self.store.unit_of_work() as work:
            for submission_id in work.submissions.forget_before(before):
                work.audit.append(self._entry(SYSTEM, "expire_submission", submission_id))
            found = {one: work.submissions.get(one) for one in self.held.ids()}
            work.commit()
        # A file without a submission may be arriving at this moment, so it has to be old.
        unknown = set(self.held.ids_before(before))
        for submission_id, submission in found.items():
            if submission_id in unknown if submission is None else submission.state in FINISHED:
                self.held.drop(submission_id)

    def _claimed(self) -> Submission | None:
        with self.store.unit_of_work() as work:
            submission = work.submissions.claim(self.clock.now(), seconds=CLAIM_SECONDS)
            work.commit()
        return submission

    def _finish(self, submission: Submission) -> None:
        """Import the file, write down what came of it, then delete it; a busy database leaves it for later."""
        try:
            with _Heartbeat(self, submission.id) as heartbeat:
                receipt_id = self._import(submission, heartbeat.count)
        except (FileError, ValueNotStorable) as exc:
            self._end(submission, SubmissionState.FAILED, message=str(exc))
        except (StorageError, AlreadyRunning) as exc:
            _LOG.warning("submission %s waits: %s", submission.id, exc.reason)
        except Exception:  # noqa: BLE001 - logged with its trace, and told to the person who handed the file in
            # One file that meets a mistake of ours must not keep all others from being imported.
            _LOG.exception("submission %s failed", submission.id)
            self._end(submission, SubmissionState.FAILED, message=_BUG)
        else:
            self._end(submission, SubmissionState.DONE, receipt_id=receipt_id)

    def _import(self, submission: Submission, progress: Progress) -> ReceiptId:
        path = self.held.path(submission.id)
        if path is None:
            raise FileError(_GONE)
        origin = replace(submission.origin, office=self.offices.of_region(submission.region))
        if submission.kind is SubmissionKind.REGISTER:
            chosen = RegisterDelivery(partial=submission.partial, confirmed=submission.confirmed)
            return self.registers.take_in(path, origin, submission.region, chosen)
        return self.import_file(path, origin, progress).id

    def _end(
        self, submission: Submission, state: SubmissionState, *, receipt_id: ReceiptId | None = None, message: str = ""
    ) -> None:
        with self.store.unit_of_work() as work:
            now = self.clock.now()
            work.submissions.move(submission.id, UNDER_WAY, state, now, receipt_id=receipt_id, message=message)
            detail = receipt_id or state.value
            work.audit.append(self._entry(submission.origin.who, "import_submission", submission.id, detail))
            work.commit()
        self.held.drop(submission.id)

    def _entry(self, actor: str, action: str, subject: str, detail: str = "") -> AuditEntry:
        return AuditEntry(at=self.clock.now(), actor=actor, action=action, subject=subject, detail=detail)


class _Heartbeat:
    """Renews the claim while a file is imported, from a thread of its own: one batch may take long."""

    def __init__(self, imports: SubmissionImports, submission_id: str) -> None:
        self._imports, self._submission_id = imports, submission_id
        self._rows = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def count(self, rows: int) -> None:
        """So many more rows are done."""
        self._rows += rows

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(_RENEW_SECONDS):
            # A claim lasts for many beats; one that meets a busy database is made up for by the next.
            with contextlib.suppress(StorageError), self._imports.store.unit_of_work() as work:
                now = self._imports.clock.now()
                work.submissions.renew(self._submission_id, now, seconds=CLAIM_SECONDS, rows=self._rows)
                work.commit()


class SubmissionWorker:
    """Imports submissions in a thread beside the pages, at once when woken and now and then by itself."""

    def __init__(self, imports: SubmissionImports) -> None:
        """Nothing runs before `start`."""
        self._imports = imports
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="submissions", daemon=True)

    def start(self) -> None:
        """Begin; what an earlier process left is taken up first."""
        self._thread.start()

    def wake(self) -> None:
        """Something was queued."""
        self._woken.set()

    def stop(self) -> None:
        """End; a file that takes longer is broken off, and the next process goes on with it."""
        self._stopped.set()
        self._woken.set()
        self._thread.join(_STOP_SECONDS)

    def _work(self) -> None:
        for look in itertools.count():
            if self._stopped.is_set():
                return
            try:
                if look % _TIDY_EVERY == 0:
                    self._imports.tidy()
                self._imports.import_all()
            except StorageError as exc:
                _LOG.warning("submissions wait: %s", exc.reason)
            self._woken.wait(_LOOK_SECONDS)
            self._woken.clear()
