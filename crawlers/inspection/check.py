"""Holds a declaration against the live site: a handful of pages, what was found, what was expected, what to change.

It marks nothing: whether a source is crawled is decided by the person who reads the findings.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urljoin

from crawlers.declaring.source import SourceSpec
from crawlers.inspection.check_articles import (
    ReadArticle,
    article_findings,
    board_findings,
    extract_page,
    selector_findings,
    title_findings,
    volume_findings,
)
from crawlers.inspection.check_lists import (
    ReadList,
    further_page,
    list_findings,
    paging_findings,
    read_list,
    robots_finding,
)
from crawlers.inspection.finding import Finding, Verdict
from crawlers.inspection.look import Look
from crawlers.inspection.unfilled import unfilled
from crawlers.platforms import PLATFORMS
from crawlers.platforms.epaper import EpaperSpider, issue_addresses

_LISTS = 3
_ARTICLES = 3
_NOTHING_READ = Finding(
    check="文章", verdict=Verdict.FAILED, found="一篇也没有取到", expected="至少1篇", advice="核对 start 和 articles"
)


def check_source(spec: SourceSpec, now: datetime, look: Look) -> list[Finding]:
    """Findings on robots, lists, paging, articles, selectors, encoding, volume and what is not filled in.

    `spec` has its variables filled.

    The lists, the next list page and three articles are looked at; where the lists only name other lists, such as an
    index of sitemaps, the articles of the next one. SourceUnreachable when no look is possible.
    """
    addresses = _first_addresses(spec, now)
    robots_address = urljoin(addresses[0], "/robots.txt")
    pages = look(spec, [robots_address, *addresses])
    findings = [robots_finding(pages.get(robots_address), spec, addresses)]
    lists = [read_list(pages[address], spec, now) for address in addresses if address in pages]
    findings += list_findings(lists, spec)
    further = next((url for one in lists if (url := further_page(one, spec))), None)
    chosen = _chosen(lists)
    later = look(spec, [*([further] if further else []), *chosen])
    findings += paging_findings(lists, later.get(further) if further else None, spec, now)
    if not chosen and further in later:
        chosen = _chosen([read_list(later[further], spec, now)])
        later = look(spec, chosen)
    listed = {url: text for one in lists for url, text in one.headlines.items()}
    read = [
        ReadArticle(later[url], extract_page(later[url], spec), listed.get(url, "")) for url in chosen if url in later
    ]
    findings += article_findings(read) if read else [_NOTHING_READ]
    findings += title_findings(read)
    findings += board_findings(read, spec)
    findings += selector_findings(read, spec)
    findings += volume_findings(lists, read, spec, now)
    findings += _records(spec)
    return findings


def _first_addresses(spec: SourceSpec, now: datetime) -> list[str]:
    if issubclass(PLATFORMS[spec.platform], EpaperSpider):
        return [issue.address for issue in issue_addresses(spec, now)][:_LISTS]
    return list(spec.start[:_LISTS])


def _chosen(lists: Sequence[ReadList]) -> list[str]:
    """The newest two and the last: pages of different age may have different templates."""
    each = list(dict.fromkeys(address for one in lists for address in one.articles))
    return each if len(each) <= _ARTICLES else [*each[: _ARTICLES - 1], each[-1]]


def _records(spec: SourceSpec) -> Iterator[Finding]:
    if open_keys := unfilled(spec):
        yield Finding(
            check="填写",
            verdict=Verdict.FAILED,
            found=f"没有填写: {'、'.join(open_keys)}",
            expected="草稿里要人填写的都填了",
            advice="写明后再核对",
        )
    missing = [
        name
        for name, record in (("robots", spec.robots), ("terms", spec.terms))
        if record is None or record.checked_on is None
    ]
    if missing:
        yield Finding(
            check="核对记录",
            verdict=Verdict.ATTENTION,
            found=f"{'、'.join(missing)} 没有核对日期",
            expected="由人核对并记下日期",
            advice="读过 robots.txt 和使用条款后写 checked_on 和 note",
        )
