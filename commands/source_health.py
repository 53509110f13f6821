"""`qianshao source health`: how the media are, and telling the operator."""

from typing import Annotated

import typer

from commands.terminal import PARTLY_FAILED, print_table, say, write_json
from domain.clock import CHINA
from domain.media.source_health import SourceHealth
from pipeline.county_notices import watch_sources
from pipeline.deployment import make_deployment


def register(app: typer.Typer) -> None:
    """Add the command to the noun `source`."""
    app.command("health")(health)


def health(
    as_json: Annotated[bool, typer.Option("--json", help="每个来源输出一行JSON")] = False,
    notify: Annotated[bool, typer.Option("--notify", help="记录告警的开始和结束, 并按设置发出通知")] = False,
) -> None:
    """检查每个来源是否正常: 静默、改版、被拦、失败、提取变差, 各从何时起、怎么办。"""
    deployment = make_deployment()
    problems = watch_sources(deployment) if notify else []
    found = deployment.source_healths()
    if as_json:
        for one in found:
            write_json(_record(one))
    else:
        headers = ("来源", "情况", "自", "原因", "最近新文章", "处理")
        print_table("来源健康", headers, [_row(one) for one in found])
    for problem in problems:
        say(f"通知没有送出, 稍后再试: {problem}")
    if problems or any(one.verdict.needs_a_person for one in found):
        raise typer.Exit(PARTLY_FAILED)


def _record(one: SourceHealth) -> dict[str, object]:
    return {
        "source": one.source.name,
        "title": one.source.title,
        "verdict": one.verdict.value,
        "since": one.since.isoformat() if one.since else None,
        "reason": one.reason,
        "advice": one.advice,
        "last_new": one.last_new.isoformat() if one.last_new else None,
        "last_run": one.last_run.isoformat() if one.last_run else None,
        "hit_rates": {name: round(rate, 3) for name, rate in one.hit_rates.items()},
    }


def _row(one: SourceHealth) -> tuple[str, ...]:
    since, last_new = (
        f"{moment.astimezone(CHINA):%m-%d %H:%M}" if moment else "" for moment in (one.since, one.last_new)
    )
    return one.source.name, one.verdict.label, since, one.reason, last_new, one.advice
