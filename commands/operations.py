"""`qianshao init`, `run`, `doctor`, `serve`, `schedule`: what an operator does."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.stage_reports import report_record, report_row
from commands.terminal import PARTLY_FAILED, print_table, progress_bars, say, write_json
from domain.clock import CHINA
from domain.counting.stage_report import stage_label
from domain.failures.errors import ConfigError
from pipeline.county_run import run_pending
from pipeline.deployment import Deployment, make_deployment
from pipeline.health import examine, records_set_aside
from pipeline.registers.import_registry import import_gazetteer, import_registry
from pipeline.run_lock import run_lock

_EXAMPLES = Path(__file__).parent.parent / "examples"


def register(app: typer.Typer) -> None:
    """Add the commands that have no noun."""
    app.command("init")(initialise)
    app.command("run")(run)
    app.command("doctor")(doctor)
    app.command("serve")(serve)
    app.command("schedule")(schedule)


def initialise(
    example: Annotated[str | None, typer.Option(help="同时载入示例县, 如 kehu")] = None,
) -> None:
    """建立或升级数据库和密钥; 加 --example kehu 载入虚构的示例县。"""
    if example is not None:
        _copy_example_settings(example)
    deployment = make_deployment()
    deployment.prepare()
    if example is not None:
        _load_example(deployment, example)
    say(f"已就绪: {deployment.settings.home}")


def _load_example(deployment: Deployment, example: str) -> None:
    directory = _EXAMPLES / example
    files = [directory / "gazetteer.csv", directory / "groups.csv"]
    register_file = next((directory / "register").glob("*.xlsx"))
    with run_lock(deployment.settings.home):
        gazetteer = import_gazetteer(deployment.store, files, deployment.settings.county_code)
        receipt = import_registry(
            deployment.store, register_file, deployment.clock, deployment.policy.household_register
        )
    say(f"示例县 {example}: 地名{len(gazetteer.places)}条, {receipt.households}户{receipt.persons}人")


def _copy_example_settings(example: str) -> None:
    template = _EXAMPLES / example / "settings.toml"
    if not template.exists():
        known = "、".join(sorted(path.parent.name for path in _EXAMPLES.glob("*/settings.toml")))
        raise ConfigError(f"没有名为 {example} 的示例, 现有: {known}")
    home = make_deployment().settings.home
    home.mkdir(parents=True, exist_ok=True)
    target = home / "settings.toml"
    if not target.exists():
        content = template.read_text(encoding="utf-8").replace("{example}", str(template.parent))
        target.write_text(content, encoding="utf-8")


def run(as_json: Annotated[bool, typer.Option("--json", help="每个环节输出一行JSON")] = False) -> None:
    """把所有待处理的内容走完全部环节; 随时可以中断再运行。"""
    deployment = make_deployment()
    with progress_bars() as progress:
        reports = run_pending(deployment, progress)
    if as_json:
        for report in reports:
            write_json(report_record(report))
    else:
        columns = ("环节", "处理", "完成", "略过", "隔离", "每秒", "明细")
        print_table("各环节", columns, [report_row(one) for one in reports])
    if any(report.quarantined for report in reports):
        raise typer.Exit(PARTLY_FAILED)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON行")] = False,
    records: Annotated[bool, typer.Option("--records", help="逐条列出隔离待查的记录和原因, 最近的1000条")] = False,
) -> None:
    """检查需要人处理的事: 来源静默、积压、隔离、密钥、磁盘。"""
    deployment = make_deployment()
    if records:
        _list_set_aside(deployment, as_json=as_json)
        return
    findings = examine(deployment)
    for finding in findings:
        if as_json:
            write_json({"check": finding.check, "ok": finding.ok, "message": finding.message})
        else:
            say(f"{'正常' if finding.ok else '注意'}  {finding.check}: {finding.message}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(PARTLY_FAILED)


def _list_set_aside(deployment: Deployment, *, as_json: bool) -> None:
    crumbs = records_set_aside(deployment)
    if as_json:
        for one in crumbs:
            at = one.at.astimezone(CHINA).isoformat(timespec="seconds")
            write_json({"id": one.document_id, "stage": one.stage, "why": one.detail, "reason": one.reason, "at": at})
        return
    rows = [
        (one.document_id, stage_label(one.stage), one.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"), one.reason)
        for one in crumbs
    ]
    print_table(f"隔离待查, 最近{len(rows)}条, 新的在前", ("编号", "环节", "隔离", "原因"), rows)


def serve(
    host: Annotated[str | None, typer.Option(help="监听地址")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="监听端口; 0为任意空闲端口")] = None,
) -> None:
    """启动线索网页。"""
    from commands.web import serve_pages

    serve_pages(make_deployment(), host=host, port=port)


def schedule() -> None:
    """启动定时任务(抓取、导入、处理、催办)。"""
    sys.stdout.flush()
    # In this process and not beside it: who stops the command stops the schedule.
    os.execv(sys.executable, [sys.executable, "-m", "scheduler"])  # noqa: S606 - our own module
