"""`qianshao report …`: weekly and monthly reports as docx, the town's ledger as xlsx."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from commands.regions import must_have_villages, region_of
from commands.terminal import say
from domain.clock import china_date, written_day
from domain.counting.report import ReportKind
from domain.failures.errors import ConfigError
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from pipeline.deployment import Deployment, make_deployment
from pipeline.handed_out.town_ledger import write_town_ledger
from pipeline.reports.due import period_of, write_report_file

app = typer.Typer(help="报表: 周报、月报、台账。", no_args_is_help=True)
Region = Annotated[str | None, typer.Option(help="区划代码, 不写为全县")]


@app.command()
def write(
    kind: Annotated[ReportKind, typer.Argument(metavar="报表", help="weekly 周报 或 monthly 月报")],
    docx: Annotated[Path, typer.Option("--docx", help="输出文件")],
    region: Region = None,
    day: Annotated[str | None, typer.Option(help="以哪一天看最近的整周或整月, 如 2026-11-26, 不写为今天")] = None,
) -> None:
    """写最近一个整周的周报或整月的月报, 带图表, 可以再改。"""
    deployment = make_deployment()
    code, now = _region(deployment, region), deployment.clock.now()
    today = _day(day) if day else china_date(now)
    period = period_of(kind, today, deployment.policy.outgoing.reports.month_ends_on)
    write_report_file(docx, deployment.store, code, period, now)
    say(f"{kind.label}({period.first}至{period.last})已写到 {docx}")


@app.command()
def due() -> None:
    """写还没有写过的最近一周的周报和最近一月的月报, 放在数据目录的 reports 下。"""
    written = make_deployment().exports.write_due_reports()
    for path in written:
        say(f"已写 {path}")
    if not written:
        say("没有要写的报表")


@app.command()
def ledger(
    xlsx: Annotated[Path, typer.Option("--xlsx", help="输出文件")],
    region: Region = None,
    first: Annotated[str | None, typer.Option("--from", help="从哪一天产生的, 如 2026-10-26")] = None,
    last: Annotated[str | None, typer.Option("--to", help="到哪一天为止")] = None,
) -> None:
    """按月报的格式写线索台账: 来源、村、户主(脱敏)、风险类型、核查结论、是否纳入、措施、反馈日期。"""
    deployment = make_deployment()
    count = write_town_ledger(
        xlsx,
        deployment.store,
        _region(deployment, region),
        first=_day(first) if first else None,
        last=_day(last) if last else None,
        role=Role.TOWN,
    )
    say(f"已导出{count}条到 {xlsx}")


def _region(deployment: Deployment, text: str | None) -> RegionCode:
    if text is None:
        return deployment.settings.county_code
    code = region_of(text)
    with deployment.store.reading() as work:
        must_have_villages(work, code)
    return code


def _day(text: str) -> date:
    try:
        return written_day(text)
    except ValueError as exc:
        raise ConfigError(f"日期不对: {text[:20]}, 请写成 2026-11-26") from exc
