"""Commands with which a medium comes to be crawled: draft, check, take over, switch on and off."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from commands.terminal import PARTLY_FAILED, moment, print_table, say, write_json
from crawlers.declaring.source import SourceSpec
from domain.clock import china_date
from domain.failures.errors import ConfigError
from pipeline.deployment import Deployment, make_deployment

if TYPE_CHECKING:
    from crawlers.inspection.finding import Finding

AsJson = Annotated[bool, typer.Option("--json", help="每行输出一个JSON对象")]
Name = Annotated[str, typer.Argument(help="来源名称, 用 qianshao source list 或 list --shipped 查看")]


def register(app: typer.Typer) -> None:
    """Add the commands to `qianshao source`."""
    app.command("check")(check)
    app.command("new")(new)
    app.command("enable")(enable)
    app.command("disable")(disable)


def check(name: Name, as_json: AsJson = False) -> None:
    """当场核对一个来源: 取少量网页, 与声明对照, 给出建议; 不作任何改动。退出码0可以启用, 1不可以。"""
    from crawlers.inspection.check import check_source
    from crawlers.inspection.finding import may_be_enabled
    from crawlers.inspection.look import look

    deployment = make_deployment()
    path, spec = find_source(deployment, name)
    if spec.disabled is not None:
        raise ConfigError(f"来源 {name} 已停用, 不向网站发请求: {spec.disabled.because} ({path})")
    filled = spec.with_variables(deployment.settings.source_variables)
    findings = check_source(filled, deployment.clock.now(), look)
    if as_json:
        for one in findings:
            write_json(
                {
                    "check": one.check,
                    "verdict": one.verdict.value,
                    "found": one.found,
                    "expected": one.expected,
                    "advice": one.advice,
                }
            )
    else:
        _print_findings(f"核对 {name} ({path})", findings)
    if not may_be_enabled(findings):
        say(f"{name} 还不能启用: 按建议修改 {path} 后再核对。")
        raise typer.Exit(PARTLY_FAILED)
    say(f'{name} 可以启用。读过 robots.txt 和使用条款后: qianshao source enable {name} --checked "核对结论"')


def _print_findings(title: str, findings: Sequence["Finding"]) -> None:
    rows = [(one.check, one.verdict.label, one.found, one.expected, one.advice) for one in findings]
    print_table(title, ("检查", "结论", "找到", "期望", "建议"), rows)


def new(
    url: Annotated[str, typer.Argument(help="列表页地址")],
    article: Annotated[list[str] | None, typer.Option("--article", help="一篇文章的地址, 最好给两篇")] = None,
    name: Annotated[str | None, typer.Option("--name", help="来源名称: 拼音、下划线; 不写则取自网址")] = None,
    region: Annotated[str | None, typer.Option("--region", help="区划代码; 不写则为本县")] = None,
) -> None:
    """由一个列表页和两篇文章起草来源声明, 写入数据目录的 sources 下, 标明须由人核对之处; 缺文章时退出码1。"""
    from crawlers.declaring.source_file import write_source
    from crawlers.inspection.draft import draft_source, probe_spec
    from crawlers.inspection.look import look

    deployment = make_deployment()
    contact = deployment.settings.source_variables.get("contact", "")
    if not contact:
        raise ConfigError(
            '请先在 settings.toml 写明联系方式: [source_variables] 下 contact = "…" (网站据此能找到抓取的人)'
        )
    chosen = name or _name_of(url)
    path = deployment.settings.own_sources / f"{chosen}.yml"
    spec = probe_spec(chosen, url, region=region or deployment.settings.county, contact=contact)
    if path.exists() or chosen in deployment.sources or chosen in deployment.declared.unusable:
        raise ConfigError(f"来源 {chosen} 已经有了, 请用 --name 另取名称")
    draft = draft_source(spec, article or [], deployment.clock.now(), look)
    write_source(path, draft.text, is_new=True)
    rows = [
        (address, found.title, moment(found.published_at), found.origin, len(found.text))
        for address, found in draft.articles
    ]
    print_table(f"起草所据的文章 ({path})", ("地址", "标题", "时间", "来源", "正文字数"), rows)
    for sentence in draft.learnt:
        say(sentence)
    say(f"已写入 {path}。请填写标有“请填写”的, 核对标有“请核对”的各行, 然后: qianshao source check {chosen}")
    if draft.missed:
        say(f"注意: {len(draft.missed)}篇文章没有取到, 草稿依据不足; 换一篇能打开的文章再起草, 或自行核对选择器")
        raise typer.Exit(PARTLY_FAILED)
    if not draft.articles:
        say("注意: 列表页上没有像文章的链接, 草稿没有依据; 请换一个列表页, 或用 --article 给出两篇文章的地址")
        raise typer.Exit(PARTLY_FAILED)


def enable(
    name: Name,
    checked: Annotated[
        str | None, typer.Option("--checked", help="核对 robots.txt 和使用条款的结论; 写了才真正启用")
    ] = None,
) -> None:
    """把随软件提供的来源取为本县所用; 加 --checked 则当场核对, 通过了才记下结论并启用, 否则退出码1。"""
    from crawlers.declaring.source_file import verified, write_source

    deployment = make_deployment()
    path, spec = find_source(deployment, name)
    shipped = deployment.shipped_sources.get(name)
    if checked is not None and spec.disabled is not None and shipped is not None and shipped[1].disabled is not None:
        raise ConfigError(
            f"来源 {name} 停用: {spec.disabled.because}。情况已变的, 先不带 --checked 取用, 改写后删去 disabled 一项"
        )
    own = path if name in deployment.sources else deployment.settings.own_sources / path.name
    text = path.read_text(encoding="utf-8")
    if checked is not None and not checked.strip():
        raise ConfigError("--checked 要写明核对的结论")
    if checked is None and own == path:
        say(f'{name} 已在 {path}。核对后用 --checked "结论" 启用。')
        return
    if checked is not None:
        _must_pass(deployment, path, spec)
        text = verified(text, checked, china_date(deployment.clock.now()))
    write_source(own, text, is_new=own != path)
    say(f"{name} {'已启用' if checked else '已取到, 尚未启用'}: {own}")


def _must_pass(deployment: Deployment, path: Path, spec: SourceSpec) -> None:
    """What `source check` refuses is not switched on: ConfigError for an unfilled draft, exit 1 for what failed."""
    from crawlers.inspection.check import check_source
    from crawlers.inspection.finding import Verdict
    from crawlers.inspection.look import look
    from crawlers.inspection.unfilled import unfilled

    if open_keys := unfilled(spec):
        raise ConfigError(f"来源 {spec.name} 没有启用, 还没有填写: {'、'.join(open_keys)} ({path})")
    say(f"正在核对 {spec.name}, 每页间隔{spec.politeness.delay_seconds:g}秒…")
    filled = spec.with_variables(deployment.settings.source_variables)
    failed = [one for one in check_source(filled, deployment.clock.now(), look) if one.verdict is Verdict.FAILED]
    if failed:
        _print_findings(f"{spec.name} 不通过的检查 ({path})", failed)
        say(f"{spec.name} 没有启用: 按建议修改 {path} 后再试。全部检查: qianshao source check {spec.name}")
        raise typer.Exit(PARTLY_FAILED)


def disable(
    name: Name,
    because: Annotated[str, typer.Option("--because", help="停用的原因")],
) -> None:
    """停用一个来源并记下原因; 文件保留, 可再启用。"""
    from crawlers.declaring.source_file import disabled, write_source

    deployment = make_deployment()
    if name in deployment.declared.unusable or name not in deployment.shipped_sources:
        find_source(deployment, name)
    if name not in deployment.sources:
        raise ConfigError(f"本县没有名为 {name} 的来源, 它只是随软件提供; 本县的用 qianshao source list 查看")
    if not because.strip():
        raise ConfigError("--because 要写明停用的原因")
    path = deployment.sources[name][0]
    text = disabled(path.read_text(encoding="utf-8"), because, china_date(deployment.clock.now()))
    write_source(path, text, is_new=False)
    say(f"{name} 已停用: {path}")


def find_source(deployment: Deployment, name: str) -> tuple[Path, SourceSpec]:
    """The county's own declaration, else the shipped one; ConfigError when there is neither, or it is wrong."""
    if (unusable := deployment.declared.unusable.get(name)) is not None:
        raise ConfigError(unusable.problem)
    found = deployment.sources.get(name) or deployment.shipped_sources.get(name)
    if found is None:
        raise ConfigError(unknown_source(name, [*deployment.sources, *deployment.shipped_sources]))
    return found


def unknown_source(name: str, known: Sequence[str]) -> str:
    """That nothing has this name, and which name was perhaps meant."""
    near = get_close_matches(name, known, n=2, cutoff=0.7)
    meant = f", 是不是 {' 或 '.join(near)}?" if near else ";"
    return (
        f"没有名为 {name} 的来源{meant} 本县的用 qianshao source list 查看, "
        "随软件提供的用 qianshao source list --shipped 查看"
    )


def _name_of(url: str) -> str:
    parts = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    return "".join(character if character.isalnum() else "_" for character in parts[0].lower()) or "source"
