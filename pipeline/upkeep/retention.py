"""Applies the retention policy: what is no longer needed is emptied or deleted, in batches, and the audit log says so.

Every batch of the database is one transaction with its own entry in the audit log, and a file is deleted by one call,
so a run that is killed has purged what it says it has; the next one goes on. A dry run counts and changes nothing.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from crawlers.archiving.archive import archive_files, is_in_clear
from crawlers.spooling.spool import read_spool, spool_files, spool_name
from domain.accounts.account import AuditEntry
from domain.clock import CHINA, Clock
from domain.failures.errors import FileError
from domain.failures.unreadable import why_unreadable
from domain.leads.lead import SYSTEM
from domain.texts.document import Breadcrumb, Outcome
from nlp.repeats.near_duplicates import bands_of
from pipeline.deliveries.drop_places import DONE, REJECTED
from pipeline.policy.retention_table import RetentionPolicy
from pipeline.stages.classify import PASSED_BY
from pipeline.upkeep.database_copies import copies_due
from storage.store import Store
from storage.texts.retention import AgedText
from storage.unit_of_work import UnitOfWork

STAGE = "retention"
NO_RISK = frozenset({"no_risk", PASSED_BY, "judged", "too_short", "not_chinese"})
"""How a stage leaves a text in which nobody found a difficulty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Where a deployment keeps files."""

    archive: Path
    spool: Path
    drop_folder: Path
    backups: Path


@dataclass(slots=True)
class PurgeReport:
    """How much of each kind was emptied or deleted, or would be; kinds in the order of the policy file."""

    counts: dict[str, int] = field(default_factory=dict)
    bytes: int = 0
    """Size of the deleted files."""
    seconds: float = 0.0


class Purge:
    """One application of the policy."""

    def __init__(
        self,
        store: Store,
        holdings: Holdings,
        policy: RetentionPolicy,
        clock: Clock,
        *,
        stages: Sequence[str],
        batch_size: int,
        dry_run: bool = False,
    ) -> None:
        """`stages` are those of the way, in any order: a text that has not come to their end is waiting and kept."""
        self._store, self._holdings, self._policy, self._clock = store, holdings, policy, clock
        self._stages, self._batch_size, self._dry_run = stages, batch_size, dry_run
        self._report = PurgeReport()

    def run(self) -> PurgeReport:
        """What was done; FileError when a file cannot be deleted."""
        started, policy = time.perf_counter(), self._policy
        self._files("raw_pages", self._old_archive(self._before(policy.raw_pages_days)))
        self._files("spool_files", self._old_spool(self._before(policy.spool_days)))
        self._files("delivered_files", self._old_deliveries(self._before(policy.delivered_files_days)))
        self._texts()
        self._receipts(self._before(policy.receipt_values_days))
        self._notices(self._before(policy.notices_days))
        if policy.webhook_deliveries_days is not None:
            self._deliveries(self._before(policy.webhook_deliveries_days))
        if policy.backup_days is not None:
            self._files("backups", copies_due(self._holdings.backups, self._before(policy.backup_days)))
        if policy.old_register_days is not None:
            self._register(self._before(policy.old_register_days))
        if not self._dry_run:
            self._store.drop_old_pages()
        self._report.seconds = time.perf_counter() - started
        return self._report

    def _before(self, days: int) -> datetime:
        """Midnight in China so many days before today: the last of these days stays until it is over."""
        today = self._clock.now().astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        return (today - timedelta(days=days)).astimezone(UTC)

    def _texts(self) -> None:
        no_risk, no_lead = self._before(self._policy.no_risk_days), self._before(self._policy.no_lead_days)
        after: tuple[datetime, str] | None = None
        counts = {"no_risk_texts": 0, "no_lead_texts": 0}
        while True:
            with self._opened() as work:
                page = work.retention.without_lead(
                    before=max(no_risk, no_lead), after=after, stages=self._stages, limit=self._batch_size
                )
                purged = [one for one in page if is_due(one, no_risk=no_risk, no_lead=no_lead)]
                harmless = sum(_without_risk(one) for one in purged)
                if purged and not self._dry_run:
                    work.signatures.forget([one.id for one in purged], bands_of)
                    work.petitioner_marks.forget([one.id for one in purged])
                    work.retention.anonymise([self._crumb(one) for one in purged])
                    self._note(work, f"no_risk_texts={harmless} no_lead_texts={len(purged) - harmless}")
                    work.commit()
            counts["no_risk_texts"] += harmless
            counts["no_lead_texts"] += len(purged) - harmless
            if len(page) < self._batch_size:
                break
            after = (page[-1].received_at, page[-1].id)
        self._report.counts.update(counts)

    def _receipts(self, before: datetime) -> None:
        self._report.counts["receipts"] = 0
        with self._opened() as work:
            numbers = work.retention.receipts_before(before, limit=1_000_000)
        for start in range(0, len(numbers), self._batch_size):
            part = numbers[start : start + self._batch_size]
            self._report.counts["receipts"] += len(part)
            if not self._dry_run:
                with self._store.unit_of_work() as work:
                    work.retention.empty_receipts(part)
                    self._note(work, f"receipts={len(part)}")
                    work.commit()

    def _at_once(self, kind: str, count: Callable[[UnitOfWork], int], delete: Callable[[UnitOfWork], None]) -> None:
        """Delete what needs no batches, in one transaction."""
        with self._opened() as work:
            found = count(work)
            if found and not self._dry_run:
                delete(work)
                self._note(work, f"{kind}={found}")
                work.commit()
        self._report.counts[kind] = found

    def _notices(self, before: datetime) -> None:
        self._at_once(
            "notices",
            lambda work: work.retention.count_notices_before(before),
            lambda work: work.retention.delete_notices_before(before),
        )

    def _deliveries(self, before: datetime) -> None:
        self._at_once(
            "webhook_deliveries",
            lambda work: work.webhook_deliveries.count_settled_before(before),
            lambda work: work.webhook_deliveries.delete_settled_before(before),
        )

    def _register(self, before: datetime) -> None:
        self._report.counts["old_households"] = 0
        with self._opened() as work:
            rows = work.retention.households_replaced_before(before)
        self._at_once(
            "person_changes",
            lambda work: work.retention.count_person_changes_before(before),
            lambda work: work.retention.delete_person_changes_before(before),
        )
        for start in range(0, len(rows), self._batch_size):
            part = rows[start : start + self._batch_size]
            self._report.counts["old_households"] += len(part)
            if not self._dry_run:
                with self._store.unit_of_work() as work:
                    work.retention.delete_households(part)
                    self._note(work, f"old_households={len(part)}")
                    work.commit()

    def _files(self, kind: str, files: Iterable[Path]) -> None:
        found = list(files)
        self._report.counts[kind] = len(found)
        self._report.bytes += sum(path.stat().st_size for path in found)
        if not found or self._dry_run:
            return
        deleted = 0
        try:
            for path in found:
                path.unlink()
                deleted += 1
                self._remove_empty(path.parent)
        except OSError as exc:
            raise FileError(f"到期的文件 {path} 删不掉({why_unreadable(exc)}), 请检查目录权限后再运行") from exc
        finally:
            with self._store.unit_of_work() as work:
                self._note(work, f"{kind}={deleted}")
                work.commit()

    def _old_archive(self, before: datetime) -> list[Path]:
        """Those of before, and at once what earlier versions left in clear."""
        files = archive_files(self._holdings.archive)
        return [path for path in files if _named_before(path, before) or is_in_clear(path)]

    def _old_spool(self, before: datetime) -> list[Path]:
        """Spool files of which the database has every line; what it does not have yet is kept however old it is."""
        old = [path for path in spool_files(self._holdings.spool) if _named_before(path, before)]
        with self._store.reading() as work:
            taken = {path: work.sources.spool_lines(spool_name(path)) for path in old}
        opened = self._store.file_seals().open_file
        return [path for path, lines in taken.items() if lines and next(read_spool(path, lines, opened), None) is None]

    def _old_deliveries(self, before: datetime) -> list[Path]:
        """Registers taken in from the drop folder, with the receipts beside them; they lie in a folder of their day."""
        folders = [self._holdings.drop_folder / folder for folder in (DONE, REJECTED)]
        days = [day for folder in folders for day in (*folder.glob("????-??-??"), *folder.glob("????-??/??"))]
        last = before.astimezone(CHINA).date()
        old = [day for day in sorted(days) if (on := _day_of(day)) is not None and on < last]
        return [path for day in old for path in sorted(day.rglob("*")) if path.is_file()]

    def _remove_empty(self, folder: Path) -> None:
        """Remove the folder when nothing is left in it; in the drop folder also the day and the month above it."""
        while not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
            if folder in {self._holdings.drop_folder / DONE, self._holdings.drop_folder / REJECTED}:
                return
            if self._holdings.drop_folder not in folder.parents:
                return

    def _crumb(self, text: AgedText) -> Breadcrumb:
        days = self._policy.no_risk_days if _without_risk(text) else self._policy.no_lead_days
        return Breadcrumb(
            document_id=text.id,
            stage=STAGE,
            outcome=Outcome.SKIPPED,
            detail="anonymised",
            version=f"retention-{self._policy.checked_on}",
            at=self._clock.now(),
            reason=f"保存满{days}天且不支持任何线索, 内容已清除; 此前结论: {text.detail}",
        )

    def _note(self, work: UnitOfWork, detail: str) -> None:
        entry = AuditEntry(at=self._clock.now(), actor=SYSTEM, action="purge", subject="", detail=detail)
        work.audit.append(entry)

    @property
    def _opened(self) -> Callable[[], UnitOfWork]:
        return self._store.reading if self._dry_run else self._store.unit_of_work


def is_due(text: AgedText, *, no_risk: datetime, no_lead: datetime) -> bool:
    """True when the text may be emptied: it is old enough for what is known of it, and waits for nothing."""
    if text.outcome is None or text.outcome is Outcome.DONE:
        return False
    return text.received_at < (no_risk if _without_risk(text) else no_lead)


def _without_risk(text: AgedText) -> bool:
    return text.outcome is Outcome.SKIPPED and text.detail in NO_RISK and not text.disputed


def _named_before(path: Path, before: datetime) -> bool:
    """True for a file named after a moment before `before`; a file with another name is nobody's to delete."""
    try:
        named = datetime.strptime(path.name.split(".", 1)[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return False
    return named < before


def _day_of(folder: Path) -> date | None:
    """The day of `2026-11-24`, as folders were once named, or of `2026-11/24`."""
    name = folder.name if len(folder.name) > len("24") else f"{folder.parent.name}-{folder.name}"
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
