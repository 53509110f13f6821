"""Drafts the declaration of a medium from a list page and two of its articles, for a person to check and complete."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import ParserError

from crawlers.asking.refusals import problem_of_page
from crawlers.declaring.source import Embedded, Paging, Platform, SourceSpec, make_source, systems
from crawlers.extraction.article import Article, extract
from crawlers.extraction.encoding import decode_page
from crawlers.inspection.check_lists import encoding_of, robots_finding
from crawlers.inspection.data_lists import DataList, data_list, platform_of_data
from crawlers.inspection.issue_days import with_day_left_open
from crawlers.inspection.like_a_board import ADVICE, are_like_a_board
from crawlers.inspection.links import likely_articles, list_selector, paging_of, pattern_of, read_links
from crawlers.inspection.look import Look, Page
from crawlers.inspection.selectors import make_sample, propose_selectors
from crawlers.inspection.unfilled import TO_FILL
from crawlers.platforms import PLATFORMS
from crawlers.platforms.epaper import EpaperSpider
from crawlers.platforms.paging import scripted_page
from domain.clock import china_date
from domain.failures.errors import ConfigError, SourceUnreachable

_ARTICLES = 2
_NAME = re.compile(r"^[a-z][a-z0-9_]{1,60}$")
_GENERATORS: dict[str, Platform] = {
    "dedecms": "dedecms",
    "empirecms": "empirecms",
    "jeecms": "jeecms",
    "pageadmin": "pageadmin",
}
"""What the page's <meta name=generator> or its text names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A declaration as text, with comments on what a person must check, and what was learnt of the articles."""

    name: str
    text: str
    articles: tuple[tuple[str, Article], ...]
    """Those that came, by their addresses."""
    missed: tuple[tuple[str, str], ...]
    """Addresses of articles that did not come, and why in Chinese."""
    learnt: tuple[str, ...]
    """What was found of the site, in Chinese; it stands in the declaration's notes as well."""


def probe_spec(name: str, url: str, *, region: str, contact: str) -> SourceSpec:
    """What is needed to look at an address of which nothing is known; ConfigError when name or address cannot be."""
    if not _NAME.match(name):
        raise ConfigError(f"来源名称 {name!r} 应为小写拼音、数字和下划线, 如 lvliang_xinwen_wang")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ConfigError(f"列表页地址 {url!r} 应以 http:// 或 https:// 开头")
    content = {
        "title": name,
        "summary": "",
        "publisher": {"name": name, "level": "county", "official": True},
        "region": region,
        "platform": "article_list",
        "start": [url],
        "every_minutes": 360,
        "expect": {"per_day": {"min": 0, "max": 50}, "stale_after_days": 7},
        "contact": contact,
        "robots": {"note": ""},
    }
    return make_source(name, content, Path(f"{name}.yml"))


def draft_source(spec: SourceSpec, articles: Sequence[str], now: datetime, look: Look) -> Draft:
    """The draft for the list at the start address of `spec`.

    SourceUnreachable when the list does not come, or a captcha, a login or the like stands in its place. Without given
    articles, the two newest of the commonest shape on the list are taken, also of a feed, a sitemap, a JSON answer or a
    list in a script. An article that does not come is left out and told.
    """
    url = spec.start[0]
    robots_address = urljoin(url, "/robots.txt")
    first = look(spec, [robots_address, url])
    page = first.get(url)
    if page is None or page.status != 200:
        raise SourceUnreachable(f"列表页 {url}: {_why_not(page)}")
    is_data = platform_of_data(page.body) is not None
    links = [] if is_data else read_links(page.body, page.url)
    likely = likely_articles(links, page.url)
    data = None if likely else data_list(page, spec, articles, now, look)
    likely = list(data.articles) if data else likely
    if not likely and (refusal := problem_of_page(decode_page(page.body))) is not None:
        raise SourceUnreachable(f"列表页 {url}没有给出列表: {refusal.label}")
    chosen = list(articles) or likely[:_ARTICLES]
    later = look(spec, chosen)
    read = [(later[one], extract(later[one].body, later[one].url)) for one in chosen if _came(later.get(one))]
    robots = robots_finding(first.get(robots_address), spec, [url, *chosen])
    pattern = pattern_of(chosen if articles else likely, page.url) if chosen else ".*"
    platform = data.platform if data else guess_platform(page, pattern)
    samples = [sample for one, article in read if (sample := make_sample(one.body, article))]
    next_selector, paging = (None, data.paging) if data else paging_of(links, page.url)
    # What a platform declares or reads out of its own pages needs no line of the draft.
    by_itself = "paging" in systems().get(platform, {}) or scripted_page(decode_page(page.body), page.url)
    goes_on = next_selector or paging or by_itself
    missed = tuple((one, _why_not(later.get(one))) for one in chosen if not _came(later.get(one)))
    learnt = (
        f"robots.txt: {robots.found}",
        f"列表页: 像文章的链接{len(likely)}条, {encoding_of(page)}",
        f"平台: {platform}; 文章地址: {pattern}; 翻页: {'找到了' if goes_on else '没有找到'}",
        *(f"文章 {one.asked}: {encoding_of(one)}" for one, _ in read),
        *([ADVICE] if are_like_a_board([one for one, _ in read]) else []),
        *(f"文章 {address}: {why}, 没有用上" for address, why in missed),
    )
    text = _render(
        spec,
        title=_title(page),
        platform=platform,
        data=data,
        pattern=pattern,
        select=_own(platform, {"links": list_selector(links, pattern), **propose_selectors(samples)}, next_selector),
        paging=paging if "paging" not in systems().get(platform, {}) else None,
        robots=f"{robots.verdict.label}: {robots.found}",
        remarks=learnt,
        on=china_date(now).isoformat(),
    )
    articles_read = tuple((one.asked, article) for one, article in read)
    return Draft(name=spec.name, text=text, articles=articles_read, missed=missed, learnt=learnt)


