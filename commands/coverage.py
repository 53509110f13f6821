"""`qianshao coverage`: which sources spoke of each village in a month."""

from datetime import date, datetime
from typing import Annotated

import typer

from commands.regions import must_have_villages, region_of
from commands.terminal import print_table, say, write_json
from domain.clock import CHINA, china_date
from domain.failures.errors import ConfigError
from domain.media.coverage import CoverageLedger, VillageCoverage
from pipeline.deployment import make_deployment

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("coverage")(coverage)


def coverage(
    month: Annotated[str | None, typer.Option(help="月份, 如 2026-11; 不写则本月")] = None,
    region: Annotated[str | None, typer.Option(help="区划代码; 不写则全县")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每个村输出一行JSON")] = False,
) -> None:
    """各村各月有哪些来源提到, 用来分清「没有线索」和「没有数据」。"""
    deployment = make_deployment()
    chosen = _month(month) if month else china_date(deployment.clock.now())
    wanted = region_of(region) if region else deployment.settings.county_code
    with deployment.store.reading() as work:
        must_have_villages(work, wanted)
    ledger = deployment.coverage(wanted, chosen)
    if as_json:
        for village in ledger.villages:
            write_json(_record(ledger, village))
        return
    days = "、".join(f"{one.title} {one.done}/{one.due}天" for one in ledger.media) or "没有媒体来源"
    say(f"{ledger.month:%Y年%m月} 抓取: {days}; 信访登记: {ledger.deliveries}个文件{ledger.delivered}条")
    rows = [(one.village, one.name, one.state.label, _spoken(one), one.leads) for one in ledger.villages]
    print_table("覆盖台账", ("区划", "村", "情况", "提到的来源(篇)", "线索"), rows)


def _month(text: str) -> date:
    try:
        month = datetime.strptime(text, "%Y-%m").replace(tzinfo=CHINA).date()
    except ValueError as exc:
        raise ConfigError(f"月份应写成 2026-11 这样, 现值 {text!r}") from exc
    if not _FIRST_YEAR <= month.year <= _LAST_YEAR:
        raise ConfigError(f"月份应在{_FIRST_YEAR}年至{_LAST_YEAR}年之间, 现值 {text!r}")
    return month


def _spoken(village: VillageCoverage) -> str:
    return "、".join(f"{one.source} {one.documents}" for one in village.spoken)


def _record(ledger: CoverageLedger, village: VillageCoverage) -> dict[str, object]:
    return {
        "month": f"{ledger.month:%Y-%m}",
        "village": village.village.digits,
        "name": village.name,
        "state": village.state.value,
        "spoken": {one.source: one.documents for one in village.spoken},
        "leads": village.leads,
        "crawled_days": {one.source: [one.done, one.due] for one in ledger.media},
        "delivered_files": ledger.deliveries,
        "delivered_records": ledger.delivered,
    }
