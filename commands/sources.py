"""`qianshao source …`: declared media, their health, and the crawl."""

from typing import Annotated

import typer

from commands import source_replay, source_setup
from commands.source_states import COLUMNS, source_row
from commands.terminal import PARTLY_FAILED, print_table, say, write_json
from domain.crawl import CrawlOutcome, CrawlReport, FetchProblem
from domain.errors import ConfigError
from pipeline.crawl import crawl_sources, due_sources
from pipeline.deployment import Deployment, make_deployment

app = typer.Typer(help="媒体来源: 查看与抓取。", no_args_is_help=True)

source_setup.register(app)
source_replay.register(app)

AsJson = Annotated[bool, typer.Option("--json", help="每行输出一个JSON对象")]


@app.command("list")
def list_sources(
    shipped: Annotated[bool, typer.Option("--shipped", help="随软件提供、本县尚未取用的来源")] = False,
    as_json: AsJson = False,
) -> None:
    """列出本县的来源和最近一次抓取; --shipped 列出随软件提供、可以取用的。"""
    deployment = make_deployment()
    rows = _shipped_rows(deployment) if shipped else _own_rows(deployment)
    if as_json:
        for row in rows:
            write_json(row)
        return
    print_table("随软件提供的来源" if shipped else "媒体来源", COLUMNS, [tuple(row.values()) for row in rows])
    if not rows and not shipped:
        say("还没有来源: qianshao source list --shipped 查看可取用的, qianshao source new 网址 起草新的。")


@app.command()
def crawl(
    names: Annotated[list[str] | None, typer.Argument(help="来源名称, 不写则全部启用的来源")] = None,
    due: Annotated[bool, typer.Option("--due", help="只抓到了时间的来源")] = False,
    as_json: AsJson = False,
) -> None:
    """抓取来源; 内容先写入暂存, 运行 qianshao run 后进入数据库。"""
    deployment = make_deployment()
    chosen = names or _enabled(deployment, due)
    unknown = sorted(set(chosen) - set(deployment.sources))
    if unknown:
        raise ConfigError(f"没有名为 {'、'.join(unknown)} 的来源, 用 qianshao source list 查看")
    for name in chosen:
        if (stopped := deployment.sources[name][1].disabled) is not None:
            raise ConfigError(f"来源 {name} 已停用: {stopped.because}")
    reports = crawl_sources(
        deployment.store,
        [deployment.sources[name] for name in chosen],
        deployment.settings.spool,
        deployment.settings.source_variables,
        deployment.clock,
        at_once=deployment.settings.crawl_at_once,
    )
    _print_reports(reports, as_json)
    if any(report.outcome.began and report.outcome is not CrawlOutcome.FINISHED for report in reports):
        raise typer.Exit(PARTLY_FAILED)


def _enabled(deployment: Deployment, due: bool) -> list[str]:
    enabled = {name: spec for name, (_, spec) in deployment.sources.items() if spec.is_crawled}
    return due_sources(deployment.store, enabled, deployment.clock.now()) if due else sorted(enabled)


def _own_rows(deployment: Deployment) -> list[dict[str, str]]:
    with deployment.store.reading() as work:
        last = {report.source: report for report in work.sources.last_runs()}
    return [source_row(spec, last.get(name)) for name, (_, spec) in sorted(deployment.sources.items())]


def _shipped_rows(deployment: Deployment) -> list[dict[str, str]]:
    others = (spec for name, (_, spec) in sorted(deployment.shipped_sources.items()) if name not in deployment.sources)
    return [source_row(spec, None, is_shipped=True) for spec in others]


def _print_reports(reports: list[CrawlReport], as_json: bool) -> None:
    if as_json:
        for report in reports:
            write_json(
                {
                    "source": report.source,
                    "outcome": report.outcome.value,
                    "fetched": report.fetched,
                    "unchanged": report.unchanged,
                    "blocked": report.blocked,
                    "failed": report.failed,
                    "known": report.known,
                    "listed": report.listed,
                    "lists": report.lists,
                    "lists_unchanged": report.lists_unchanged,
                    "problems": dict(report.problems),
                    "messages": report.messages,
                }
            )
        return
    rows = [
        (one.source, one.outcome.label, one.listed, one.fetched, one.known, one.unchanged, one.blocked, one.failed)
        for one in reports
    ]
    print_table("抓取", ("来源", "结果", "列出", "新", "已有", "未变", "被拦", "失败"), rows)
    for report in reports:
        if report.problems:
            counts = ", ".join(f"{FetchProblem(name).label}{count}" for name, count in report.problems.items())
            say(f"{report.source}: {counts}")
        for message in report.messages[:5]:
            say(f"{report.source}: {message}")
