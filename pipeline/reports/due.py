"""Reports that the schedule writes: the last whole week and month, once each, into a folder of the home."""

from datetime import date, datetime
from pathlib import Path

from domain.clock import china_date
from domain.counting.report import Period, ReportKind, last_month, last_week
from domain.places.region import RegionCode
from pipeline.private_file import written_whole
from pipeline.reports.document import write_report
from pipeline.reports.figures import report_figures
from storage.store import Store


def period_of(kind: ReportKind, today: date, month_ends_on: int) -> Period:
    """The last whole period of the kind."""
    return last_week(today) if kind is ReportKind.WEEKLY else last_month(today, month_ends_on)


def write_report_file(path: Path, store: Store, region: RegionCode, period: Period, now: datetime) -> None:
    """Write the report of a division; FileError when nothing can be written there."""
    figures = report_figures(store, region, period, now)
    with written_whole(path) as output:
        write_report(output, figures, now)


def write_due_reports(folder: Path, store: Store, region: RegionCode, now: datetime, month_ends_on: int) -> list[Path]:
    """Write the reports of the last week and month that are not in the folder yet; which were written."""
    folder.mkdir(mode=0o700, exist_ok=True)
    written = []
    for kind in ReportKind:
        period = period_of(kind, china_date(now), month_ends_on)
        path = folder / f"{kind.label}_{region}_{period.last}.docx"
        if not path.exists():
            write_report_file(path, store, region, period, now)
            written.append(path)
    return written
