"""A declaration is held against a site, and drafted from one: real Scrapy, a site of our own."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawlers.declaring.source import SourceSpec, load_source, make_source
from crawlers.declaring.source_file import write_source
from crawlers.inspection.check import check_source
from crawlers.inspection.draft import draft_source, probe_spec
from crawlers.inspection.finding import Finding, Verdict, may_be_enabled
from crawlers.inspection.look import Page, look
from domain.failures.errors import ConfigError, SourceUnreachable
from tests.crawlers.faulty_site import answer, bomb, faulty_site, redirect
from tests.crawlers.inspection.county_site import ARTICLES, LIST, county_site, dynamic_site
from tests.crawlers.loopback import serving

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOST = "http://127.0.0.1:1"


class SavedSite:
    """Answers looks from saved pages, without a network."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, spec: SourceSpec, addresses: Sequence[str]) -> dict[str, Page]:
        self.asked += addresses
        return {address: self._page(address) for address in addresses}

    def _page(self, address: str) -> Page:
        body = self.pages.get(address.removeprefix(HOST))
        page = Page(asked=address, url=address, status=200, content_type="text/html", body=body or b"")
        return page if body is not None else replace(page, status=404)


def probe(address: str = HOST) -> SourceSpec:
    return probe_spec("shiyan_xinwen", f"{address}/xw/", region="141124", contact="test@example.invalid")


def declared(**changes: object) -> SourceSpec:
    select = {"links": "ul.wzlb a", "next": "a.xyy", "title": "#bt", "body": "div.zw", "published": "span.sj"}
    politeness = {"delay_seconds": 0.0}
    content = {
        **probe().model_dump(mode="json"),
        "summary": "县里的新闻",
        "articles": "/xw/[0-9]{6}/",
        "select": select,
        "politeness": politeness,
        **changes,
    }
    content["expect"] = {"per_day": {"min": 0, "max": 5}, "stale_after_days": 4}
    return SourceSpec.model_validate(content)


def by_check(findings: list[Finding], beginning: str) -> list[Finding]:
    return [finding for finding in findings if finding.check.startswith(beginning)]


def test_a_declaration_that_fits_the_live_site_may_be_enabled():
    with serving(county_site()) as site:
        spec = declared(start=[f"{site.address}/xw/"])

        findings = check_source(spec, NOW, look)

    assert may_be_enabled(findings)
    assert by_check(findings, "robots.txt")[0].verdict is Verdict.GOOD
    assert "文章链接3条" in by_check(findings, "列表")[0].found
    assert "又有1条" in by_check(findings, "翻页")[0].found
    assert [one.verdict for one in by_check(findings, "文章")] == [Verdict.GOOD] * 3
    assert by_check(findings, "选择器 body")[0].found == "3页中3页有 div.zw"
    assert len(site.asked) <= 8


def test_a_selector_that_misses_fails_and_another_is_proposed():
    select = {"links": "ul.wzlb a", "next": "a.xyy", "title": "h2.old", "body": "#gone"}

    findings = check_source(declared(select=select), NOW, SavedSite(county_site()))

    assert not may_be_enabled(findings)
    assert '"#bt"' in by_check(findings, "选择器 title")[0].advice
    assert '"div.zw"' in by_check(findings, "选择器 body")[0].advice


def test_articles_that_all_bear_the_name_of_the_site_fail():
    pages = county_site()
    for address in ARTICLES:
        bare = re.sub("<(title|h1).*?</(title|h1)>", "", pages[address].decode("gb18030"))
        pages[address] = f"<title>试验乡音</title>{bare}".encode("gb18030")

    findings = check_source(declared(select={"links": "ul.wzlb a"}), NOW, SavedSite(pages))

    assert not may_be_enabled(findings)
    assert by_check(findings, "标题")[0].verdict is Verdict.FAILED


