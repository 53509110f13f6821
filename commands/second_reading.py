"""`qianshao second-read`: asks the optional second reader about texts the classifier doubts."""

from typing import Annotated

import typer

from commands.terminal import PARTLY_FAILED, print_table, progress_bars, say, write_json
from domain.texts.second_reading import RequestStep
from pipeline.county_run import read_again
from pipeline.deployment import make_deployment
from pipeline.stages.second_read import SecondReadReport

_WORDS = {
    "agrees": "与分类器一致",
    "disagrees": "有分歧, 等人判断",
    RequestStep.REFUSED.value: RequestStep.REFUSED.label,
    RequestStep.FAILED.value: RequestStep.FAILED.label,
    RequestStep.UNREACHABLE.value: RequestStep.UNREACHABLE.label,
    "given_up": "三次不成, 不再问",
    "certain": "分类器有把握, 不问",
    "restricted": "检举控告及其重复件, 不问",
    "judged": "已有人判断, 不问",
    "member_of": "重复件, 不问",
    "too_long": "太长, 不问",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("second-read")(second_read)


def second_read(
    most: Annotated[int | None, typer.Option(min=1, help="这次最多问多少份")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """请内网里的第二判读看分类器拿不准的文本, 有分歧的交信访办判断; 没有配置时什么也不做。"""
    with progress_bars() as progress:
        report = read_again(make_deployment(), progress, most=most)
    if report is None:
        say("没有配置第二判读(settings.toml 的 [second_reader]), 不需要做什么")
        return
    _show(report, as_json=as_json)
    if report.stopped:
        say(f"注意: {report.stopped}")
    if report.failed:
        raise typer.Exit(PARTLY_FAILED)


def _show(report: SecondReadReport, *, as_json: bool) -> None:
    counts = report.counts
    if as_json:
        details = {name: count for name, count in counts.details.items() if name in _WORDS}
        write_json({"stage": counts.stage, "version": counts.version, "stopped": report.stopped, "details": details})
        return
    rows = [(word, counts.details[name]) for name, word in _WORDS.items() if counts.details.get(name)]
    print_table("第二判读", ("结果", "文本"), rows)
