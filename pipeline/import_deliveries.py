"""Imports what was handed in through the web: one file after the other, beside the pages, and again after a restart.

The queue stands in the database and the files in the data directory. Who imports a delivery holds a claim on it that
runs out when it is not renewed, so what a killed process left is taken up by the next one; the import itself goes on
where it stopped and takes no row twice.
"""

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from domain.account import AuditEntry
from domain.clock import Clock
from domain.delivery import FINISHED, UNDER_WAY, Delivery, DeliveryState
from domain.errors import DatabaseBusy, FileError, StorageError
from domain.intake import IntakeLimits
from domain.lead import SYSTEM
from domain.receipt import Origin, Receipt, ReceiptId
from storage.held_files import HeldFiles
from storage.store import Store

_LOG = logging.getLogger("deliveries")
CLAIM_SECONDS = 60.0
"""A worker that died is replaced after this long."""
_RENEW_SECONDS = 5.0
_LOOK_SECONDS = 20.0
"""How often the queue is looked at without being woken, for what a killed process left."""
_GONE = "文件已不在服务器上, 没有导入, 请重新上传"

_BUG = "程序出错, 这个文件没有导入完, 已导入的行不会丢失; 请把文件名和时间告诉管理员"

Progress = Callable[[int], None]
"""Told how many more rows are done."""
ImportFile = Callable[[Path, Origin, Progress], Receipt]
"""Imports a file; FileError when it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryImports:
    """Everything that importing deliveries needs."""

    store: Store
    held: HeldFiles
    clock: Clock
    limits: IntakeLimits
    import_file: ImportFile

    def import_all(self) -> int:
        """Import whatever is queued; how many deliveries that were."""
        count = 0
        while (delivery := self._claimed()) is not None:
            self._finish(delivery)
            count += 1
        return count

    def import_now(self, delivery_id: str) -> None:
        """Import this delivery before returning, unless another worker is at it."""
        with self.store.unit_of_work() as work:
            taken = work.deliveries.claim_this(delivery_id, self.clock.now(), seconds=CLAIM_SECONDS)
            delivery = work.deliveries.get(delivery_id)
            work.commit()
        if taken and delivery is not None:
            self._finish(delivery)

    def tidy(self) -> None:
        """Forget what waited too long for a person's word, and delete files that belong to no open delivery."""
        before = self.clock.now() - timedelta(hours=self.limits.unconfirmed_hours)
        with self.store.unit_of_work() as work:
            for delivery_id in work.deliveries.forget_before(before):
                work.audit.append(self._entry(SYSTEM, "expire_delivery", delivery_id))
            found = {one: work.deliveries.get(one) for one in self.held.ids()}
            work.commit()
        # A file without a delivery may be arriving at this moment, so it has to be old.
        unknown = set(self.held.ids_before(before))
        for delivery_id, delivery in found.items():
            if delivery_id in unknown if delivery is None else delivery.state in FINISHED:
                self.held.drop(delivery_id)

    def _claimed(self) -> Delivery | None:
        with self.store.unit_of_work() as work:
            delivery = work.deliveries.claim(self.clock.now(), seconds=CLAIM_SECONDS)
            work.commit()
        return delivery

    def _finish(self, delivery: Delivery) -> None:
        """Import the file, write down what came of it, then delete it; a busy database leaves it for later."""
        try:
            with _Heartbeat(self, delivery.id) as heartbeat:
                receipt = self._import(delivery, heartbeat.count)
        except FileError as exc:
            self._end(delivery, DeliveryState.FAILED, message=str(exc))
        except StorageError as exc:
            _LOG.warning("delivery %s waits: %s", delivery.id, exc.reason)
        except Exception:
            # One file that meets a mistake of ours must not keep all others from being imported.
            _LOG.exception("delivery %s failed", delivery.id)
            self._end(delivery, DeliveryState.FAILED, message=_BUG)
        else:
            self._end(delivery, DeliveryState.DONE, receipt_id=receipt.id)

    def _import(self, delivery: Delivery, progress: Progress) -> Receipt:
        path = self.held.path(delivery.id)
        if path is None:
            raise FileError(_GONE)
        return self.import_file(path, delivery.origin, progress)

    def _end(
        self, delivery: Delivery, state: DeliveryState, *, receipt_id: ReceiptId | None = None, message: str = ""
    ) -> None:
        with self.store.unit_of_work() as work:
            now = self.clock.now()
            work.deliveries.move(delivery.id, UNDER_WAY, state, now, receipt_id=receipt_id, message=message)
            detail = receipt_id or state.value
            work.audit.append(self._entry(delivery.origin.who, "import_delivery", delivery.id, detail))
            work.commit()
        self.held.drop(delivery.id)

    def _entry(self, actor: str, action: str, subject: str, detail: str = "") -> AuditEntry:
        return AuditEntry(at=self.clock.now(), actor=actor, action=action, subject=subject, detail=detail)


class _Heartbeat:
    """Renews the claim while a file is imported, from a thread of its own: one batch may take long."""

    def __init__(self, imports: DeliveryImports, delivery_id: str) -> None:
        self._imports, self._delivery_id = imports, delivery_id
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
            with contextlib.suppress(DatabaseBusy), self._imports.store.unit_of_work() as work:
                now = self._imports.clock.now()
                work.deliveries.renew(self._delivery_id, now, seconds=CLAIM_SECONDS, rows=self._rows)
                work.commit()


class DeliveryWorker:
    """Imports deliveries in a thread beside the pages, at once when woken and now and then by itself."""

    def __init__(self, imports: DeliveryImports) -> None:
        """Nothing runs before `start`."""
        self._imports = imports
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="deliveries", daemon=True)

    def start(self) -> None:
        """Begin; what an earlier process left is taken up first."""
        self._thread.start()

    def wake(self) -> None:
        """Something was queued."""
        self._woken.set()

    def stop(self) -> None:
        """End after the file that is being imported."""
        self._stopped.set()
        self._woken.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                self._imports.tidy()
                self._imports.import_all()
            except StorageError as exc:
                _LOG.warning("deliveries wait: %s", exc.reason)
            self._woken.wait(_LOOK_SECONDS)
            self._woken.clear()