def test_headlines_that_are_pictures_are_taken_from_the_list_and_fail_where_it_has_none():
    pages = county_site()
    for address in ARTICLES:
        bare = re.sub("<(title|h1).*?</(title|h1)>", "", pages[address].decode("gb18030"))
        pages[address] = f"<title>试验县新闻网</title>{bare}".encode("gb18030")
    without = {
        address: re.sub(r"(<a [^>]*9014[^>]*>).*?</a>", r"\1图</a>", content.decode("gb18030")).encode("gb18030")
        for address, content in pages.items()
    }
    spec = declared(select={"links": "ul.wzlb a"})

    findings = by_check(check_source(spec, NOW, SavedSite(pages)), "文章")
    newest, *others = by_check(check_source(spec, NOW, SavedSite(without)), "文章")

    assert {finding.verdict for finding in findings} == {Verdict.ATTENTION}
    assert "《试验村水井干涸两周村民挑水吃》" in findings[0].advice
    assert newest.verdict is Verdict.FAILED
    assert {finding.verdict for finding in others} == {Verdict.ATTENTION}


def test_a_pattern_that_no_link_fits_fails_and_another_is_proposed():
    findings = check_source(declared(articles="/news/"), NOW, SavedSite(county_site()))

    [finding] = by_check(findings, "列表")
    assert finding.verdict is Verdict.FAILED
    assert "/xw/[0-9]{6}/[0-9]{2}/[0-9]+\\.html$" in finding.advice
    assert "ul.wzlb a" in finding.advice


def test_articles_behind_an_index_of_sitemaps_are_looked_at():
    index = f"<sitemapindex><sitemap><loc>{HOST}/s1.xml</loc></sitemap></sitemapindex>"
    entries = "".join(f"<url><loc>{HOST}{one}</loc></url>" for one in ARTICLES)
    pages = {**county_site(), "/xw/": index.encode(), "/s1.xml": f"<urlset>{entries}</urlset>".encode()}

    findings = check_source(declared(platform="sitemap"), NOW, SavedSite(pages))

    assert may_be_enabled(findings)
    assert len(by_check(findings, "文章")) == 3


def test_a_list_without_a_single_article_that_comes_fails():
    index = f"<sitemapindex><sitemap><loc>{HOST}/gone.xml</loc></sitemap></sitemapindex>"

    findings = check_source(declared(platform="sitemap"), NOW, SavedSite({**county_site(), "/xw/": index.encode()}))

    assert by_check(findings, "文章")[0].found == "一篇也没有取到"
    assert not may_be_enabled(findings)


def test_robots_that_forbid_or_fail_forbid_the_source():
    forbidding = {**county_site(), "/robots.txt": b"User-agent: *\nDisallow: /xw/\n"}

    findings = check_source(declared(), NOW, SavedSite(forbidding))

    assert by_check(findings, "robots.txt")[0].verdict is Verdict.FAILED


def test_robots_are_obeyed_while_looking():
    forbidding = {**county_site(), "/robots.txt": b"User-agent: *\nDisallow: /xw/\n"}

    with serving(forbidding) as site:
        pages = look(declared(start=[f"{site.address}/xw/"]), [f"{site.address}/xw/"])

    assert "robots.txt不允许" in pages[f"{site.address}/xw/"].problem
    assert "/xw/" not in site.asked


def test_a_look_is_led_to_no_other_site():
    answers = {
        "/list.html": redirect("http://localhost:{port}/secret.html"),
        "/meta.html": answer(b'<meta http-equiv="refresh" content="0; url=http://127.0.0.2/secret.html">'),
        "/moved.html": redirect("{site}/news.html"),
        "/news.html": answer(b"<p>news</p>"),
        "/bomb.html": bomb,
    }

    with faulty_site(answers) as site:
        spec = declared(start=[f"{site.address}/list.html"])
        pages = look(spec, [f"{site.address}/{name}.html" for name in ("list", "meta", "moved", "bomb")])

    problems = {urlsplit(address).path: page.problem for address, page in pages.items() if page.status == 0}
    assert set(problems) == {"/list.html", "/meta.html", "/bomb.html"}
    assert "跳到未声明的网站" in problems["/list.html"]
    assert "跳到未声明的网站" in problems["/meta.html"]
    assert "解压后超过" in problems["/bomb.html"]
    assert "/secret.html" not in site.asked


