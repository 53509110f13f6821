"""How sources are shown: one row each, with what an operator needs to know about it."""

from collections.abc import Mapping

from commands.terminal import moment
from crawlers.declaring.declared import UnusableSource
from crawlers.declaring.source import Platform, SourceSpec
from domain.media.crawl import CrawlOutcome, CrawlReport

COLUMNS = ("名称", "标题", "种类", "平台", "区划", "状态", "核对", "最近抓取", "结果")
_KINDS = {"news": "新闻", "paper": "报纸", "government": "政府", "board": "留言"}
_PLATFORMS: Mapping[Platform, str] = {
    "article_list": "列表页",
    "script_list": "脚本列表",
    "rss": "订阅(RSS)",
    "sitemap": "站点地图",
    "epaper": "数字报",
    "board": "留言板",
    "trs": "拓尔思(TRS)",
    "hanweb": "大汉",
    "dedecms": "织梦",
    "empirecms": "帝国",
    "jeecms": "JEECMS",
    "pageadmin": "PageAdmin",
    "people_cms": "人民网系统",
    "founder_epaper": "方正数字报",
}
"""What people call the codes of declarations."""


def source_record(spec: SourceSpec, last: CrawlReport | None, *, is_shipped: bool = False) -> dict[str, str]:
    """One source as `--json` prints it; times in ISO form, codes as declared, empty where there is nothing."""
    checked = [record.checked_on.isoformat() for record in (spec.robots, spec.terms) if record and record.checked_on]
    return {
        "name": spec.name,
        "title": spec.title,
        "kind": _KINDS[spec.kind],
        "platform": spec.platform,
        "region": spec.region,
        "state": _state(spec, is_shipped=is_shipped),
        "checked_on": min(checked, default=""),
        **_last_run(last),
    }


def source_row(spec: SourceSpec, last: CrawlReport | None, *, is_shipped: bool = False) -> tuple[str, ...]:
    """One source in the order of `COLUMNS`, in the words and the time of the people who read the table."""
    shown = {**source_record(spec, last, is_shipped=is_shipped), "platform": _PLATFORMS[spec.platform]}
    return _row(shown, last)


def unusable_row(source: UnusableSource, last: CrawlReport | None) -> tuple[str, ...]:
    """A source whose declaration is wrong, in the same order and time."""
    return _row(unusable_record(source, last), last)


def unusable_record(source: UnusableSource, last: CrawlReport | None) -> dict[str, str]:
    """A source whose declaration is wrong, with the keys of `source_record`."""
    empty = dict.fromkeys(("title", "kind", "platform", "region"), "")
    state = f"{CrawlOutcome.MISDECLARED.label}: {source.problem}"
    return {"name": source.name, **empty, "state": state, "checked_on": "", **_last_run(last)}


def _row(record: Mapping[str, str], last: CrawlReport | None) -> tuple[str, ...]:
    return tuple({**record, "last_run": moment(last.finished_at) if last else ""}.values())


def _last_run(last: CrawlReport | None) -> dict[str, str]:
    return {
        "last_run": last.finished_at.isoformat(timespec="seconds") if last else "",
        "outcome": last.outcome.label if last else "",
    }


def _state(spec: SourceSpec, *, is_shipped: bool) -> str:
    if spec.disabled is not None:
        return f"停用: {spec.disabled.because}"
    if is_shipped:
        return "可选"
    return "未核实" if spec.unverified else "启用"
