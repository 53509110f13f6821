"""`qianshao source …`: declared media, their health, and the crawl."""

from typing import Annotated

import typer

from commands import source_replay, source_setup
from commands.source_states import COLUMNS, source_record, source_row, unusable_record, unusable_row
from commands.terminal import PARTLY_FAILED, print_table, say, write_json
from crawlers.declaring.source import SourceSpec
from domain.failures.errors import ConfigError
from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem
from pipeline.crawling.crawl import crawl_sources, due_sources, not_crawled
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
    last = {} if shipped else _last_runs(deployment)
    specs = _shipped(deployment) if shipped else [spec for _, spec in deployment.sources.values()]
    wrong = [] if shipped else list(deployment.declared.unusable.values())
    if as_json:
        records = [source_record(spec, last.get(spec.name), is_shipped=shipped) for spec in specs]
        records += [unusable_record(one, last.get(one.name)) for one in wrong]
        for record in sorted(records, key=lambda record: record["name"]):
            write_json(record)
        return
    rows = [source_row(spec, last.get(spec.name), is_shipped=shipped) for spec in specs]
    rows += [unusable_row(one, last.get(one.name)) for one in wrong]
    print_table("随软件提供的来源" if shipped else "媒体来源", COLUMNS, sorted(rows))
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
    for name in chosen:
        if name not in deployment.sources:
            raise ConfigError(_not_ours(deployment, name))
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
    wrong = [] if names else deployment.declared.unusable.values()
    passed_over = [not_crawled(one, deployment.clock.now()) for one in wrong]
    reports += passed_over
    _print_reports(reports, as_json)
    failed = [one for one in reports if one.outcome.began and one.outcome is not CrawlOutcome.FINISHED]
    if failed or passed_over:
        raise typer.Exit(PARTLY_FAILED)


def _enabled(deployment: Deployment, due: bool) -> list[str]:
    enabled = {name: spec for name, (_, spec) in deployment.sources.items() if spec.is_crawled}
    return due_sources(deployment.store, enabled, deployment.clock.now()) if due else sorted(enabled)


def _not_ours(deployment: Deployment, name: str) -> str:
    if (unusable := deployment.declared.unusable.get(name)) is not None:
        return unusable.problem
    if name in deployment.shipped_sources:
        return f"来源 {name} 随软件提供, 本县还没有取用: qianshao source enable {name}"
    return source_setup.unknown_source(name, list(deployment.sources))


def _last_runs(deployment: Deployment) -> dict[str, CrawlReport]:
    with deployment.store.reading() as work:
        return {report.source: report for report in work.sources.last_runs()}


def _shipped(deployment: Deployment) -> list[SourceSpec]:
    own = deployment.declared
    return [
        spec
        for name, (_, spec) in deployment.shipped_sources.items()
        if name not in own.usable and name not in own.unusable
    ]


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
