"""Findings on robots.txt, list pages and paging."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from protego import Protego

from crawlers.asking.answers import joined
from crawlers.declaring.addresses import fits, is_on, normalise_address, sites_of
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.encoding import decode_page
from crawlers.inspection.finding import Finding, Verdict
from crawlers.inspection.issue_days import with_day_left_open
from crawlers.inspection.links import likely_articles, list_selector, paging_of, pattern_of, read_links
from crawlers.inspection.look import Page
from crawlers.platforms import PLATFORMS
from crawlers.platforms.epaper import EpaperSpider
from crawlers.platforms.listing import Listing

AGENT = "qianshao"
"""How robots.txt may name us; what stands for * holds otherwise."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list page and what was read from it."""

    page: Page
    listing: Listing
    articles: tuple[str, ...]
    """Addresses that fit the declared pattern, in one form."""
    headlines: Mapping[str, str] = field(default_factory=dict)
    """What the list calls them, where it does."""


def robots_finding(page: Page | None, spec: SourceSpec, addresses: Sequence[str]) -> Finding:
    """Whether robots.txt lets us read the addresses, and how slowly (RFC 9309: 4xx allows, 5xx forbids)."""
    if page is None or page.status == 0 or page.status >= 500:
        said = page.problem or f"状态码{page.status}" if page else "没有回答"
        return Finding(
            check="robots.txt", verdict=Verdict.FAILED, found=said, expected="能取到", advice="取不到时按不允许处理"
        )
    if page.status >= 400:
        return Finding(check="robots.txt", verdict=Verdict.GOOD, found="没有这个文件, 没有限制")
    rules = Protego.parse(page.body.decode("utf-8", errors="replace"))
    refused = [address for address in addresses if not rules.can_fetch(address, AGENT)]
    if refused:
        return Finding(
            check="robots.txt", verdict=Verdict.FAILED, found=f"不允许 {refused[0]}", expected="允许", advice="不要抓取"
        )
    asked = rules.crawl_delay(AGENT)
    if asked and asked > spec.politeness.delay_seconds:
        return Finding(
            check="robots.txt",
            verdict=Verdict.ATTENTION,
            found=f"允许, 要求间隔{asked:g}秒",
            expected=f"间隔{spec.politeness.delay_seconds:g}秒",
            advice=f"politeness.delay_seconds: {asked:.1f}",
        )
    return Finding(check="robots.txt", verdict=Verdict.GOOD, found="允许")


def read_list(page: Page, spec: SourceSpec, now: datetime) -> ReadList:
    """The list as a crawl would read it; empty where the page did not come."""
    if page.status != 200:
        return ReadList(page, Listing(), ())
    response = page.response()
    listing = PLATFORMS[spec.platform].listing(response, spec, now)
    found = dict.fromkeys(normalise_address(joined(response, address)) for address in listing.articles)
    sites = sites_of(spec.start, spec.fetch)
    fitting = (url for url in found if is_on(url, sites) and fits(url, spec.articles))
    named = {normalise_address(joined(response, address)): text for address, text in listing.headlines.items()}
    return ReadList(page, listing, tuple(fitting), named)


def list_findings(lists: Sequence[ReadList], spec: SourceSpec) -> Iterator[Finding]:
    """A finding per list page; a day without a paper is none as long as another day has one."""
    is_paper = issubclass(PLATFORMS[spec.platform], EpaperSpider)
    for start in spec.start if is_paper else ():
        if (left_open := with_day_left_open(start)) is not None:
            yield Finding(
                check=f"起始地址 {start}",
                verdict=Verdict.FAILED,
                found="写死了一天, 只会抓这一期",
                expected="日期由 {yyyy} {mm} {dd} 填入",
                advice=f"start: ['{left_open}']",
            )
    for one in lists:
        check = f"列表 {one.page.asked}"
        if one.page.status != 200:
            said = one.page.problem or f"状态码{one.page.status}"
            no_issue = is_paper and one.page.status == 404 and any(other.articles for other in lists)
            yield Finding(
                check=check,
                verdict=Verdict.ATTENTION if no_issue else Verdict.FAILED,
                found="这一天没有报纸" if no_issue else said,
                expected="打得开",
                advice="" if no_issue else "核对 start 的地址",
            )
            continue
        found = f"文章链接{len(one.articles)}条, 全部链接{len(one.listing.articles)}条, {encoding_of(one.page)}"
        if one.articles or one.listing.inner:
            yield Finding(check=check, verdict=Verdict.GOOD, found=found, expected="至少1条")
        else:
            yield Finding(
                check=check,
                verdict=Verdict.FAILED,
                found=found,
                expected=f"符合 articles: {spec.articles}",
                advice=_list_advice(one.page),
            )


def _list_advice(page: Page) -> str:
    links = read_links(page.body, page.url)
    articles = likely_articles(links, page.url)
    if not articles:
        return "页面上没有像文章的链接: 列表可能由脚本生成(platform: script_list), 或地址不对, 或被拦截"
    pattern = pattern_of(articles, page.url)
    return f"articles: '{pattern}'; select.links: \"{list_selector(links, pattern)}\""


def encoding_of(page: Page) -> str:
    """The declared character set and how many characters could not be read, in Chinese."""
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", page.body[:2048], re.IGNORECASE)
    named = declared[1].decode("ascii", errors="replace") if declared else "未声明"
    broken = decode_page(page.body).count("�")
    return f"编码{named}" + (f", 有{broken}个字读不出" if broken else "")


def further_page(one: ReadList, spec: SourceSpec) -> str | None:
    """Address of the next page of the list, or of the first page inside it; None where there is none."""
    address = one.listing.following or next(iter(one.listing.inner), None)
    url = joined(one.page.response(), address) if address else None
    return url if url and is_on(url, sites_of(spec.start, spec.fetch)) else None


def paging_findings(lists: Sequence[ReadList], page: Page | None, spec: SourceSpec, now: datetime) -> Iterator[Finding]:
    """Whether the page after the first was found and brings articles that the first does not have."""
    if page is None:
        opened = next((one.page for one in lists if one.page.status == 200), None)
        if opened is not None and spec.platform not in {"rss", "sitemap"}:
            yield Finding(
                check="翻页", verdict=Verdict.ATTENTION, found="没有找到下一页", advice=_paging_advice(opened)
            )
        return
    known = {address for one in lists for address in one.articles}
    fresh = [address for address in read_list(page, spec, now).articles if address not in known]
    good = page.status == 200 and bool(fresh)
    yield Finding(
        check=f"翻页 {page.asked}",
        verdict=Verdict.GOOD if good else Verdict.ATTENTION,
        found=f"又有{len(fresh)}条新的文章链接" if page.status == 200 else page.problem or f"状态码{page.status}",
        expected="有第一页没有的文章",
        advice="" if good else "核对 select.next 或 paging.template、paging.second",
    )


def _paging_advice(page: Page) -> str:
    selector, paging = paging_of(read_links(page.body, page.url), page.url)
    if selector:
        return f"select.next: '{selector}'"
    if paging:
        return f'paging: {{template: "{paging.template}", second: {paging.second}}}'
    return "只读第一页; 若网站有分页, 请写 select.next 或 paging.template"
