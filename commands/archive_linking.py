"""`qianshao link --all`: the texts of the database linked again, after a new register or new parameters."""

import typer

from commands.stage_reports import DETAILS, report_record
from commands.terminal import PARTLY_FAILED, progress_bars, say, write_json
from pipeline import county_run
from pipeline.deployment import make_deployment

_OUTCOMES = ("linked", "to_review", "place_only", "none")


def link_archive(*, as_json: bool) -> None:
    """Link what is pending, with a bar, and say what came of it."""
    deployment = make_deployment()
    with progress_bars() as progress:
        report, *followed = county_run.link_archive(deployment, progress, progress.expect)
    if as_json:
        write_json(report_record(report))
    elif not report.seen:
        say("没有要重新关联的文本: 台账、关联参数和程序都没有变。新到的文本请用 qianshao run 处理")
    else:
        counted = "、".join(f"{DETAILS[name]}{report.details.get(name, 0)}条" for name in _OUTCOMES)
        say(f"已关联{report.seen}条文本, 每秒{report.per_second:.0f}条: {counted}。线索最迟在下次 qianshao run 时更新")
    if untold := sum(one.quarantined for one in followed):
        say(f"其中{untold}条文本的线索这次没有更新, 已隔离, 原因见 qianshao doctor --records")
    if report.quarantined or untold:
        raise typer.Exit(PARTLY_FAILED)
