"""`qianshao source replay`: archived pages are read again after a selector or an extractor changed."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from commands.source_setup import find_source
from commands.terminal import PARTLY_FAILED, print_table, say, write_json
from crawlers.spooling.run_files import CrawlFolders
from pipeline.deployment import make_deployment

if TYPE_CHECKING:
    from pipeline.crawling.replay import ReplayReport

_OUTCOMES = {
    "changed": "读出的内容不同, 已写入暂存",
    "unchanged": "没有变化",
    "unreadable": "存档网页不是文章",
    "waiting": "上次的内容还没有入库",
    "emptied": "已按保留政策清除, 不再恢复",
    "damaged": "存档损坏读不了的地方",
}


def register(app: typer.Typer) -> None:
    """Add the command to the noun `source`."""
    app.command("replay")(replay)


def replay(
    name: Annotated[str, typer.Argument(help="来源名称, 用 qianshao source list 查看")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一行JSON")] = False,
) -> None:
    """改了选择器或升级后, 不访问网站, 用存档网页重新提取; 内容不同的写入暂存, 运行 qianshao run 后成为新版本。"""
    from pipeline.crawling.replay import replay as read_again

    deployment = make_deployment()
    _, spec = find_source(deployment, name)
    settings = deployment.settings
    folders = CrawlFolders(settings.spool)
    report = read_again(deployment.store, spec, folders, settings.source_variables, deployment.clock)
    if as_json:
        write_json({"source": name, **asdict(report)})
    else:
        _print(name, report)
    if not report.is_done:
        raise typer.Exit(PARTLY_FAILED)


def _print(name: str, report: "ReplayReport") -> None:
    rows = [(label, getattr(report, kind)) for kind, label in _OUTCOMES.items()]
    print_table(f"重新提取 {name}", ("结果", "文章"), rows)
    for reason in report.damage:
        say(reason)
    if report.changed or report.waiting:
        say("请运行 qianshao run" + ("; 之后再重新提取一次" if report.waiting else ""))
