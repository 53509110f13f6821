"""What a stage did, as the contract prints it and as people read it."""

from domain.counting.risk_point import AlertLevel
from domain.counting.stage_report import StageReport, stage_label
from domain.leads.reminder import ReminderKind
from domain.texts.judgement import Verdict
from domain.texts.set_aside import SetAside

DETAILS = {
    "collected": "收进",
    "known": "已有",
    "damaged": "损坏",
    "misdeclared": "来源声明有误, 留在暂存",
    "ingested": "收进",
    "too_short": "太短",
    "not_chinese": "不是中文",
    "unique": "新事",
    "member_of": "重复",
    "new_version": "更正",
    "open": "可流转",
    "restricted": "检举控告",
    "judged": "已有人判断",
    "no_risk": "没有困难",
    "passed_by": "初筛略过",
    "tagged": "有困难",
    "found": "找到",
    "nothing_named": "没有写到",
    "linked": "已关联到户",
    "to_review": "待人工选户",
    "place_only": "只到村",
    "none": "未关联",
    "raised": "新线索",
    "merged": "并入已有线索",
    "moved": "移到别的线索",
    "unchanged": "没有变化",
    "elsewhere": "外县的事",
    "no_local_place": "没有写到本县",
    "not_linked": "还没有关联过",
    "placed": "写到地方",
    "no_place": "没有写到地方",
    "assigned": "已派办",
    "kept": "办理人不变",
    "nobody": "没有可派的人",
    **{kind.value: kind.label for kind in (*SetAside, *ReminderKind)},
    **{verdict.value: verdict.label for verdict in Verdict},
    **{level.value: level.label for level in AlertLevel},
}
"""What people call the details of the stages of `qianshao run`."""


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


def report_row(report: StageReport) -> tuple[object, ...]:
    """One stage's report for people: stage, seen, done, skipped, quarantined, a second, details."""
    details = [f"{DETAILS.get(slug, slug)} {count}" for slug, count in sorted(report.details.items()) if count]
    counts = (report.seen, report.done, report.skipped, report.quarantined, f"{report.per_second:.0f}")
    return (stage_label(report.stage), *counts, ", ".join(details))
