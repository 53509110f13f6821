"""A report's sentences in the manner of a town's monthly report (月报)."""

from collections.abc import Iterator

from domain.counting.report import ReportFigures
from domain.leads.lead import LeadStatus, Phase
from pipeline.reports.figures import middle

_SHOWN = 3
_PERIOD = {"weekly": "本周", "monthly": "本月"}


def title(figures: ReportFigures) -> str:
    """The heading of the document."""
    return f"{figures.region_name}舆情信访预警线索{figures.period.kind.label}"


def overview(figures: ReportFigures) -> Iterator[str]:
    """What came in."""
    this = _PERIOD[figures.period.kind]
    if not figures.opened:
        yield f"{this}没有新增线索。没有线索不等于没有困难, 请对照覆盖台账看来源是否正常。"
        return
    yield f"{this}新增线索{figures.opened}条, {_compared(figures)}; 其中紧急{figures.urgent}条。"
    risks = sorted(figures.by_risk.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN]
    yield "风险类型以" + "、".join(f"{risk.label}({count}条)" for risk, count in risks) + "为主; 一条线索可有多种类型。"
    villages = [row for row in figures.villages if row.opened][:_SHOWN]
    yield "线索较多的是" + "、".join(f"{row.name}({row.opened}条)" for row in villages) + "。"


def progress(figures: ReportFigures) -> Iterator[str]:
    """What was done about it."""
    this, days = _PERIOD[figures.period.kind], figures.days_to_visit
    if days:
        true = sum(row.true for row in figures.villages)
        yield (
            f"{this}核实线索{len(days)}条, 属实或部分属实{true}条, 纳入监测{figures.taken_in}条。"
            f"从产生线索到入户, 中位数{middle(days):g}天, 最长{days[-1]}天。"
        )
    else:
        yield f"{this}没有核实线索。"
    done = sum(count for status, count in figures.by_status.items() if status.phase is not Phase.OPEN)
    if figures.opened:
        yield f"{this}新增的线索已核实或办理{done}条, 新线索待派办{figures.by_status.get(LeadStatus.NEW, 0)}条。"


def outstanding(figures: ReportFigures) -> Iterator[str]:
    """What is still owed."""
    yield f"截至生成时, 没有核实的线索共{figures.open_now}条, 其中超期{figures.overdue}条。"
    if figures.in_vain:
        yield f"没有核实的线索里有{figures.in_vain}条已上门, 没见到人或没有结论, 请换个时间再去。"
    late = sorted((row for row in figures.villages if row.overdue), key=lambda row: (-row.overdue, row.region))
    if late:
        named = "、".join(f"{row.name}({row.overdue}条)" for row in late[:_SHOWN])
        yield f"超期较多的是{named}, 请尽快入户核实。"


def _compared(figures: ReportFigures) -> str:
    change = figures.opened - figures.opened_before
    if change == 0:
        return "与上期持平"
    return f"比上期{'增加' if change > 0 else '减少'}{abs(change)}条"