def guess_platform(page: Page, pattern: str) -> Platform:
    """How the site is built, by what the page is and names; plain lists where nothing speaks for a system."""
    html = decode_page(page.body)
    if (platform := platform_of_data(page.body)) is not None:
        return platform
    if "createPageHTML" in html or re.search(r"/t\[0-9\]\{8\}_", pattern):
        return "trs"
    if re.search(r"<datastore>|<recordset>", html):
        return "hanweb"
    if "node_" in html and re.search(r"content_|<area", html):
        return "founder_epaper" if "content_" in pattern else "epaper"
    lowered = html.lower()
    return next((platform for mark, platform in _GENERATORS.items() if mark in lowered), "article_list")


def _came(page: Page | None) -> bool:
    return page is not None and page.status == 200


def _why_not(page: Page | None) -> str:
    return (page.problem or f"状态码{page.status}") if page else "没有回答"


def _own(platform: Platform, found: dict[str, str], next_selector: str | None) -> dict[str, str]:
    """The selectors worth declaring: not the default links, not what the system's defaults say already."""
    inherited = systems().get(platform, {}).get("select", {})
    if platform == "epaper":
        found = {**found, "pages": 'a[href*="node_"]'}
    chosen = {key: value for key, value in found.items() if not (key == "links" and value == "a")}
    if next_selector and platform != "trs" and "next" not in inherited:
        chosen["next"] = next_selector
    return chosen


def _title(page: Page) -> str:
    try:
        title = lxml.html.fromstring(re.sub(r"<\?xml[^>]*\?>", "", decode_page(page.body))).findtext(".//title")
    except (ParserError, ValueError):
        title = None
    return re.sub(r"\s+", " ", title or "").strip()[:40] or f"{TO_FILL}媒体名称"


def _render(
    spec: SourceSpec,
    *,
    title: str,
    platform: Platform,
    data: DataList | None,
    pattern: str,
    select: dict[str, str],
    paging: Paging | None,
    robots: str,
    remarks: Sequence[str],
    on: str,
) -> str:
    selectors = ", ".join(f"{key}: {_quoted(value)}" for key, value in select.items())
    is_paper = issubclass(PLATFORMS[platform], EpaperSpider)
    start = (with_day_left_open(spec.start[0]) if is_paper else None) or spec.start[0]
    lines = [
        f"# 草稿, {on} 由 qianshao source new 起草。标有“请填写”的由人填写, 标有“请核对”的由人核对,",
        f"# 然后用 qianshao source check {spec.name} 检查。",
        f"title: {_quoted(title)}  # 请核对: 媒体名称",
        'summary: ""  # 请填写: 登什么内容, 与监测有什么关系',
        "# 请核对: 层级是 national province prefecture county town 中的一个",
        f'publisher: {{name: "{TO_FILL}主办单位", level: county, official: true}}',
        f"region: {_quoted(spec.region)}  # 请核对: 区划代码, 要加引号",
        f"kind: {'paper' if is_paper else 'news'}  # 请核对: news paper government board",
        f"platform: {platform}  # 请核对: 由页面特征推断",
        f"start: [{_quoted(start)}]{'  # 请核对: 每期首版的地址, 日期由 {yyyy} {mm} {dd} 填入' if is_paper else ''}",
        *([f"embedded: {{{_place(data.embedded)}}}  # 请核对: 列表数据所在"] if data and data.embedded else []),
        f"articles: {_quoted(pattern)}  # 请核对: 文章地址的规律",
        *([f"select: {{{selectors}}}  # 由两篇文章比较得出"] if selectors else []),
        *([f"paging: {{template: {_quoted(paging.template or '')}, second: {paging.second}}}"] if paging else []),
        "politeness: {delay_seconds: 3.0}",
        "every_minutes: 360",
        "expect: {per_day: {min: 0, max: 50}, stale_after_days: 7}  # 请核对: 每天几篇, 几天没有新文章算异常",
        'contact: "{contact}"',
        f"robots: {{note: {_quoted(f'{on} 自动读取 robots.txt: {robots}')}}}  # 请核对后加 checked_on: {on}",
        'terms: {note: "请阅读网站使用条款, 写下结论和 checked_on"}',
        "unverified: true  # qianshao source check 通过后用 qianshao source enable 启用",
        "notes: |",
        *(f"  {_printable(remark)}" for remark in remarks),
    ]
    return "\n".join(lines) + "\n"


def _place(embedded: Embedded) -> str:
    told = embedded.model_dump(exclude_defaults=True)
    return ", ".join(f"{key}: {'true' if value is True else _quoted(value)}" for key, value in told.items())


def _quoted(value: str) -> str:
    # Single quotes, because the backslashes of regular expressions mean nothing in them.
    return "'" + _printable(value).replace("'", "''") + "'"


def _printable(value: str) -> str:
    """On one line: what a page says must not begin a key of the declaration."""
    return "".join(character for character in re.sub(r"\s+", " ", value) if character.isprintable())
