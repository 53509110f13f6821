"""Risk points and the counts of stage runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from domain.accounts.access_scope import AccessScope
from domain.counting.risk_point import AlertLevel, RiskPoint
from domain.counting.stage_report import StageName, StageReport
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.document import DocumentId
from storage.columns import inside
from storage.session import Session
from storage.tables.leads import RiskPointRow
from storage.tables.operation import StageRunRow


class RiskPoints:
    """Risk points as computed at each time; nothing is overwritten."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, point: RiskPoint) -> None:
        """Append a risk point."""
        row = {
            "region": point.region.digits,
            "risk": point.risk.value,
            "level": point.level.value,
            "window_start": point.window_start,
            "window_end": point.window_end,
            "household_count": point.household_count,
            "matter_count": point.matter_count,
            "document_ids": list(point.document_ids),
            "reason": point.reason,
            "computed_at": point.computed_at,
        }
        self._session.insert_new(RiskPointRow, [row])

    def latest(self, scope: AccessScope) -> list[RiskPoint]:
        """The points of the newest computation inside a scope, loudest first; a department has none.

        They count every lead of a village, also those that were not transferred to it.
        """
        if scope.department is not None:
            return []
        # A computation that found nothing has no points: only its run tells that those before it hold no more.
        # Points of before runs were kept stand until the first of them.
        runs = select(StageRunRow.started_at).where(StageRunRow.stage == StageName.RISK_POINTS.value)
        computed = select(func.max(RiskPointRow.computed_at)).scalar_subquery()
        newest = func.coalesce(runs.order_by(StageRunRow.sequence.desc()).limit(1).scalar_subquery(), computed)
        query = select(RiskPointRow.__table__).where(
            RiskPointRow.computed_at == newest, inside(RiskPointRow.region, scope.region)
        )
        return [_point(row) for row in self._session.connection.execute(query.order_by(RiskPointRow.sequence))]


class StageRuns:
    """The counts of every run of every stage."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, report: StageReport, started_at: datetime) -> None:
        """Append the counts of one run."""
        row = {
            "stage": report.stage,
            "version": report.version,
            "started_at": started_at,
            "seconds": report.seconds,
            "seen": report.seen,
            "done": report.done,
            "skipped": report.skipped,
            "quarantined": report.quarantined,
            "details": report.details,
        }
        self._session.insert_new(StageRunRow, [row])

    def recent(self, limit: int) -> list[StageReport]:
        """The latest runs, newest first."""
        query = select(StageRunRow.__table__).order_by(StageRunRow.sequence.desc()).limit(limit)
        return [_report(row) for row in self._session.connection.execute(query)]

    def last(self, stage: str) -> tuple[datetime, StageReport] | None:
        """The latest run of a stage and when it began."""
        query = select(StageRunRow.__table__).where(StageRunRow.stage == stage).order_by(StageRunRow.sequence.desc())
        row = self._session.connection.execute(query.limit(1)).one_or_none()
        return (row.started_at, _report(row)) if row else None


def _report(row: Row[Any]) -> StageReport:
    return StageReport(
        stage=row.stage,
        version=row.version,
        seen=row.seen,
        done=row.done,
        skipped=row.skipped,
        quarantined=row.quarantined,
        seconds=row.seconds,
        details=row.details,
    )


def _point(row: Row[Any]) -> RiskPoint:
    return RiskPoint(
        region=RegionCode(row.region),
        risk=Risk(row.risk),
        level=AlertLevel(row.level),
        window_start=row.window_start,
        window_end=row.window_end,
        household_count=row.household_count,
        matter_count=row.matter_count,
        document_ids=tuple(DocumentId(one) for one in row.document_ids),
        reason=row.reason,
        computed_at=row.computed_at,
    )
