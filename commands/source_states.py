"""How sources are shown: one row each, with what an operator needs to know about it."""

from crawlers.source import SourceSpec
from domain.crawl import CrawlReport

COLUMNS = ("名称", "标题", "种类", "平台", "区划", "状态", "核对", "最近抓取", "结果")
_KINDS = {"news": "新闻", "paper": "报纸", "government": "政府", "board": "留言"}


def source_row(spec: SourceSpec, last: CrawlReport | None, *, is_shipped: bool = False) -> dict[str, str]:
    """One source in the order of `COLUMNS`; times in ISO form, empty where there is nothing."""
    checked = [record.checked_on.isoformat() for record in (spec.robots, spec.terms) if record and record.checked_on]
    return {
        "name": spec.name,
        "title": spec.title,
        "kind": _KINDS[spec.kind],
        "platform": spec.platform,
        "region": spec.region,
        "state": _state(spec, is_shipped=is_shipped),
        "checked_on": min(checked, default=""),
        "last_run": last.finished_at.isoformat(timespec="seconds") if last else "",
        "outcome": last.outcome.label if last else "",
    }


def _state(spec: SourceSpec, *, is_shipped: bool) -> str:
    if spec.disabled is not None:
        return f"停用: {spec.disabled.because}"
    if is_shipped:
        return "可选"
    return "未核实" if spec.unverified else "启用"
