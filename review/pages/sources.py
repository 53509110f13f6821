"""来源: how the media are, for whoever runs the system; one page for each with its last runs."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.clock import CHINA
from domain.media.source_health import DayVolume, SourceHealth, SourceVerdict
from review.reports import Reports
from review.requests import desk_of, page, signed_in
from review.rights import access

router = APIRouter()
_RUNS_FOR = timedelta(days=14)
_RUNS_SHOWN = 20
_PARTS = {"title": "标题", "text": "正文", "body": "正文", "published_at": "发布时间", "published": "发布时间"}
_PARTS |= {"origin": "来源", "author": "作者"}
_WIDTH, _HEIGHT, _FOOT = 600, 120, 26
"""Of the chart in its own units, with room for the dates below it; on a phone it is drawn at half their size."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart, in its units."""

    day: DayVolume
    x: float
    width: float
    height: float
    usual_y: float


@router.get("/sources")
def show_all(request: Request) -> HTMLResponse:
    """Every declared medium with its verdict, what needs a person first; those of one verdict where one is named."""
    account, reports = _operator(request)
    named = request.query_params.get("verdict", "")
    verdict = next((one for one in SourceVerdict if one.value == named), None)
    healths = [one for one in reports.source_healths() if verdict is None or one.verdict is verdict]
    return page(request, "sources.html", account, healths=healths, verdict=verdict, zone=CHINA)


@router.get("/sources/{name}")
def show(request: Request, name: str) -> HTMLResponse:
    """One medium: verdict, a month of days, hit rates, its last runs."""
    account, reports = _operator(request)
    health = next((one for one in reports.source_healths() if one.source.name == name), None)
    if health is None:
        raise HTTPException(404)
    with desk_of(request).store.reading() as work:
        runs = work.sources.runs_since(desk_of(request).clock.now() - _RUNS_FOR).get(name, [])
    return page(
        request,
        "source.html",
        account,
        health=health,
        bars=bars_of(health),
        rates=[(part_name(name), rate) for name, rate in health.hit_rates.items()],
        size=(_WIDTH, _HEIGHT, _FOOT),
        runs=runs[::-1][:_RUNS_SHOWN],
        zone=CHINA,
    )


def bars_of(health: SourceHealth) -> list[Bar]:
    """The chart of the latest days; the highest of found and expected reaches its top."""
    most = max([1.0, *(max(float(day.found), day.expected) for day in health.days)])
    step = _WIDTH / max(1, len(health.days))
    return [
        Bar(
            day=day,
            x=round(index * step + step * 0.15, 1),
            width=round(step * 0.7, 1),
            height=round(day.found / most * _HEIGHT, 1),
            usual_y=round(_HEIGHT - day.expected / most * _HEIGHT, 1),
        )
        for index, day in enumerate(health.days)
    ]


def part_name(name: str) -> str:
    """What a part of an article or its selector is called on the page."""
    part = name.removeprefix("select.")
    label = _PARTS.get(part, part)
    return label if part == name else f"选择器: {label}"


def _operator(request: Request) -> tuple[Account, Reports]:
    account = signed_in(request)
    access.require(access.may_watch_sources(account))
    reports = desk_of(request).reports
    if reports is None:
        raise HTTPException(404)
    return account, reports