def test_a_list_whose_paging_is_not_declared_is_told_how_it_goes_on():
    findings = check_source(declared(select={}), NOW, SavedSite(county_site()))

    [finding] = by_check(findings, "翻页")
    assert finding.advice == "select.next: 'a.xyy'"


def test_a_site_that_stopped_is_told():
    findings = check_source(declared(), datetime(2027, 3, 1, tzinfo=UTC), SavedSite(county_site()))

    assert by_check(findings, "最新文章")[0].verdict is Verdict.ATTENTION


def test_a_draft_from_a_live_list_and_two_articles_passes_its_own_check(tmp_path: Path):
    path = tmp_path / "shiyan_xinwen.yml"

    with serving(county_site()) as site:
        draft = draft_source(probe(site.address), [f"{site.address}{one}" for one in ARTICLES[:2]], NOW, look)
        write_source(path, draft.text, is_new=True)
        spec = load_source(path).with_variables({"contact": "test@example.invalid"})
        findings = check_source(spec, NOW, look)

    assert spec.unverified
    assert spec.platform == "article_list"
    assert spec.select.model_dump(exclude_none=True) == {
        "links": "ul.wzlb a",
        "next": "a.xyy",
        "title": "#bt",
        "body": "div.zw",
        "published": "span.sj",
        "origin": "span.ly",
    }
    assert "robots.txt" in spec.robots.note
    assert spec.robots.checked_on is None
    assert [one.check for one in findings if one.verdict is Verdict.FAILED] == ["填写"]
    assert "summary" in by_check(findings, "填写")[0].found


def test_an_article_that_does_not_come_is_told_and_left_out_of_the_draft():
    draft = draft_source(probe(), [f"{HOST}{ARTICLES[0]}", f"{HOST}/gone.html"], NOW, SavedSite(county_site()))

    assert draft.missed == ((f"{HOST}/gone.html", "状态码404"),)
    assert [address for address, _ in draft.articles] == [f"{HOST}{ARTICLES[0]}"]
    assert f"文章 {HOST}/gone.html: 状态码404, 没有用上" in draft.text


@pytest.mark.parametrize("value", ["", "请填写媒体名称"])
def test_a_draft_that_nobody_filled_in_may_not_be_enabled(value: str):
    findings = check_source(declared().model_copy(update={"summary": value}), NOW, SavedSite(county_site()))

    assert not may_be_enabled(findings)
    assert "summary" in by_check(findings, "填写")[0].found


def test_a_site_that_cannot_be_reached_is_said_in_chinese():
    with serving({}) as site:
        address = site.address
    pages = look(declared(start=[f"{address}/xw/"]), [f"{address}/xw/"])

    assert pages[f"{address}/xw/"].problem == "取不到: robots.txt取不到, 按不允许处理(连接不上)"


def test_without_given_articles_the_commonest_headlines_are_taken():
    draft = draft_source(probe(), [], NOW, SavedSite(county_site()))

    assert [address for address, _ in draft.articles] == [f"{HOST}{one}" for one in ARTICLES[:2]]


def _records(link: str) -> str:
    items = f"<record><![CDATA[<li>{link}</li>]]></record>"
    return f'<script type="text/xml"><datastore><recordset>{items}</recordset></datastore></script>'


