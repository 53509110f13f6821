"""What a stage did, as the contract prints it."""

from domain.stage_report import StageReport


def report_record(report: StageReport) -> dict[str, object]:
    """One stage's report as JSON."""
    return {
        "stage": report.stage,
        "version": report.version,
        "seen": report.seen,
        "done": report.done,
        "skipped": report.skipped,
        "quarantined": report.quarantined,
        "seconds": round(report.seconds, 3),
        "details": report.details,
    }
