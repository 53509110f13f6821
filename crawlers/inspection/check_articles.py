"""Findings on article pages: title, time and body, declared selectors, freshness and volume."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.declaring.source import SourceSpec, systems
from crawlers.extraction.article import Article, extract
from crawlers.extraction.dates import date_in_address
from crawlers.inspection.check_lists import ReadList, encoding_of
from crawlers.inspection.finding import Finding, Verdict
from crawlers.inspection.like_a_board import ADVICE, are_like_a_board
from crawlers.inspection.look import Page
from crawlers.inspection.selectors import Sample, make_sample, propose_selectors
from crawlers.platforms.board import read_board_page
from domain.clock import china_date

_SHORTEST_BODY = 50
_DAYS = 7
_TITLE = "标题"
_SELECTED = ("title", "body", "published", "origin", "author")


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article's page and what was read from it."""

    page: Page
    article: Article
    listed: str
    """What a list calls it, for a page that shows its headline as a picture; empty where none does."""


def extract_page(page: Page, spec: SourceSpec) -> Article:
    """The article as a crawl would read it."""
    if spec.platform == "board":
        return read_board_page(page.body, page.url, spec)
    return extract(page.body, page.url, spec.select, site_names=spec.site_names)


def article_findings(read: Sequence[ReadArticle]) -> Iterator[Finding]:
    """A finding per article: title, time and a body are there; a list may know the title in the page's place."""
    for one in read:
        article, length = one.article, len(one.article.text)
        missing = [
            name
            for name, is_there in (
                (_TITLE, bool(article.title)),
                ("时间", article.published_at is not None),
                ("正文", length >= _SHORTEST_BODY),
            )
            if not is_there
        ]
        at = f"{article.published_at:%Y-%m-%d %H:%M}" if article.published_at else "没有时间"
        verdict, advice = _judgement(missing, one.listed)
        said = f"《{article.title[:24]}》 {at} 来源{article.origin or '没有'} 正文{length}字, {encoding_of(one.page)}"
        yield Finding(
            check=f"文章 {one.page.asked}",
            verdict=verdict,
            found=said if one.page.status == 200 else one.page.problem or f"状态码{one.page.status}",
            expected=f"标题、时间、正文至少{_SHORTEST_BODY}字",
            advice=advice,
        )


def _judgement(missing: Sequence[str], listed: str) -> tuple[Verdict, str]:
    """The verdict on an article that lacks these, and the advice."""
    if not missing:
        return Verdict.GOOD, ""
    if listed and list(missing) == [_TITLE]:
        advice = f"页面上的标题可能是图片: 抓取时用列表页上的《{listed[:24]}》; 页面上若有文字标题, 声明 select.title"
        return Verdict.ATTENTION, advice
    return Verdict.FAILED, f"缺{'、'.join(missing)}: 核对是不是文章页, 或声明选择器"


def board_findings(read: Sequence[ReadArticle], spec: SourceSpec) -> Iterator[Finding]:
    """A warning where the articles of a list are messages: the nicknames of who wrote them would be kept."""
    if spec.platform != "board" and are_like_a_board([one.page for one in read]):
        yield Finding(check="平台", verdict=Verdict.ATTENTION, found=spec.platform, expected="board", advice=ADVICE)


def title_findings(read: Sequence[ReadArticle]) -> Iterator[Finding]:
    """A failure when pages of different texts bear one title: it is the site's name, and the headline a picture."""
    titles = {one.article.title for one in read if one.article.title}
    texts = {one.article.text for one in read if one.article.title}
    if len(titles) == 1 and len(texts) > 1:
        yield Finding(
            check="标题",
            verdict=Verdict.FAILED,
            found=f"{len(texts)}篇不同的文章都是《{titles.pop()[:24]}》",
            expected="各篇不同",
            advice="这是网站或栏目的名称: 声明 select.title; 标题若是图片, 程序读不出",
        )


def selector_findings(read: Sequence[ReadArticle], spec: SourceSpec) -> Iterator[Finding]:
    """A finding per declared selector; one from the system's defaults may miss, the extractors then decide."""
    inherited = systems().get(spec.platform, {}).get("select", {})
    plain = [(one, extract(one.page.body, one.page.url)) for one in read if one.page.status == 200]
    samples = [sample for one, found in plain if (sample := make_sample(one.page.body, found))]
    proposals = propose_selectors(samples) if spec.platform != "board" else {}
    for name, selector in _declared(spec):
        hits = sum(1 for sample in samples if _hits(sample, selector))
        missing = hits < len(samples)
        yield Finding(
            check=f"选择器 {name}",
            verdict=_selector_verdict(hits, len(samples), is_own=inherited.get(name) != selector),
            found=f"{len(samples)}页中{hits}页有 {selector}",
            expected="每页都有",
            advice=_selector_advice(name, proposals) if missing else "",
        )


def _selector_verdict(hits: int, pages: int, *, is_own: bool) -> Verdict:
    if not pages:
        return Verdict.ATTENTION
    if hits == pages:
        return Verdict.GOOD
    return Verdict.FAILED if is_own and not hits else Verdict.ATTENTION


def _declared(spec: SourceSpec) -> list[tuple[str, str]]:
    named = [(name, getattr(spec.select, name)) for name in _SELECTED]
    if spec.board is not None:
        named += [(f"board.{name}", selector) for name, selector in spec.board.model_dump().items()]
    return [(name, selector) for name, selector in named if selector]


def _hits(sample: Sample, selector: str) -> bool:
    return any(element.text_content().strip() for element in sample.page.cssselect(selector))


def _selector_advice(name: str, proposals: dict[str, str]) -> str:
    proposed = proposals.get(name)
    return f'可改为 {name}: "{proposed}"' if proposed else "删去这一项由程序判断, 或对照网页源代码改写"


def volume_findings(
    lists: Sequence[ReadList], read: Sequence[ReadArticle], spec: SourceSpec, now: datetime
) -> Iterator[Finding]:
    """How fresh the newest article is and how many the list holds of the last days, against `expect`."""
    dated = [one.article.published_at for one in read if one.article.published_at]
    in_addresses = [at for one in lists for url in one.articles if (at := date_in_address(url))]
    newest = max([*dated, *in_addresses], default=None)
    if newest is None:
        return
    age = (china_date(now) - china_date(newest)).days
    yield Finding(
        check="最新文章",
        verdict=Verdict.GOOD if age <= spec.expect.stale_after_days else Verdict.ATTENTION,
        found=f"{age}天前",
        expected=f"{spec.expect.stale_after_days}天之内",
        advice="" if age <= spec.expect.stale_after_days else "栏目可能已停更, 或 expect.stale_after_days 太小",
    )
    if in_addresses:
        recent = sum(1 for at in in_addresses if at >= now - timedelta(days=_DAYS))
        most = spec.expect.per_day.max * _DAYS
        yield Finding(
            check=f"近{_DAYS}天",
            verdict=Verdict.GOOD if spec.expect.per_day.min * _DAYS <= recent <= most else Verdict.ATTENTION,
            found=f"首页列表上有{recent}条",
            expected=f"{spec.expect.per_day.min * _DAYS}至{most}条",
            advice="" if recent <= most else "expect.per_day.max 太小",
        )