@pytest.mark.parametrize(
    ("address", "frame", "pattern", "platform"),
    [
        ("/art/2026/3/{n}/art_312_50{n}.html", _records, "/art/[0-9]{4}/[0-9]+/[0-9]+/art_[0-9]+_[0-9]+", "hanweb"),
        ("/xw/shownews.asp?id=7{n}", "<p>{}</p>".format, "/xw/shownews\\.asp$", "article_list"),
    ],
)
def test_articles_in_records_of_a_script_or_told_by_a_number_in_the_query_are_found(
    address: str, frame: Callable[[str], str], pattern: str, platform: str
):
    addresses = [address.format(n=number) for number in range(1, 5)]
    links = "".join(frame(f'<a href="{one}">某村机井干涸群众挑水吃</a>') for one in addresses)
    page = f'<html><body><a href="/">首页</a>{links}</body></html>'.encode()
    article = county_site()[ARTICLES[0]]

    draft = draft_source(probe(), [], NOW, SavedSite({"/xw/": page} | dict.fromkeys(addresses, article)))

    assert [found for found, _ in draft.articles] == [f"{HOST}{one}" for one in addresses[:2]]
    assert f"platform: {platform}" in draft.text
    assert pattern in draft.text


@pytest.mark.parametrize("wording", ["下一页", "后面"], ids=["a link", "numbers"])
def test_a_draft_of_a_list_that_has_one_path_with_its_articles_passes_its_own_check(wording: str, tmp_path: Path):
    path = tmp_path / "shiyan_xinwen.yml"
    pages = {
        at: page.replace("下一页".encode("gb18030"), wording.encode("gb18030")) for at, page in dynamic_site().items()
    }

    with serving(pages) as site:
        start = probe_spec("shiyan_xinwen", f"{site.address}{LIST}", region="141124", contact="test@example.invalid")
        write_source(path, draft_source(start, [], NOW, look).text, is_new=True)
        spec = load_source(path).with_variables({"contact": "test@example.invalid"})
        findings = check_source(spec, NOW, look)

    assert spec.articles == r"/index\.php\?(?:.*&)?a=show(?:&|$)"
    assert (spec.select.next, spec.paging.template) == (
        ('a:contains("下一页")', None) if wording == "下一页" else (None, f"{LIST}&page={{page}}")
    )
    assert spec.select.links == "ul.list a"
    assert "文章链接3条" in by_check(findings, "列表")[0].found
    assert "又有1条" in by_check(findings, "翻页")[0].found
    assert [one.check for one in findings if one.verdict is Verdict.FAILED] == ["填写"]


def test_a_number_in_the_query_of_the_list_itself_tells_no_article():
    links = "".join(f'<a href="?id={number}">某村机井干涸群众挑水吃</a>' for number in range(1, 5))

    assert draft_source(probe(), [], NOW, SavedSite({"/xw/": f"<body>{links}</body>".encode()})).articles == ()


_ENTRIES = tuple(f"{HOST}{one}" for one in ARTICLES)
_FEED = "".join(f"<item><title>村里的井干了两个月</title><link>{one}</link></item>" for one in _ENTRIES)
_MAP = "".join(f"<url><loc>{one}</loc></url>" for one in (*_ENTRIES, f"{HOST}/about.html"))
_ROWS = json.dumps([{"pic": f"{HOST}/p/{n}.jpg", "href": one, "name": "村里"} for n, one in enumerate(ARTICLES)])
_MARKUP = "".join(f'<li><a href="{one}">村里的井干了</a></li>' for one in ARTICLES)


@pytest.mark.parametrize(
    ("listed", "platform", "place"),
    [
        (f"<rss version='2.0'><channel>{_FEED}</channel></rss>", "rss", {}),
        (f"<urlset>{_MAP}</urlset>", "sitemap", {}),
        (f'{{"code": 0, "data": {{"rows": {_ROWS}}}}}', "script_list", {"items": "data.rows", "address": "href"}),
        (f"callback({{'rows': {_ROWS}}})", "script_list", {"items": "rows", "address": "href"}),
        (json.dumps({"html": _MARKUP}), "script_list", {"items": "html", "markup": True}),
        (
            f"<html><body><div id=app></div><script>var page = {{n: 1}}; var rows = {_ROWS};</script></body></html>",
            "script_list",
            {"marker": "var rows =", "address": "href"},
        ),
    ],
    ids=["feed", "sitemap", "json", "jsonp", "markup in json", "literal in a script"],
)
def test_a_draft_of_a_list_that_is_data_passes_its_own_check(
    listed: str, platform: str, place: dict[str, object], tmp_path: Path
):
    site = SavedSite({**county_site(), "/xw/": listed.encode()})
    path = tmp_path / "shiyan_xinwen.yml"

    draft = draft_source(probe(), [], NOW, site)
    write_source(path, draft.text, is_new=True)
    spec = load_source(path).with_variables({"contact": "test@example.invalid"})
    findings = check_source(spec, NOW, site)

    assert spec.platform == platform
    assert spec.embedded.model_dump(exclude_defaults=True) | {"address": spec.embedded.address} == {
        "address": "url",
        **place,
    }
    assert len(draft.articles) == 2
    assert [one.check for one in findings if one.verdict is Verdict.FAILED] == ["填写"]


def test_a_list_of_numbers_is_understood_by_the_addresses_of_two_articles():
    rows = [{"id": 9014 - place, "month": "202611", "day": 18 - place} for place in range(4)]
    site = SavedSite({**county_site(), "/xw/": json.dumps({"rows": rows}).encode()})

    draft = draft_source(probe(), [f"{HOST}{one}" for one in ARTICLES[:2]], NOW, site)

    declared_place = yaml.safe_load(draft.text)["embedded"]
    assert declared_place == {"items": "rows", "address": "/xw/{month}/{day}/{id}.html"}


def test_the_first_sitemap_of_an_index_tells_its_articles():
    index = f"<sitemapindex><sitemap><loc>{HOST}/s1.xml</loc></sitemap></sitemapindex>"
    site = SavedSite({**county_site(), "/xw/": index.encode(), "/s1.xml": f"<urlset>{_MAP}</urlset>".encode()})

    assert len(draft_source(probe(), [], NOW, site).articles) == 2


def _paper(day: str) -> dict[str, bytes]:
    links = "".join(f'<a href="content_{number}.htm">村里的井干了两个月</a>' for number in (11, 12))
    first = f'<html><meta charset="utf-8"><body><a href="node_2.htm">第2版</a>{links}</body></html>'.encode()
    article = county_site()[ARTICLES[0]]
    return {f"{day}/node_1.htm": first, f"{day}/content_11.htm": article, f"{day}/content_12.htm": article}


@pytest.mark.parametrize(
    ("day", "left_open"),
    [
        ("/paper/2026-11/20", "/paper/{yyyy}-{mm}/{dd}"),
        ("/20261120", "/{yyyy}{mm}{dd}"),
        ("/p/2026/11/5", "/p/{yyyy}/{m}/{d}"),
    ],
)
def test_the_day_of_an_issue_is_left_open_in_the_draft_of_a_paper(day: str, left_open: str):
    start = probe_spec("wanbao", f"{HOST}{day}/node_1.htm", region="141124", contact="test@example.invalid")

    text = draft_source(start, [], NOW, SavedSite(_paper(day))).text

    written = yaml.safe_load(text)
    assert (written["start"], written["kind"]) == ([f"{HOST}{left_open}/node_1.htm"], "paper")


def test_a_paper_of_which_one_day_is_declared_fails_and_is_told_how_to_write_it():
    start = [f"{HOST}/paper/2026-11/20/node_1.htm"]
    spec = declared(platform="founder_epaper", articles="content_", select={"links": "a"}, start=start)

    [finding] = by_check(check_source(spec, NOW, SavedSite(_paper("/paper/2026-11/20"))), "起始地址")

    assert finding.verdict is Verdict.FAILED
    assert finding.advice == f"start: ['{HOST}/paper/{{yyyy}}-{{mm}}/{{dd}}/node_1.htm']"


def test_the_running_number_of_a_page_is_not_taken_for_a_day():
    addresses = [f"/xw/{number}.html" for number in (20, 21, 22)]
    links = "".join(f'<a href="{one}">某村机井干涸群众挑水吃</a>' for one in addresses)
    article = county_site()[ARTICLES[0]]
    site = SavedSite({"/xw/": f"<body>{links}</body>".encode()} | dict.fromkeys(addresses, article))

    assert yaml.safe_load(draft_source(probe(), [], NOW, site).text)["articles"] == "/xw/[0-9]+\\.html$"


def test_a_board_drafted_as_a_list_is_told_to_name_where_the_nickname_stands():
    pages = county_site()
    for address in ARTICLES:
        pages[address] = pages[address].replace(
            b"</h1>", "</h1><b>山里人</b><p>您反映的问题已经转交水利局。</p>".encode("gb18030")
        )

    draft = draft_source(probe(), [], NOW, SavedSite(pages))

    [warning] = by_check(check_source(declared(), NOW, SavedSite(pages)), "平台")

    assert any("asker" in one for one in draft.learnt)
    assert (warning.verdict, "asker" in warning.advice) == (Verdict.ATTENTION, True)
    assert not by_check(check_source(declared(), NOW, SavedSite(county_site())), "平台")
    assert not any("asker" in one for one in draft_source(probe(), [], NOW, SavedSite(county_site())).learnt)


def test_a_list_that_does_not_come_gives_no_draft():
    with pytest.raises(SourceUnreachable, match="404"):
        draft_source(probe(), [], NOW, SavedSite({}))


@pytest.mark.parametrize(
    ("wall", "told"), [("请输入验证码", "验证码"), ("请登录后查看", "登录"), ("访问过于频繁，请稍后再试", "慢一些")]
)
def test_a_wall_in_place_of_the_list_gives_no_draft_and_is_named(wall: str, told: str):
    page = f'<html><head><meta charset="utf-8"><title>提示</title></head><body><h1>{wall}</h1></body></html>'

    with pytest.raises(SourceUnreachable, match=told):
        draft_source(probe(), [], NOW, SavedSite({"/xw/": page.encode()}))


def test_paging_that_the_page_calls_by_script_is_found():
    site = county_site()
    alone = site["/xw/"].replace("下一页".encode("gb18030"), b"")
    called = alone.replace(b"</body>", b"<script>createPageHTML(4, 0, 'index', 'html');</script></body>")

    found = [draft_source(probe(), [], NOW, SavedSite({**site, "/xw/": page})).learnt[2] for page in (alone, called)]

    assert [one.rpartition(" ")[2] for one in found] == ["没有找到", "找到了"]


@pytest.mark.parametrize(("name", "url"), [("Big Name", f"{HOST}/"), ("good", "file:///etc/passwd")])
def test_a_name_or_an_address_that_cannot_be_is_refused(name: str, url: str):
    with pytest.raises(ConfigError):
        probe_spec(name, url, region="141124", contact="test@example.invalid")


def test_a_page_cannot_write_into_the_draft(tmp_path: Path):
    evil = county_site()
    evil["/xw/"] = evil["/xw/"].replace(
        "新闻_试验县新闻网".encode("gb18030"), b"x' \n politeness: {obey_robots: false} #\x07"
    )

    draft = draft_source(probe(), [], NOW, SavedSite(evil))

    write_source(tmp_path / "evil.yml", draft.text, is_new=True)
    assert load_source(tmp_path / "evil.yml").politeness.obey_robots


@settings(deadline=None, max_examples=60)
@example(path=ARTICLES[0], cut=159, noise=b"<A")
@given(
    path=st.sampled_from(["/xw/", "/robots.txt", *ARTICLES[:2]]), cut=st.integers(0, 900), noise=st.binary(max_size=80)
)
def test_no_page_however_broken_stops_the_inspection(path: str, cut: int, noise: bytes):
    pages = county_site()
    pages[path] = pages[path][:cut] + noise + pages[path][cut + 60 :]

    draft = draft_source(probe(), [], NOW, SavedSite(pages))
    findings = check_source(declared(), NOW, SavedSite(pages))

    make_source("draft", yaml.safe_load(draft.text), Path("draft.yml"))
    assert findings
